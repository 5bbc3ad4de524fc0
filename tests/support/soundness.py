"""Checks that a ledger is sound after kills, faults, many writers or a full disk."""

import io
import sqlite3
from contextlib import closing, redirect_stdout
from pathlib import Path

from partyctl.cli.start.main import run

OF_THE_MOMENT = {"recorded_at", "at", "hash", "row_digest", "detail_digest", "salt", "detail"}
"""Columns that differ between two runs of one command: moments, salts, hashes and details."""

Dump = dict[str, list[tuple[object, ...]]]


def require_whole(ledger: Path) -> None:
    """Check that no page is damaged, no row lacks its parent, and the journal explains every row."""
    verifies(ledger)
    with closing(sqlite3.connect(ledger)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


def verifies(ledger: Path) -> None:
    """Check that `journal verify` finds nothing.

    After a kill, `journal verify` is the first command to open the ledger.
    """
    with redirect_stdout(io.StringIO()) as printed:
        left_with = run(["--ledger", str(ledger), "journal", "verify"])
    assert left_with == 0, printed.getvalue()


def dump(ledger: Path) -> Dump:
    """Every row of every table, without values that depend on the time of writing."""
    with closing(sqlite3.connect(ledger)) as connection:
        tables = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
        return {table: _rows(connection, table) for (table,) in tables.fetchall()}


def _rows(connection: sqlite3.Connection, table: str) -> list[tuple[object, ...]]:
    columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
    kept = ", ".join(column for column in columns if column not in OF_THE_MOMENT)
    return sorted(connection.execute(f"SELECT {kept} FROM {table}").fetchall(), key=repr)
