"""Insert many rows with few statements, because starting a statement takes longer than storing a row."""

import sqlite3
from collections.abc import Sequence
from itertools import chain

from partyctl.ledger.file.names import quoted

AT_ONCE = 32
"""The number of rows that one statement stores. If fewer rows than this are left at the end, each
of these rows is stored separately."""


def insert_all(
    ledger: sqlite3.Connection,
    table: str,
    columns: Sequence[str],
    rows: Sequence[Sequence[object]],
) -> None:
    """Insert rows in the given order; the values must be of types that SQLite stores."""
    into = f"INSERT INTO {quoted(table)} ({', '.join(map(quoted, columns))}) VALUES "
    row = f"({', '.join('?' for _ in columns)})"
    grouped = len(rows) - len(rows) % AT_ONCE
    if grouped:
        groups = [
            list(chain.from_iterable(rows[start : start + AT_ONCE]))
            for start in range(0, grouped, AT_ONCE)
        ]
        ledger.executemany(into + ", ".join([row] * AT_ONCE), groups)
    if grouped < len(rows):
        ledger.executemany(into + row, rows[grouped:])
