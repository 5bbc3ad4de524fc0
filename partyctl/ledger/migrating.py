"""Bringing a ledger's schema to this version: Alembic, imported only here.

The whole ladder is one transaction, with foreign keys off (rebuilding a parent table would
otherwise delete its children) and checked before the commit; the version number is part of it.
"""

import sqlite3
from pathlib import Path

import partyctl
from partyctl.errors import MigrationFailed
from partyctl.language import say
from partyctl.ledger import guards
from partyctl.ledger.files import create_file
from partyctl.ledger.journal.adoption import adopt
from partyctl.ledger.journal.commands import Command, new_command
from partyctl.ledger.opening import APPLICATION_ID, SCHEMA, version_of
from partyctl.ledger.views import VIEWS


def migrations_folder() -> Path:
    """Where the migrations are: inside an installed partyctl, or beside it in a checkout."""
    package = Path(partyctl.__file__).parent
    installed = package / "migrations"
    return installed if installed.is_dir() else package.parent / "migrations"


def migrate(path: Path) -> Path | None:
    """Bring a ledger to the newest schema; the copy that was made before, None if it was newest.

    Raises MigrationFailed after rolling back, and as version_of.
    """
    version = version_of(path)
    if version >= SCHEMA:
        return None
    copy = path.with_name(f"{path.stem}-u{version}{path.suffix}")
    copy_ledger(path, copy)
    build(path, new_command("migrate"))
    return copy


def copy_ledger(path: Path, copy: Path) -> None:
    """A whole, consistent copy of a ledger that only its owner can read; replaces an older one."""
    copy.unlink(missing_ok=True)
    create_file(copy)
    source, target = sqlite3.connect(path), sqlite3.connect(copy)
    try:
        source.backup(target)
    finally:
        source.close()
        target.close()


def build(path: Path, command: Command) -> None:
    """Run every migration that the file has not had, in one transaction. Raises MigrationFailed."""
    from alembic import command as alembic
    from alembic.config import Config

    from partyctl.ledger.writing import engine_for

    engine = engine_for(path, migrating=True)
    config = Config()
    config.set_main_option("script_location", str(migrations_folder()).replace("%", "%%"))
    try:
        with engine.begin() as connection:
            config.attributes["connection"] = connection
            for view in VIEWS:
                connection.exec_driver_sql(f"DROP VIEW IF EXISTS {view}")
            alembic.upgrade(config, "head")
            for sql in VIEWS.values():
                connection.exec_driver_sql(sql)
            ledger = connection.connection.driver_connection
            assert isinstance(ledger, sqlite3.Connection)
            guards.renew(ledger)
            orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
            if orphans:
                raise MigrationFailed(
                    say(
                        f"迁移会留下 {len(orphans)} 条没有归属的记录，已回滚。",
                        f"The migration would orphan {len(orphans)} rows; rolled back.",
                    )
                )
            connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA}")
            adopt(ledger, command)
    finally:
        engine.dispose()
