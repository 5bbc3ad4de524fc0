"""The table of stored answers of commands. Answers are not facts: they can be computed again from the facts.

The module `answers.answers` writes answers with plain SQL, and the journal does not record the
answers (docs/decisions/009).
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
"""A question (a command as typed), and its answer. The answer is valid only on one day, for one
`program` (see `digest_of_program`) and for one `head` (the hash of the journal's newest entry).
`said` is NULL if the answer was deleted because it was out of date. The question is kept, so that
partyctl can compute the new answer after the next command that writes."""
