"""The settings of connections that write, and the ledger after a failed or killed command."""

import sqlite3
from pathlib import Path

import pytest

from partyctl.ledger.file.opening import open_for_reading
from partyctl.ledger.writing import session as writing


def test_every_writing_connection_is_set_as_decided(branch, ledger: Path):
    with writing.engine_for(ledger).connect() as connection:
        settings = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in (
                "foreign_keys",
                "synchronous",
                "journal_mode",
                "recursive_triggers",
                "trusted_schema",
                "secure_delete",
                "temp_store",
                "busy_timeout",
            )
        }
    assert settings == {
        "foreign_keys": 1,
        "synchronous": 3,
        "journal_mode": "delete",
        "recursive_triggers": 1,
        "trusted_schema": 0,
        "secure_delete": 1,
        "temp_store": 2,
        "busy_timeout": 120_000,
    }


def test_a_command_that_fails_leaves_nothing(branch, ledger: Path):
    before = ledger.read_bytes()
    assert (
        "党员和干部职工里都没有“没有此人”"
        in branch(
            "meeting add members --on 2026-03-10 --chair 张三 --lecturer 没有此人", code=4
        ).err
    )
    assert ledger.read_bytes() == before


def test_a_reading_connection_cannot_write(branch, ledger: Path):
    refused = pytest.raises(sqlite3.OperationalError, match="readonly")
    with open_for_reading(ledger) as connection, refused:
        connection.execute("DELETE FROM staff")


def test_a_ledger_whose_writer_was_killed_can_be_read_at_once(branch, ledger: Path):
    """SQLite first undoes what a killed writer left, so even reading needs write access."""
    writer = sqlite3.connect(ledger, isolation_level=None)
    writer.execute("PRAGMA cache_spill = 1")
    writer.execute("PRAGMA cache_size = 1")
    writer.execute("BEGIN IMMEDIATE")
    for number in range(2000):
        writer.execute(
            "INSERT INTO staff (recorded_at, name) VALUES ('now', ?)", (f"{number}" * 50,)
        )
    journal = Path(f"{ledger}-journal").read_bytes()
    half_written = ledger.read_bytes()
    writer.execute("ROLLBACK")
    writer.close()
    ledger.write_bytes(half_written)
    Path(f"{ledger}-journal").write_bytes(journal)

    assert branch("staff list --json").json == []
