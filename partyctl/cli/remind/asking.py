"""Find the current time and the duties for a run of `remind`.

Most runs have nothing to send, so the rules are imported only if a run needs the duties.
"""

import sqlite3
from datetime import UTC, date, datetime

from partyctl.reminders.running import Look, View


def now() -> datetime:
    """Return the current time in UTC by this computer's clock."""
    return datetime.now(UTC)


def look_on(day: date) -> Look:
    """Return a function that takes a ledger and returns the duties whose reminder day has come.

    The rules are imported only when the returned function is called.
    """

    def look(ledger: sqlite3.Connection) -> View:
        from partyctl.cli.remind import sending

        return sending.look_on(day)(ledger)

    return look
