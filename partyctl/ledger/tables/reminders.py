"""The outbox of reminders; a row of the outbox is a message, not a record.

`writing.outbox` writes these tables with plain SQL, so they are not models. The journal does not
record changes to these tables, because no obligation depends on a message (docs/decisions/006).
"""

from sqlalchemy import CheckConstraint, Column, Date, ForeignKey, Index, Integer, Table, Text

from partyctl.ledger.tables.base import Base, is_date

DIGEST = Table(
    "reminder_digest",
    Base.metadata,
    Column("id", Integer, primary_key=True),
    Column("channel", Text, nullable=False),
    Column("recipient", Text, nullable=False),
    Column("day", Date, nullable=False),
    Column("planned_at", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("lease_until", Text),
    Column("next_try", Text),
    Column("message_id", Text, nullable=False, unique=True),
    Column("sent_at", Text),
    Column("last_error", Text),
    CheckConstraint(
        "state IN ('pending', 'sending', 'sent', 'dead', 'cancelled')", name="state_is_known"
    ),
    CheckConstraint("(state = 'sent') = (sent_at IS NOT NULL)", name="sent_has_a_moment"),
    CheckConstraint("(state = 'sending') = (lease_until IS NOT NULL)", name="lease_while_sending"),
    is_date("day"),
    Index("ix_reminder_digest_one_a_day", "day", "channel", "recipient", unique=True),
    Index("ix_reminder_digest_state", "state"),
)
"""A digest: one message to one recipient through one channel on one day. Times are in UTC."""

REMINDER = Table(
    "reminder",
    Base.metadata,
    Column("obligation", Text, primary_key=True),
    Column("due_on", Text, primary_key=True),
    Column("channel", Text, primary_key=True),
    Column("recipient", Text, primary_key=True),
    Column("rung", Integer, primary_key=True),
    Column("digest_id", Integer, ForeignKey("reminder_digest.id"), nullable=False),
    Column("dropped", Text),
    CheckConstraint("dropped IN ('settled', 'overtaken')", name="dropped_is_known"),
    Index("ix_reminder_digest_id", "digest_id"),
    sqlite_with_rowid=False,
)
"""One obligation in a digest. `rung`: the day of this reminder, counted from the due date (-7: a
week before it). `due_on` is '' if there is no due date; `rung` is then counted from the day on
which the obligation began."""

RUN = Table(
    "reminder_run",
    Base.metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Text, nullable=False),
    Column("day", Date, nullable=False),
    Column("scheduled_at", Text),
    CheckConstraint("id = 1", name="there_is_one"),
    is_date("day"),
)
"""When `remind` last ran. `scheduled_at`: when the schedule was made, or when the schedule last
started `remind`, whichever is later."""
