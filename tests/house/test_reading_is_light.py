"""Commands that only read do not load the ORM; each runs in its own process on a filled ledger.

The process is forked from a parent that has imported all command modules; the test shows that these
imports load nothing heavy. The tests in test_imports start some commands in a new interpreter.
"""

import os
from pathlib import Path

import pytest

from tests.house.test_imports import HEAVY, PROGRAM
from tests.support.command_tree import Command, commands
from tests.support.forking import ready_to_read
from tests.support.in_process import start_anew
from tests.support.working_lines import working

READING_VERBS = {
    "list",
    "show",
    "status",
    "matrix",
    "next",
    "directory",
    "book",
    "log",
    "history",
    "coverage",
    "compare",
    "coming",
    "sheet",
}
READING_ALONE = {"check", "status", "partyctl", "rules export"}


def only_reads(command: Command) -> bool:
    name = str(command)
    return name in READING_ALONE or name.split()[-1] in READING_VERBS


READING = [command for command in commands() if only_reads(command)]


def test_there_is_something_to_read():
    assert len(READING) > 30


@pytest.mark.parametrize("command", READING, ids=str)
def test_a_command_that_only_reads_loads_no_orm(
    command: Command, folder: Path, filled_ledger: Path
):
    start_anew(folder, filled_ledger)
    line = working(command, folder).prepare()
    before = (folder / "ledger.db").read_bytes()
    done = ready_to_read().run(PROGRAM, line, os.environ)
    assert done.returncode == 0, done.stderr.decode()
    code, *loaded = done.stderr.decode().splitlines()[-1].split()
    assert code in ("0", "3"), done.stderr.decode()
    assert not set(loaded) & set(HEAVY), f"{command} loads what only writing needs"
    assert (folder / "ledger.db").read_bytes() == before
