"""The modules that commands load.

Some commands run in a new interpreter, others in a fork of a process that has imported all command
modules.
"""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

from partyctl.ledger.file import untouched
from tests.support.forking import ready_to_read
from tests.support.waiting import PATIENCE

ROOT = Path(__file__).parents[2]
LIBRARIES = ("typer", "rich", "sqlmodel", "sqlalchemy", "pydantic", "alembic", "pendulum", "docx")
HEAVY = ("sqlmodel", "sqlalchemy", "pydantic", "alembic", "pendulum")

READ_COMMANDS = (
    "check",
    "check --month 2026-03 --json",
    "check --explain members-meeting",
    "dues status",
    "dues list",
    "dues book",
    "status",
    "",
    "member list",
    "member show 张三",
    "meeting list",
    "meeting attendance --period 2026",
    "meeting show 1",
    "plan list",
    "branch list",
    "cell list",
    "staff list",
    "rules list",
    "rules show dues-lapse",
    "rules history dues-lapse",
    "rules compare",
    "rules coverage",
    "rules export",
    "--help",
    "meeting add --help",
    "--version",
)

SLOW_TO_LOAD = {"dataclasses", "inspect", "ast", "tokenize", "shutil", "threading", "subprocess"}
"""Standard library modules whose import takes longer than the reading of a small ledger."""

RARELY_NEEDED = {"typing", "re", "enum", "pathlib", "urllib", "ipaddress", "copy", "json"}
"""Standard library modules that a plain question imports only in unusual cases or for JSON."""

PLAIN_QUESTIONS = ("check", "check --month 2026-03", "check --as-of 2026-07-05", "dues status")

LIFE = (
    "plan adopt work 2026 --on 2026-01-10",
    "rectify add 学习不深入 --owner 张三 --due 2026-06-30 --on 2026-03-10",
    "disclosure add briefing --title 第一季度通报 --scope internal",
    "waive study-plan --subject 机关支部 --period 2026 --reason 新建 --decided-on 2026-03-01",
    "review open 2026 --on 2026-03-10",
    "talk add --on 2026-03-10 --with 张三,李四",
    "contact add 城关村 --leader 张三",
    "opinion add 收费不公开 --received 2026-03-02 --class individual",
    "warning issue 李四 --level inquiry --category 4 --facts 越权审批 --on 2026-03-02",
)
LIFE_READ_COMMANDS = (
    "plan list --year 2026 --json",
    "plan show 1",
    "rectify list --open",
    "rectify show 1",
    "disclosure list",
    "disclosure show 1",
    "waive list",
    "waive show 1",
    "check --json",
    "review list",
    "review status 2026",
    "review show 2026",
    "talk list",
    "talk show 1",
    "talk matrix",
    "talk matrix --year 2026",
    "contact list",
    "contact show 城关村",
    "calendar holidays list",
    "opinion list",
    "opinion show 1",
    "warning list",
    "warning show 1",
    "disclosure directory",
    "disclosure briefing 2026-Q1",
)

PROGRAM = """
import sys
from partyctl.cli.start.main import run
code = run(sys.argv[1:])
loaded = {name.partition(".")[0] for name in sys.modules}
print(code, *sorted(loaded), file=sys.stderr)
"""


def modules_of(line: str) -> tuple[int, set[str]]:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *line.split()],
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=True,
    )
    code, *loaded = done.stderr.split("\n")[-2].split()
    return int(code), set(loaded)


def modules_of_a_fork(line: str) -> tuple[int, set[str]]:
    """Like `modules_of`, but in a fork of a process that has imported all command modules."""
    done = ready_to_read().run(PROGRAM, line.split(), os.environ)
    assert done.returncode == 0, done.stderr.decode()
    code, *loaded = done.stderr.decode().split("\n")[-2].split()
    return int(code), set(loaded)


@pytest.mark.sweep(6)
@pytest.mark.parametrize("line", READ_COMMANDS)
def test_a_read_command_loads_no_orm(line: str, branch, ledger: Path):
    branch("meeting add members --on 2026-03-10 --chair 张三")
    code, loaded = modules_of(line)
    assert code in (0, 3)
    assert not loaded & set(HEAVY)
    assert "rich" not in loaded  # Rich is needed only on a terminal; here the output is piped


def test_reading_what_belongs_to_organisation_life_loads_no_orm(branch, ledger: Path):
    for line in LIFE:
        branch(line)
    for line in LIFE_READ_COMMANDS:
        code, loaded = modules_of_a_fork(line)
        assert code in (0, 3)
        assert not loaded & {*HEAVY, "docx", "docxtpl", "jinja2", "xlsxwriter"}, line


def test_a_list_that_goes_to_a_file_loads_no_orm(branch, tmp_path: Path):
    for ending, heavy in (("xlsx", {"xlsxwriter"}), ("csv", set()), ("html", set())):
        code, loaded = modules_of(f"member list -o {tmp_path}/m.{ending}")
        assert code == 0
        assert loaded & {*HEAVY, "rich", "docx", "jinja2", "xlsxwriter"} == heavy


def test_a_write_command_loads_the_orm_but_no_migrations(branch, ledger: Path):
    code, loaded = modules_of("staff add 赵六")
    assert code == 0
    assert "sqlmodel" in loaded
    assert "alembic" not in loaded


OURS = """
import sys
from partyctl.cli.start.main import run
code = run(sys.argv[1:])
print(code, *(name for name in sys.modules if name.startswith("partyctl.")), file=sys.stderr)
"""
NOT_FOR_A_PLAIN_MEETING = {
    "cli.session.reading",
    "cli.meeting.attendance",
    "cli.meeting.listing",
    "cli.meeting.plans",
    "cli.meeting.sheets",
    "ledger.reading.facts",
    "ledger.reading.records",
    "ledger.tables.democratic_life",
    "ledger.tables.organisation",
    "ledger.tables.periods",
    "ledger.tables.proceedings",
    "law.catalogue",
    "law.engine.facts",
    "law.engine.known",
}
"""Modules of partyctl that a plain `meeting add` does not need.

Other commands, and a `meeting add` with more options, can need these modules.
"""


def test_a_plain_meeting_loads_only_what_it_needs(branch, ledger: Path):
    line = ["meeting", "add", "members", "--on", "2026-03-10", "--chair", "张三"]
    done = subprocess.run(
        [sys.executable, "-c", OURS, *line],
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=True,
    )
    code, *loaded = done.stderr.split("\n")[-2].split()
    assert code == "0"
    assert not {name.removeprefix("partyctl.") for name in loaded} & NOT_FOR_A_PLAIN_MEETING


def test_a_timeline_loads_no_orm(branch, ledger: Path):
    branch("meeting plan democratic-life --on 2026-03-10")
    for line in ("meeting show 1", "meeting show 1 --json", "meeting list"):
        code, loaded = modules_of(line)
        assert code == 0
        assert not loaded & {*HEAVY, "rich"}


def test_sending_reminders_loads_no_orm(branch, ledger: Path):
    for line in ("remind --as-of 2026-03-24", "remind --as-of 2026-03-24"):
        code, loaded = modules_of(line)
        assert code == 0
        assert not loaded & {*HEAVY, "rich", "apprise", "icalendar", "keyring"}


def private_imports(path: Path) -> list[str]:
    """The imports of private modules of other projects, such as typer._click."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.Import(names=names):
                imported = [each.name for each in names]
            case ast.ImportFrom(module=str(module), level=0, names=names):
                imported = [f"{module}.{each.name}" for each in names]
            case _:
                continue
        found += [
            f"{path.relative_to(ROOT)}:{node.lineno} {name}"
            for name in imported
            if name.startswith(LIBRARIES) and any(part.startswith("_") for part in name.split("."))
        ]
    return found


def test_no_private_module_of_a_library_is_imported():
    """A library's next release may remove a private name."""
    folders = ("partyctl", "migrations", "scripts", "benchmarks", "tests")
    files = [path for folder in folders for path in (ROOT / folder).rglob("*.py")]
    found = [each for path in files for each in private_imports(path)]
    assert not found, (
        f"use only public names of other projects (see partyctl/cli/session/context.py): {found}"
    )


@pytest.mark.parametrize("line", PLAIN_QUESTIONS)
def test_a_plain_question_does_without_what_is_slow_to_load(line: str, branch, ledger: Path):
    untouched.settled_at(str(ledger))
    modules_of(line)  # the first run also imports json, to note that the rows were checked
    _, loaded = modules_of(line)
    assert not loaded & {*SLOW_TO_LOAD, *RARELY_NEEDED, "typer"}


def test_an_answer_in_json_does_without_what_is_slow_to_load(branch, ledger: Path):
    _, loaded = modules_of("check --all --json")
    assert not loaded & {*SLOW_TO_LOAD, "typer"}
