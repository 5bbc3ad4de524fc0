"""The journal's tables. `ledger.journal` writes these tables with plain SQL, so they are not models."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer, Table, Text

from partyctl.ledger.tables.base import Base

ENTRY = Table(
    "journal_entry",
    Base.metadata,
    Column("seq", Integer, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("run", Integer, nullable=False),
    Column("at", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("host", Text, nullable=False),
    Column("command", Text, nullable=False),
    Column("act", Text, nullable=False),
    Column("record", Text, nullable=False),
    Column("row_table", Text, nullable=False),
    Column("row_key", Text, nullable=False),
    Column("row_digest", Text),
    Column("detail_digest", Text, nullable=False),
    Column("hash", Text, nullable=False),
    CheckConstraint("length(hash) = 64", name="hash_is_whole"),
    Index("ix_journal_entry_record", "record"),
    Index("ix_journal_entry_run", "run"),
)
"""One entry for each row that a command changed, and for each event. `run`: the number of the command.
Entries are never changed."""

DETAIL = Table(
    "journal_detail",
    Base.metadata,
    Column("seq", Integer, ForeignKey("journal_entry.seq"), primary_key=True),
    Column("salt", Text, nullable=False),
    Column("detail", Text, nullable=False),
)
"""The values of an entry, and the salt used to compute its `row_digest` and `detail_digest`. An
erasure deletes the values and the salt."""
