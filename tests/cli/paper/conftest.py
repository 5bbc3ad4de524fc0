"""A bureau with the records for every paper, entered once; each test works on a copy."""

import shutil
from pathlib import Path

import pytest

from partyctl.cli.start.main import run as run_command
from tests.conftest import Run

MINUTES = '会议由张三主持。<b>{{ 党组 }}</b> {% for %} =HYPERLINK("x") & 完。'
"""A text with characters that have a special meaning in Jinja, XML and Excel."""

BUREAU = Path(__file__).with_name("bureau.txt").read_text(encoding="utf-8")
"""The commands that write the bureau's ledger, one per line."""


@pytest.fixture(scope="session")
def bureau_ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bureau")
    (folder / "lines.txt").write_text(BUREAU.replace("{MINUTES}", MINUTES), encoding="utf-8")
    path = folder / "ledger.db"
    assert run_command(["--ledger", str(path), "batch", str(folder / "lines.txt")]) == 0
    return path


@pytest.fixture
def bureau(
    run: Run, ledger: Path, bureau_ledger: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Run:
    ledger.parent.mkdir(mode=0o700)
    shutil.copy(bureau_ledger, ledger)
    monkeypatch.chdir(tmp_path)
    return run
