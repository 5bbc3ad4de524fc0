"""Bringing rows into the journal that it does not know as they are: after a migration.

The chain is also told the schema (tables, views, triggers, marks of the header): another text in
the file than the one that was sealed last is tampering, or damage.
"""

import sqlite3
from collections.abc import Iterator
from hashlib import sha256

from partyctl.ledger.journal.capture import Change, rows_of, shapes
from partyctl.ledger.journal.chain import canonical, digest, extend
from partyctl.ledger.journal.commands import Command, Event

NEWEST = """
SELECT entry.row_digest, detail.salt FROM journal_entry AS entry
JOIN journal_detail AS detail ON detail.seq = entry.seq
WHERE entry.record = ? AND entry.row_table = ? AND entry.row_key = ?
ORDER BY entry.seq DESC LIMIT 1
"""


def adopt(ledger: sqlite3.Connection, command: Command) -> None:
    """Enter the schema as it is now, and each row that the journal does not know as it is."""
    text = schema_text(ledger)
    version = ledger.execute("PRAGMA user_version").fetchone()[0]
    sealed = Event("schema", "", {"schema": text}, "sqlite_schema", str(version))
    command.events.append(sealed)
    extend(ledger, command, _unknown(ledger))


def schema_text(ledger: sqlite3.Connection) -> str:
    """The digest of all that the file says of its own shape."""
    rows = ledger.execute(
        "SELECT type, name, tbl_name, sql FROM main.sqlite_schema "
        "WHERE name NOT GLOB 'sqlite_*' ORDER BY type, name"
    ).fetchall()
    marks = [
        ledger.execute(f"PRAGMA main.{mark}").fetchone()[0]
        for mark in ("application_id", "user_version")
    ]
    return sha256(canonical([marks, [list(row) for row in rows]]).encode()).hexdigest()


def _unknown(ledger: sqlite3.Connection) -> Iterator[Change]:
    for table in shapes(ledger):
        for row in rows_of(ledger, table):
            sealed = ledger.execute(NEWEST, (row.record, table, row.key)).fetchone()
            if sealed is None or sealed[0] != digest(
                bytes.fromhex(sealed[1]), "row", canonical(row.new)
            ):
                yield row
