"""Answers that are kept: no facts, only what was computed from them and can be computed again.

They are written by `writing.answers` with plain SQL, and the journal does not follow them
(docs/decisions/009).
"""

from sqlalchemy import CheckConstraint, Column, Date, Integer, LargeBinary, Table, Text

from partyctl.ledger.tables.base import Base, is_date

ANSWER = Table(
    "answer",
    Base.metadata,
    Column("question", Text, primary_key=True),
    Column("asked_on", Date, nullable=False),
    Column("day", Date, nullable=False),
    Column("program", Text, nullable=False),
    Column("head", Text, nullable=False),
    Column("code", Integer),
    Column("said", LargeBinary),
    CheckConstraint("(code IS NULL) = (said IS NULL)", name="code_with_what_was_said"),
    is_date("asked_on"),
    is_date("day"),
)
"""One question as typed, and its answer on one day by one program at one head of the journal.

Without `said` the answer was overtaken; the question is answered again after the next write.
"""
