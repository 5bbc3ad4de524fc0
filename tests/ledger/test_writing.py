"""Many writers at once, and what each connection is set to."""

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import create_engine, event, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import NullPool

from partyctl.ledger import writing
from partyctl.ledger.opening import open_for_reading

WRITERS, WRITES = 8, 15

WRITER = """
import sys
from partyctl.cli.main import run
for n in range(int(sys.argv[2])):
    code = run(["staff", "add", f"干部{sys.argv[1]}之{n}"])
    if code:
        sys.exit(code)
"""


def test_eight_processes_write_at_once_and_nothing_is_lost(branch, ledger: Path):
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, str(number), str(WRITES)], stdout=subprocess.DEVNULL
        )
        for number in range(WRITERS)
    ]
    assert [process.wait(timeout=120) for process in processes] == [0] * WRITERS

    found = branch("staff list --json").json
    names = {row["name"] for row in found}
    assert names == {f"干部{number}之{n}" for number in range(WRITERS) for n in range(WRITES)}
    assert [row["id"] for row in found] == list(range(1, WRITERS * WRITES + 1))


def test_the_deferred_begin_that_we_do_not_use_loses_writes(branch, ledger: Path):
    """The wrong variant: this test's twin above would fail with it."""
    engine = create_engine(
        "sqlite://",
        creator=lambda: sqlite3.connect(ledger, timeout=30, isolation_level=None),
        poolclass=NullPool,
    )
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
    insert = text("INSERT INTO staff (recorded_at, name) SELECT 'now', count(*) FROM staff")
    count = text("SELECT count(*) FROM staff")
    refused = 0
    with engine.connect() as first, engine.connect() as second:
        first.execute(count)
        second.execute(count)
        try:
            first.execute(insert)
            second.execute(insert)
        except OperationalError:
            refused += 1
    assert refused == 1


def test_every_writing_connection_is_set_as_decided(branch, ledger: Path):
    with writing.engine_for(ledger).connect() as connection:
        settings = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in (
                *("foreign_keys", "synchronous", "journal_mode", "recursive_triggers"),
                *("trusted_schema", "secure_delete", "temp_store", "busy_timeout"),
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
        "busy_timeout": 30000,
    }


def test_a_command_that_fails_leaves_nothing(branch, ledger: Path):
    before = ledger.read_bytes()
    branch("meeting add members --on 2026-03-10 --chair 张三 --lecturer 没有此人", code=4)
    assert ledger.read_bytes() == before


def test_a_reading_connection_cannot_write(branch, ledger: Path):
    refused = pytest.raises(sqlite3.OperationalError, match="readonly")
    with open_for_reading(ledger) as connection, refused:
        connection.execute("DELETE FROM staff")


def test_a_ledger_whose_writer_was_killed_can_be_read_at_once(branch, ledger: Path):
    """A hot journal needs a connection that may write, even to read."""
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
