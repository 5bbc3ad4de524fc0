"""Draft a migration from the table definitions: `make migration m="what changes"`.

Alembic compares the columns and indexes in the code with those of a temporary ledger, which has the
schema of the newest migration. Alembic does not compare CHECK constraints, and the allowed words of
a column are such a constraint. So this script adds a call of rebuild() for each table whose CHECKs
in the code differ from those in the temporary ledger. The script also writes table_checks.sql
again, because the queries in that file repeat the constraints. With the old queries, `check` would
refuse a row with a word that only the new CHECK allows.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Any

import sqlalchemy
import table_checks
from alembic import command
from alembic.autogenerate import renderers
from alembic.config import Config
from alembic.operations.ops import (
    AddColumnOp,
    CreateIndexOp,
    CreateTableOp,
    MigrateOperation,
    MigrationScript,
    ModifyTableOps,
    UpgradeOps,
)
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateColumn, CreateIndex, CreateTable

from partyctl.ledger.file import files
from partyctl.ledger.file.opening import SCHEMA
from partyctl.ledger.journal.commands import new_command
from partyctl.ledger.maintenance import migrating
from partyctl.ledger.maintenance.rebuilding import checks_of
from partyctl.ledger.tables.all import METADATA
from partyctl.ledger.writing.session import engine_for

FOLDER = Path(__file__).parent.parent / "migrations"
HELPER = "from partyctl.ledger.maintenance.rebuilding import rebuild"

NEXT = """Drafted {path}, and wrote {checks} again. Read them, then:
  1. partyctl/ledger/file/opening.py: SCHEMA = {number}
  2. make frozen: a ledger of the new schema, tests/ledgers/v{number:04d}.db
  3. make check
"""

Changed = str | dict[str, str]


class Rebuild(MigrateOperation):
    """The rebuild of a table: its new CREATE TABLE, or the new conditions of the changed CHECKs."""

    def __init__(self, table: str, now: Changed, before: Changed) -> None:
        self.table, self.now, self.before = table, now, before

    def reverse(self) -> "Rebuild":
        """The reverse operation."""
        return Rebuild(self.table, self.before, self.now)


class Statement(MigrateOperation):
    """An SQL statement, and a second statement that reverses the first."""

    def __init__(self, sql: str, back: str) -> None:
        self.sql, self.back = sql, back

    def reverse(self) -> "Statement":
        """The reverse operation."""
        return Statement(self.back, self.sql)


@renderers.dispatch_for(Statement)
def render_statement(_: Any, operation: Statement) -> str:
    """The statement as a line of the migration."""
    return f"op.execute({quoted(operation.sql)})"


@renderers.dispatch_for(Rebuild)
def render(context: Any, operation: Rebuild) -> str:
    """The call of rebuild() as a line of the migration."""
    context.imports.add(HELPER)
    if isinstance(operation.now, str):
        return f'rebuild("{operation.table}", {exactly(operation.now)})'
    checks = ", ".join(f'"{name}": {exactly(text)}' for name, text in operation.now.items())
    return f'rebuild("{operation.table}", {{{checks}}})'


def quoted(text: str) -> str:
    """SQL as a literal that keeps its line breaks; Alembic indents the lines."""
    assert '"""' not in text
    assert "\\" not in text
    return f'"""{text}"""' if "\n" in text or '"' in text else f'"{text}"'


def exactly(text: str) -> str:
    """SQL as a literal with its exact spaces, because a downgrade must restore the same text."""
    lines = [json.dumps(line, ensure_ascii=False) for line in text.splitlines(keepends=True)]
    return lines[0] if len(lines) == 1 else f"({' '.join(lines)})"


def compiled(element: Any) -> str:
    """The SQL text of a statement or of a part of it, in SQLite's dialect."""
    return str(element.compile(dialect=sqlite.dialect())).strip()


def described(table: sqlalchemy.Table) -> str:
    """The CREATE TABLE of a table in the code, written in the style of the other migrations."""
    text = compiled(CreateTable(table))
    lines = (line.strip() for line in text.splitlines())
    head, *rest = (line for line in lines if line)
    body = "".join(f"\n    {line}" for line in rest)
    return f"{head}{body}".replace("\n    )", "\n)").replace(")\n    WITHOUT", ") WITHOUT")


def normal(text: str) -> str:
    """SQL without white space."""
    return "".join(text.split())


def rebuilds(ledger: sqlalchemy.Connection) -> Iterable[Rebuild]:
    """A rebuild for each table whose CHECKs in the ledger differ from those in the code."""
    sql = "SELECT name, sql FROM sqlite_schema WHERE type = 'table'"
    there = dict(ledger.exec_driver_sql(sql).all())
    for table in METADATA.sorted_tables:
        if table.name not in there:
            continue
        before, now = there[table.name], described(table)
        old, new = checks_of(before), checks_of(now)
        if old.keys() != new.keys():
            yield Rebuild(table.name, now, before)
            continue
        differ = [name for name in new if normal(new[name]) != normal(old[name])]
        if differ:
            words = {name: new[name] for name in differ}
            yield Rebuild(table.name, words, {name: old[name] for name in differ})


def add_rebuilds(
    ledger: sqlalchemy.Connection, _1: object, _2: object, scripts: list[MigrationScript]
) -> None:
    """Add the rebuilds to a draft; the downgrade undoes the upgrade's steps in reverse order."""
    (script,) = scripts
    upgrade = script.upgrade_ops
    assert isinstance(upgrade, UpgradeOps)
    upgrade.ops = [statement for op in upgrade.ops for statement in statements(op)]
    for each in rebuilds(ledger):
        if isinstance(each.now, str):  # a rebuild also adds the columns: remove Alembic's ADDs
            added = f"ALTER TABLE {each.table} ADD"
            upgrade.ops = [
                op
                for op in upgrade.ops
                if not (isinstance(op, Statement) and op.sql.startswith(added))
            ]
        upgrade.ops.append(each)
    assert script.downgrade_ops is not None
    script.downgrade_ops.ops = [op.reverse() for op in reversed(upgrade.ops)]


def statements(operation: MigrateOperation) -> Iterable[MigrateOperation]:
    """Turn Alembic's operations for new tables, columns and indexes into SQL statements.

    Any other operation (a dropped column, a changed type) stays as Alembic drafts it.
    """
    match operation:
        case CreateTableOp(table_name=name):
            yield Statement(described(METADATA.tables[name]), f"DROP TABLE {name}")
        case CreateIndexOp():
            index = operation.to_index()
            yield Statement(compiled(CreateIndex(index)), f"DROP INDEX {index.name}")
        case AddColumnOp(table_name=table, column=column):
            add = f"ALTER TABLE {table} ADD COLUMN {compiled(CreateColumn(column))}"
            yield Statement(add, f"ALTER TABLE {table} DROP COLUMN {column.name}")
        case ModifyTableOps(ops=parts) if all(
            isinstance(part, AddColumnOp | CreateIndexOp) for part in parts
        ):
            yield from (each for part in parts for each in statements(part))
        case _:
            yield operation


def draft(message: str) -> tuple[Path, int]:
    """Write the next migration; return its file and number."""
    number = 1 + max(int(each.name[:4]) for each in (FOLDER / "versions").glob("[0-9]*.py"))
    if number - 1 != SCHEMA:
        sys.exit(
            f"partyctl/ledger/file/opening.py: SCHEMA must be {number - 1} "
            "until the migration is drafted"
        )
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "ledger.db"
        files.create_file(path)
        migrating.build(path, new_command("init"))
        with engine_for(path, migrating=True).begin() as ledger:
            for kind, name in ledger.exec_driver_sql(migrating.DERIVED).all():
                ledger.exec_driver_sql(f"DROP {kind} {name}")
            config = Config(attributes={"connection": ledger})
            config.set_main_option("script_location", str(FOLDER))
            config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
            command.revision(
                config,
                message=message,
                autogenerate=True,
                rev_id=f"{number:04d}",
                process_revision_directives=partial(add_rebuilds, ledger),
            )
    (written,) = (FOLDER / "versions").glob(f"{number:04d}_*.py")
    return written, number


def main() -> None:
    """Draft the migration, tidy it, and print the next steps."""
    if len(sys.argv) != 2 or not sys.argv[1].strip():
        sys.exit('make migration m="what changes"')
    path, number = draft(sys.argv[1].strip())
    for tidy in (["check", "--fix", "--quiet"], ["format", "--quiet"]):
        subprocess.run([sys.executable, "-m", "ruff", *tidy, str(path)], check=False)
    checks = table_checks.FILE
    checks.write_text(table_checks.written(METADATA), encoding="utf-8")
    drafted, renewed = (each.relative_to(FOLDER.parent) for each in (path, checks))
    sys.stdout.write(NEXT.format(path=drafted, checks=renewed, number=number))


if __name__ == "__main__":
    main()
