"""Migrate a ledger to this version's schema with Alembic.

A verified backup is made first. If the ledger fails the verification, it is not migrated. All
migrations run in one transaction, with foreign keys off: otherwise SQLite would refuse to drop a
parent table, and a table is dropped when it is rebuilt. The rows, the foreign keys and the journal
are checked before the transaction is committed. A migration that removes rows on purpose must
declare this: REMOVES_ROWS = {table: reason}.
"""

from pathlib import Path
from typing import TYPE_CHECKING, cast

import partyctl
from partyctl.bilingual import many
from partyctl.errors import Busy, MigrationFailed, PartyctlError
from partyctl.language import comma_list, say
from partyctl.ledger.file import leftovers
from partyctl.ledger.file.connecting import Connection
from partyctl.ledger.file.failures import explain_os, explain_sqlite, sqlite_errors
from partyctl.ledger.file.files import default_folder
from partyctl.ledger.file.locking import locked
from partyctl.ledger.file.names import quoted
from partyctl.ledger.file.opening import APPLICATION_ID, SCHEMA
from partyctl.ledger.journal import heads
from partyctl.ledger.journal.adoption import adopt
from partyctl.ledger.journal.capture import Change, rows_of, tables
from partyctl.ledger.journal.chain import extend, head_of
from partyctl.ledger.journal.commands import Command, new_command
from partyctl.ledger.journal.verification import verify
from partyctl.ledger.maintenance import backup
from partyctl.ledger.maintenance.occasions import Occasion
from partyctl.ledger.views.all import VIEWS
from partyctl.ledger.writing import guards

if TYPE_CHECKING:
    import sqlalchemy
    from alembic.config import Config


DERIVED = "SELECT type, name FROM sqlite_schema WHERE type IN ('view', 'trigger') ORDER BY name"
"""A query for all views and triggers.

Views and triggers are dropped before the migrations. Afterwards they are created again from this
version's definitions, so a migration changes only tables.
"""

NEWEST = """
SELECT record, row_table, row_key, row_digest, max(seq) FROM journal_entry
WHERE row_table NOT IN ('', 'sqlite_schema') GROUP BY row_table, row_key
"""


def migrations_folder() -> Path:
    """The folder of migrations: inside the installed package, or next to the package in a checkout."""
    package = Path(partyctl.__file__).parent
    installed = package / "migrations"
    return installed if installed.is_dir() else package.parent / "migrations"


def migrate(path: Path) -> backup.Backup | None:
    """Migrate a ledger to the newest schema.

    Returns the backup, or None if the schema is already the newest.

    If a migration fails, all changes are rolled back, and MigrationFailed is raised. Raises Busy,
    and the errors that `backup.make` raises, for example if verification of the ledger fails.
    """
    if backup.require_known(path) == SCHEMA:
        return None
    with locked(path):
        if backup.require_known(path) == SCHEMA:  # another process has just migrated the ledger
            return None
        leftovers.require_one_name(path)
        made = backup.make(path, default_folder(path), Occasion.MIGRATE)
        command = new_command("migrate")
        try:
            build(path, command, made)
        except Exception as error:
            raise _failed(error, made) from error
    if command.head is not None:
        heads.keep(command.head, path)
    return made


def build(path: Path, command: Command, made: backup.Backup | None = None) -> None:
    """Run all pending migrations in one transaction.

    `made`: the backup of the ledger before the migrations. Raises Busy if another command has
    written to the ledger since the backup was made, and the errors of the migrations.
    """
    from partyctl.ledger.writing.session import engine_for

    engine = engine_for(path, migrating=True)
    try:
        with engine.begin() as connection:
            ledger = _driver(connection)
            before = backup.row_counts(ledger)
            if made is not None:
                _require_unchanged(ledger, before, made)
            removes = _climb(connection)
            _require_rows(before, backup.row_counts(ledger), removes)
            _require_parents(ledger)
            ledger.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            ledger.execute(f"PRAGMA user_version = {SCHEMA}")
            if removes:
                extend(ledger, command, _removed(ledger, removes))
            adopt(ledger, command)
            backup.require_sound(verify(ledger), say("迁移后的台账", "The migrated ledger"))
    finally:
        engine.dispose()


def _driver(connection: "sqlalchemy.Connection") -> Connection:
    return cast(Connection, connection.connection.driver_connection)


def _climb(connection: "sqlalchemy.Connection") -> set[str]:
    """Run the migrations, then recreate views and triggers. Returns the tables that may lose rows."""
    from alembic import command as alembic
    from alembic.config import Config

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(migrations_folder()).replace("%", "%%"))
    ledger = _driver(connection)
    removes = _declared(config, ledger.execute("PRAGMA user_version").fetchone()[0])
    for kind, name in ledger.execute(DERIVED).fetchall():
        ledger.execute(f"DROP {kind} {quoted(name)}")
    alembic.upgrade(config, "head")
    for sql in VIEWS.values():
        ledger.execute(sql)
    guards.renew(ledger)
    return removes


def _declared(config: "Config", version: int) -> set[str]:
    """The tables that the migrations newer than `version` declare in REMOVES_ROWS."""
    from alembic.script import ScriptDirectory

    scripts = ScriptDirectory.from_config(config).walk_revisions()
    new = [script.module for script in scripts if int(script.revision) > version]
    return {table for module in new for table in getattr(module, "REMOVES_ROWS", {})}


def _require_unchanged(ledger: Connection, rows: dict[str, int], made: backup.Backup) -> None:
    """Check that nobody has written to the ledger since the backup. Raises Busy."""
    head = head_of(ledger)
    if rows != made.rows or (head and head.short) != made.head:
        raise Busy(
            say(
                "刚才有人写过台账，没有迁移。",
                "Somebody has just written to the ledger, so it was not migrated.",
            ),
            "partyctl migrate",
        )


def _require_rows(before: dict[str, int], after: dict[str, int], removes: set[str]) -> None:
    """Check that no table lost rows, except the tables that a migration lists in REMOVES_ROWS.

    Raises MigrationFailed.
    """
    lost = {
        table: rows - after.get(table, 0)
        for table, rows in before.items()
        if after.get(table, 0) < rows and table not in removes
    }
    if lost:
        named = comma_list(f"{table} {rows}" for table, rows in lost.items())
        raise MigrationFailed(
            say(f"迁移会丢失记录：{named} 行。", f"The migration would lose rows: {named}.")
        )


def _removed(ledger: Connection, removes: set[str]) -> list[Change]:
    """The journal's entries for the rows that migrations removed from the tables in REMOVES_ROWS."""
    there = {
        (table, row.key)
        for table in removes.intersection(tables(ledger))
        for row in rows_of(ledger, table)
    }
    return [
        Change("remove", record, table, key, {}, None)
        for record, table, key, digest, _ in ledger.execute(NEWEST).fetchall()
        if table in removes and digest is not None and (table, key) not in there
    ]


def _require_parents(ledger: Connection) -> None:
    """Check that every foreign key still refers to an existing row."""
    orphans = ledger.execute("PRAGMA foreign_key_check").fetchall()
    if orphans:
        raise MigrationFailed(
            say(
                f"迁移会留下 {len(orphans)} 条没有归属的记录。",
                f"The migration would orphan {many(len(orphans), 'row')}.",
            )
        )


def _failed(error: Exception, made: backup.Backup) -> PartyctlError:
    """The error for a failed migration: its cause, and the path of the backup."""
    why = _explained(error)
    if isinstance(why, Busy):
        return why
    reason = why.sentence if why else say(f"{type(error).__name__}。", f"{type(error).__name__}.")
    return MigrationFailed(
        say(
            f"迁移失败，已回滚，台账没有变：{reason}迁移前的备份：{made.path}",
            f"The migration failed and was rolled back: {reason} "
            f"The backup before the migration: {made.path}",
        ),
        "partyctl doctor",
    )


def _explained(error: Exception) -> PartyctlError | None:
    """The documented error for a failure, or None.

    If the ORM wrapped the failure in an exception of its own, the wrapped failure is explained.
    """
    cause = getattr(error, "orig", None) or error
    if isinstance(cause, PartyctlError):
        return cause
    if isinstance(cause, sqlite_errors()):
        return explain_sqlite(cause)
    return explain_os(cause) if isinstance(cause, OSError) else None
