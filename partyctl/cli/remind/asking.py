"""What a run of `remind` asks: the time, and what is owed. Most runs send nothing and never ask the law."""

import sqlite3
from datetime import UTC, date, datetime

from partyctl.reminders.running import Look, View


def now() -> datetime:
    """The current time of this computer, in UTC."""
    return datetime.now(UTC)


def look_on(day: date) -> Look:
    """A function that reads what is owed on a day, and loads the law only then."""

    def look(ledger: sqlite3.Connection) -> View:
        from partyctl.cli.remind import sending

        return sending.look_on(day)(ledger)

    return look
