"""An empty file becomes a ledger, the same one that the tables describe."""

import sqlite3
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from partyctl.errors import MigrationFailed
from partyctl.law.facts import Fact, Spell
from partyctl.ledger import files, migrating, opening
from partyctl.ledger.journal.commands import new_command
from partyctl.ledger.tables.all import METADATA
from partyctl.ledger.views import VIEWS
from partyctl.ledger.writing import engine_for


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    path = tmp_path / "new" / "ledger.db"
    files.create_file(path)
    return path


@pytest.fixture
def newest(empty: Path) -> Path:
    migrating.build(empty, new_command("init"))
    return empty


def columns_of(path: Path, name: str) -> list[str]:
    connection = sqlite3.connect(path)
    try:
        return [row[1] for row in connection.execute(f"PRAGMA table_info({name})")]
    finally:
        connection.close()


def schema_of(path: Path) -> dict[str, str]:
    connection = sqlite3.connect(path)
    try:
        rows = connection.execute(
            "SELECT name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%'"
        ).fetchall()
    finally:
        connection.close()
    return dict(rows)


def test_the_newest_migration_is_the_schema_that_the_program_opens():
    config = Config()
    config.set_main_option("script_location", str(migrating.migrations_folder()))
    script = ScriptDirectory.from_config(config)
    assert script.get_heads() == [f"{opening.SCHEMA:04d}"]


def test_the_migrations_make_what_the_tables_describe(newest: Path):
    with engine_for(newest).connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, METADATA) == []


def test_constraints_and_indexes_are_those_of_the_tables(newest: Path, tmp_path: Path):
    """compare_metadata does not look at CHECK constraints: so the file is made both ways."""
    direct = tmp_path / "direct.db"
    files.create_file(direct)
    with engine_for(direct, migrating=True).begin() as connection:
        METADATA.create_all(connection)
    migrated = {name: "".join(sql.split()) for name, sql in schema_of(newest).items()}
    for name, sql in schema_of(direct).items():
        assert migrated[name] == "".join(sql.split()), name


def test_views_are_made_by_the_migration(newest: Path):
    schema = schema_of(newest)
    assert {name: schema[name] for name in VIEWS} == VIEWS


def test_the_views_have_the_columns_that_the_law_reads(newest: Path):
    assert columns_of(newest, "scope") == list(Spell._fields)
    assert [
        {"happened_on": "on"}.get(column, column) for column in columns_of(newest, "fact")
    ] == list(Fact._fields)


def test_a_ledger_says_what_it_is_in_its_header(newest: Path):
    assert opening.version_of(newest) == opening.SCHEMA
    assert newest.read_bytes()[68:72] == b"PART"


def test_migrating_keeps_a_copy_and_what_was_recorded(newest: Path):
    connection = sqlite3.connect(newest)
    connection.execute("INSERT INTO organ (id, name, since) VALUES (1, '局党组', '2026-01-01')")
    connection.execute("DROP VIEW fact")
    connection.execute("PRAGMA user_version = 0")
    connection.commit()
    connection.close()

    copy = migrating.migrate(newest)

    assert copy is not None
    assert opening.version_of(copy) == 0
    assert copy.stat().st_mode & 0o777 == 0o600
    assert opening.version_of(newest) == opening.SCHEMA
    assert "fact" in schema_of(newest)
    connection = sqlite3.connect(newest)
    assert connection.execute("SELECT name FROM organ").fetchall() == [("局党组",)]
    connection.close()


def test_a_migration_that_would_orphan_rows_is_rolled_back(newest: Path):
    connection = sqlite3.connect(newest)
    connection.execute(
        "INSERT INTO cell (recorded_at, branch_id, name) VALUES ('2026-01-01', 99, '孤儿')"
    )
    connection.execute("PRAGMA user_version = 0")
    connection.commit()
    connection.close()
    before = schema_of(newest)

    with pytest.raises(MigrationFailed):
        migrating.migrate(newest)

    assert opening.version_of(newest) == 0
    assert schema_of(newest) == before


def test_the_newest_ledger_is_left_alone(newest: Path):
    before = newest.read_bytes()
    assert migrating.migrate(newest) is None
    assert newest.read_bytes() == before
