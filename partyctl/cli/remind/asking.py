"""The time and the duties for a run of `remind`.

Most runs have nothing to send, so they do not load the law.
"""

import sqlite3
from datetime import UTC, date, datetime

from partyctl.reminders.running import Look, View


def now() -> datetime:
    """Return the current time in UTC by this computer's clock."""
    return datetime.now(UTC)


def look_on(day: date) -> Look:
    """Return a function that computes the duties as of a day.

    The function loads the law only when it is called.
    """

    def look(ledger: sqlite3.Connection) -> View:
        from partyctl.cli.remind import sending

        return sending.look_on(day)(ledger)

    return look
