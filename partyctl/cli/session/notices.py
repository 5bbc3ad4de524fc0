"""Print notices after a command if reminders were not sent, or if the schedule has stopped.

Notices are printed to standard error, once per command. The runs that cron starts every quarter of
an hour do not print notices, because cron would mail each notice to the user.
"""

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime

from partyctl.bilingual import many
from partyctl.language import say
from partyctl.ledger.reading.reminding.reminder_state import Last, last


class _Seen:
    """The state of the reminders when the command read the ledger, and how many commands are running."""

    last: Last | None = None
    depth = 0


def look(ledger: sqlite3.Connection) -> None:
    """Read the state of the reminders from the connection that the command itself opened."""
    _Seen.last = last(ledger)


@contextmanager
def told_at_the_end() -> Iterator[None]:
    """Run a command and print the notices afterwards.

    For a batch, the notices are printed once, at the end.
    """
    if not _Seen.depth:
        _Seen.last = None
    _Seen.depth += 1
    try:
        yield
    finally:
        _Seen.depth -= 1
        if not _Seen.depth and _Seen.last is not None:
            with suppress(OSError):  # the command succeeded even if the notices cannot be printed
                sys.stderr.writelines(f"{line}\n" for line in sentences(_Seen.last))


def sentences(state: Last) -> list[str]:
    """Return the notices: reminders that could not be sent, a schedule that stopped."""
    found = []
    if state.dead:
        found.append(
            say(
                f"注意：{state.dead} 份提醒多次没有送出：partyctl remind log",
                f"Note: {many(state.dead, 'reminder')} could not be sent: partyctl remind log",
            )
        )
    now = datetime.now(UTC)
    if state.is_stale(now) and state.scheduled_at is not None:
        days = (now - state.scheduled_at).days
        found.append(
            say(
                f"注意：提醒任务已 {days} 天没有运行：partyctl schedule show",
                f"Note: reminders have not run for {many(days, 'day')}: partyctl schedule show",
            )
        )
    return found
