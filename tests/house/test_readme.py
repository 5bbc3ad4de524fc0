"""The README says what is true: its commands run as written, its tables are the program's."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from partyctl import errors
from partyctl.cli.start.commands import COMMANDS
from partyctl.cli.start.main import run as run_command
from partyctl.law.catalogue import CATALOGUE
from tests.support.waiting import PATIENCE

HERE = Path(__file__).parents[2]
README = (HERE / "README.md").read_text(encoding="utf-8")
CHINESE = (HERE / "README.zh.md").read_text(encoding="utf-8")
EXIT_CODES = {
    0: "done; for `check`: nothing overdue and no breach",
    1: "an error of ours: a crash number; details in a private file, never on the screen",
    2: "wrong usage: an unknown word or option, a malformed date, month or amount, a missing fact",
    3: "`check`: something overdue or in breach; a batch that finished with findings",
    4: "no such record, or an ambiguous name",
    5: "refused: a future day, a month before joining, a month paid in full, dates out of order",
    65: "a file that is not what it should be: a workbook, a ledger",
    66: "a file or a ledger that is missing",
    69: "a reminder's channel is unavailable; the reminders stay queued",
    70: "a migration failed and was rolled back",
    73: "cannot write, or the disk is full",
    74: "a read error, or a damaged ledger",
    75: "busy: another process is writing",
    76: "the ledger, or a backup, is not what its journal says",
    77: "no permission, a file that others may read, or a wrong key",
    78: "a setting that makes no sense, or a ledger of another version",
    130: "cancelled at the keyboard",
    141: "whoever read the output left early",
}


def section(name: str) -> str:
    found = re.search(rf"<!-- {name}[^>]*-->\n(.*?)<!-- /{name} -->", README, re.DOTALL)
    assert found, name
    return found[1]


def table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return (
        "".join(f"| {' | '.join(line)} |\n" for line in lines)
        .replace("| --- ", "|---")
        .replace("|--- |", "|---|")
    )


def require_table(name: str, wanted: str) -> None:
    """Compare a table of the README with what it must be; say which lines to put there."""
    found = section(name).splitlines()
    missing = [line for line in wanted.splitlines() if line not in found]
    wrong = [line for line in found if line not in wanted.splitlines()]
    assert section(name) == wanted, (
        f"README.md, the table after <!-- {name} …: put in, in the program's order:\n"
        + "\n".join(missing or ["(nothing: the order differs)"])
        + "\nand take out:\n"
        + "\n".join(wrong or ["(nothing)"])
    )


def test_the_table_of_commands_is_the_programs():
    rows = [(f"`{entry.name}`", entry.english) for entry in COMMANDS]
    require_table("commands", table(("command", "what it does"), rows))


def test_the_table_of_rules_is_the_catalogue():
    rows = [(f"`{r.id}`", r.article, r.strength.value, r.english) for r in CATALOGUE]
    require_table("rules", table(("rule", "clause", "strength", "duty"), rows))


def test_the_table_of_exit_codes_names_every_error():
    rows = [(str(code), meaning) for code, meaning in EXIT_CODES.items()]
    require_table("exit codes", table(("code", "meaning"), rows))
    kinds = [each for each in vars(errors).values() if isinstance(each, type)]
    raised = {each.exit_code for each in kinds if issubclass(each, errors.PartyctlError)}
    assert raised <= set(EXIT_CODES), (
        f"say what {sorted(raised - set(EXIT_CODES))} means: EXIT_CODES in this file, and README.md"
    )


def blocks(text: str) -> list[list[str]]:
    found = re.findall(r"```sh\n(.*?)```", text, re.DOTALL)
    return [[line for line in block.splitlines() if line] for block in found]


def test_the_first_month_runs_as_written(tmp_path: Path):
    _, second = blocks(README)[0]
    assert second.startswith(".venv/bin/partyctl --ledger demo/ledger.db ")
    args = [sys.executable, "-m", "partyctl", *shlex.split(second)[1:]]
    args[args.index("demo/ledger.db")] = str(tmp_path / "demo" / "ledger.db")
    done = subprocess.run(
        args, cwd=HERE, capture_output=True, text=True, timeout=PATIENCE, check=False
    )
    assert done.returncode == 3, done.stderr
    [verdict] = [line for line in done.stdout.splitlines() if " · 2026-03 · " in line]
    assert (
        verdict
        == "2026-04-10 · 机关支部 · 2026-03 · 不合规 2，逾期 2，提示 4，已完成 21，此前遗留 2"
    )
    assert "补" not in done.stderr


@pytest.mark.parametrize("text", [README, CHINESE], ids=["README.md", "README.zh.md"])
def test_the_clerks_own_commands_run_as_written(
    text: str, ledger: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "记录.docx").write_bytes(b"PK minutes")
    own = next(block for block in blocks(text) if block[0].startswith("partyctl init"))
    codes = [run_command(shlex.split(line)[1:]) for line in own]
    assert codes == [0] * (len(own) - 1) + [3]


def test_a_years_life_runs_as_written(ledger: Path):
    lines = [line for block in blocks(README) for line in block if line.startswith("partyctl ")]
    first = next(i for i, line in enumerate(lines) if line.startswith("partyctl member add 李四"))
    last = next(i for i, line in enumerate(lines) if line.startswith("partyctl contact add"))
    typed = [shlex.split(line, comments=True)[1:] for line in lines[: last + 1]]
    codes = [run_command(each) for each in typed]
    assert set(codes[first:]) == {0}


def test_both_readmes_begin_with_the_same_two_commands():
    assert blocks(README)[0] == blocks(CHINESE)[0]


def test_the_commands_for_the_tests_are_what_ci_runs():
    run = (HERE / ".ci" / "run").read_text().splitlines()
    assert run[-2:] == ["make check", "make check-hard"]
    assert ["make check"] in blocks(README)
    assert "`make check-hard`" in README


def test_make_demo_is_the_second_command():
    _, second = blocks(README)[0]
    rule = (HERE / "Makefile").read_text(encoding="utf-8").partition("\ndemo:")[2]
    assert second.replace(".venv/bin", "$(BIN)") in rule.partition("\n\n")[0]
    assert "demo/" in (HERE / ".gitignore").read_text().splitlines()


def test_every_command_of_the_program_has_help(capsys: pytest.CaptureFixture[str]):
    for entry in COMMANDS:
        assert run_command([entry.name, "--help"]) == 0
        assert "用法" in capsys.readouterr().out
