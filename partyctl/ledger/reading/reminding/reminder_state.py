"""Read when `remind` last ran and how many messages failed; most commands need these facts.

The other functions for the outbox are in separate modules, because few commands need them.
"""

import sqlite3
from datetime import datetime, timedelta

from partyctl.light import NamedTuple

TOLERANCE = timedelta(minutes=5)
"""If the clock is set back by this much or less, the clock does not count as wrong."""

STALE = timedelta(days=3)


class Last(NamedTuple):
    """When `remind` last ran, when the schedule last ran it, and how many messages failed."""

    at: datetime | None
    scheduled_at: datetime | None
    dead: int

    def is_stale(self, now: datetime) -> bool:
        """Whether a schedule exists but has not run for more than three days."""
        return self.scheduled_at is not None and now - self.scheduled_at > STALE


def last(ledger: sqlite3.Connection) -> Last:
    """Read the times of the last run and of the last scheduled run; count the failed messages."""
    dead = ledger.execute("SELECT count(*) FROM reminder_digest WHERE state = 'dead'").fetchone()[0]
    row = ledger.execute("SELECT at, scheduled_at FROM reminder_run").fetchone() or (None, None)
    at, scheduled = (moment and datetime.fromisoformat(moment) for moment in row)
    return Last(at, scheduled, dead)


def newest_entry(ledger: sqlite3.Connection) -> int:
    """The number of the journal's newest entry.

    As long as this number is the same, no record has changed.
    """
    return int(ledger.execute("SELECT coalesce(max(seq), 0) FROM journal_entry").fetchone()[0])


def is_set_back(ledger: sqlite3.Connection, now: datetime) -> bool:
    """Whether the clock is more than TOLERANCE before the last run; then "today" may be wrong."""
    at = last(ledger).at
    return at is not None and now < at - TOLERANCE
