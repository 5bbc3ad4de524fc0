"""After a migration, add journal entries for all rows whose values are not in the journal yet.

One more entry records (seals) the schema: the tables, indexes, views and triggers, and the
application id and schema version in the file's header. If the file's schema later differs from the
newest recorded schema, somebody has tampered with the file, or the file is damaged.
"""

import sqlite3
from collections.abc import Iterator

from partyctl.ledger.file.sealed_schema import sealed_now
from partyctl.ledger.journal.acts import Act
from partyctl.ledger.journal.capture import Change, rows_of, tables
from partyctl.ledger.journal.chain import canonical, digest, extend
from partyctl.ledger.journal.commands import Command, Event

NEWEST = """
SELECT entry.row_digest, detail.salt FROM journal_entry AS entry
JOIN journal_detail AS detail ON detail.seq = entry.seq
WHERE entry.record = ? AND entry.row_table = ? AND entry.row_key = ?
ORDER BY entry.seq DESC LIMIT 1
"""


def adopt(ledger: sqlite3.Connection, command: Command) -> None:
    """Add journal entries for the current schema, and for each row whose values are not in the journal."""
    version = ledger.execute("PRAGMA user_version").fetchone()[0]
    sealed = Event(Act.SCHEMA, "", sealed_now(ledger), "sqlite_schema", str(version))
    command.events.append(sealed)
    extend(ledger, command, _unknown(ledger))


def _unknown(ledger: sqlite3.Connection) -> Iterator[Change]:
    for table in tables(ledger):
        for row in rows_of(ledger, table):
            sealed = ledger.execute(NEWEST, (row.record, table, row.key)).fetchone()
            if sealed is None or sealed[0] != digest(
                bytes.fromhex(sealed[1]), "row", canonical(row.new)
            ):
                yield row
