"""Each command that writes, and each module of tables, loads the tables that its rows refer to.

SQLAlchemy knows only the tables whose modules are loaded. Tests that run many commands in one process
would not notice a missing table, so here each command has a process in which no table was loaded.
"""

import os
import pkgutil
from functools import cache
from pathlib import Path

import pytest

from partyctl.cli.start.commands import COMMANDS
from partyctl.errors import FOUND
from partyctl.ledger import tables
from tests.house.test_reading_is_light import only_reads
from tests.support.command_tree import Command, commands
from tests.support.forking import PARTYCTL, Parent
from tests.support.in_process import start_anew
from tests.support.working_lines import working

WRITING = [command for command in commands() if not only_reads(command)]
MODULES = sorted(f"{tables.__name__}.{each.name}" for each in pkgutil.iter_modules(tables.__path__))
FIRST = [f"partyctl.cli.{each.module}" for each in COMMANDS]
FIRST += ["alembic.command", "sqlalchemy.dialects.sqlite", "partyctl.ledger.writing.session"]

REFERRING = """
import sys
from importlib import import_module
from partyctl.ledger.tables.base import Base
assert not Base.metadata.tables
import_module(sys.argv[1])
for table in Base.metadata.tables.values():
    for key in table.foreign_keys:
        assert key.column is not None
"""


@cache
def without_tables() -> Parent:
    """A parent process that has not imported any module of tables.

    The process has imported what commands need, except these modules and the modules that use them.
    """
    return Parent(FIRST)


@pytest.mark.parametrize("module", MODULES)
def test_a_module_of_tables_loads_the_tables_to_which_its_own_refer(module: str):
    done = without_tables().run(REFERRING, [module], os.environ)
    assert done.returncode == 0, (
        f"BELONGS_TO in {module} names the tables to which its foreign keys refer: "
        + done.stderr.decode()
    )


@pytest.mark.sweep(24)
@pytest.mark.parametrize("command", WRITING, ids=str)
def test_a_command_that_writes_loads_its_tables(
    command: Command, folder: Path, filled_ledger: Path
):
    start_anew(folder, filled_ledger)
    line = working(command, folder).prepare()
    done = without_tables().run(PARTYCTL, line, os.environ)
    assert done.returncode in (0, FOUND), done.stderr.decode()
