"""Commands of the handbook run as written, the first ones in both languages."""

import re
import shlex
from pathlib import Path

import pytest

from partyctl.cli.start.commands import COMMANDS
from partyctl.cli.start.main import run as run_command

HERE = Path(__file__).parents[2]
HANDBOOK = (HERE / "docs" / "handbook.md").read_text(encoding="utf-8")
CHINESE = (HERE / "docs" / "handbook.zh.md").read_text(encoding="utf-8")


def blocks(text: str) -> list[list[str]]:
    found = re.findall(r"```sh\n(.*?)```", text, re.DOTALL)
    return [[line for line in block.splitlines() if line] for block in found]


@pytest.mark.parametrize("text", [HANDBOOK, CHINESE], ids=["handbook.md", "handbook.zh.md"])
def test_the_clerks_own_commands_run_as_written(
    text: str, ledger: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "记录.docx").write_bytes(b"PK minutes")
    own = next(block for block in blocks(text) if block[0].startswith("partyctl init"))
    codes = [run_command(shlex.split(line)[1:]) for line in own]
    assert codes == [0] * (len(own) - 1) + [3]


def test_a_years_life_runs_as_written(ledger: Path):
    lines = [line for block in blocks(HANDBOOK) for line in block if line.startswith("partyctl ")]
    first = next(i for i, line in enumerate(lines) if line.startswith("partyctl member add 李四"))
    last = next(i for i, line in enumerate(lines) if line.startswith("partyctl contact add"))
    typed = [shlex.split(line, comments=True)[1:] for line in lines[: last + 1]]
    codes = [run_command(each) for each in typed]
    assert set(codes[first:]) == {0}


def test_the_hubs_commands_are_found():
    hub = next(block for block in blocks(HANDBOOK) if "sample_hub" in block[0])
    assert hub[0] == "python scripts/sample_hub.py demo/hub"
    assert hub[1].startswith("partyctl rollup report --hub demo/hub ")
    for name in ("README.md", "README.zh.md"):
        assert re.search(
            r"handbook(\.zh)?\.md#(many-ledgers|汇总)", (HERE / name).read_text("utf-8")
        )


def test_every_command_of_the_program_has_help(capsys: pytest.CaptureFixture[str]):
    for entry in COMMANDS:
        assert run_command([entry.name, "--help"]) == 0
        assert "用法" in capsys.readouterr().out
