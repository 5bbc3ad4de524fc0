"""An installed package is complete without the checkout."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.support.processes import run_in
from tests.support.waiting import PATIENCE

HERE = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The unpacked wheel, in a folder that has no other file of the project."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", str(folder), str(HERE)],
        check=True,
        timeout=PATIENCE,
    )
    (wheel,) = folder.glob("partyctl-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "content")
    return folder / "content"


def partyctl(unpacked: Path, folder: Path, *args: str) -> subprocess.CompletedProcess[str]:
    env = os.environ | {"PYTHONPATH": str(unpacked), "PARTYCTL_LEDGER": str(folder / "ledger.db")}
    return run_in(folder, [sys.executable, "-m", "partyctl", *args], env)


@pytest.mark.long
def test_a_wheel_starts_and_migrates_a_ledger_without_the_checkout(unpacked: Path, tmp_path: Path):
    assert (unpacked / "partyctl" / "migrations" / "env.py").is_file()
    templates = Path("partyctl", "papers", "forms", "templates")
    shipped = sorted(each.name for each in (unpacked / templates).glob("*.docx"))
    assert shipped == sorted(each.name for each in (HERE / templates).glob("*.docx"))
    assert len(shipped) >= 7
    everything = {
        str(each.relative_to(HERE))
        for each in (HERE / "partyctl").rglob("*")
        if each.is_file() and each.suffix not in (".py", ".pyc")
    }
    there = {str(each.relative_to(unpacked)) for each in (unpacked / "partyctl").rglob("*")}
    assert "partyctl/papers/book/templates/yearbook.typ" in everything
    assert everything <= there
    (installed,) = unpacked.glob("partyctl-*.data/data/share/man")
    pages = {str(each.relative_to(HERE / "man")) for each in (HERE / "man").rglob("*.1")}
    assert "man1/partyctl.1" in pages
    assert {str(each.relative_to(installed)) for each in installed.rglob("*.1")} == pages
    started = partyctl(
        unpacked, tmp_path, "init", "--organ", "局党组", "--branch", "支部", "--since", "2026-01-01"
    )
    assert started.returncode == 0, started.stderr
    assert partyctl(unpacked, tmp_path, "migrate").returncode == 0
    assert partyctl(unpacked, tmp_path, "check", "--as-of", "2026-01-15").returncode == 0
