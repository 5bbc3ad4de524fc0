"""What every command says besides its answer: reminders that did not go out, or do not run.

Whoever looks at the ledger hears of it, on standard error, once a command; cron's own runs do not,
which would say it every quarter of an hour.
"""

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime

from partyctl.language import say
from partyctl.ledger.reading.reminding.reminder_state import Last, last


class _Seen:
    """The state of the reminders as this command found it; how many commands are under way."""

    last: Last | None = None
    depth = 0


def look(ledger: sqlite3.Connection) -> None:
    """Take down the state of the reminders from a ledger that is open anyway."""
    _Seen.last = last(ledger)


@contextmanager
def told_at_the_end() -> Iterator[None]:
    """Run a command, and say at its end what there is to say; of a batch, once."""
    if not _Seen.depth:
        _Seen.last = None
    _Seen.depth += 1
    try:
        yield
    finally:
        _Seen.depth -= 1
        if not _Seen.depth and _Seen.last is not None:
            with suppress(OSError):  # where it cannot be said, the answer still counts
                sys.stderr.writelines(f"{line}\n" for line in sentences(_Seen.last))


def sentences(state: Last) -> list[str]:
    """What is worth saying: dead letters, and a schedule that stands still."""
    found = []
    if state.dead:
        found.append(
            say(
                f"注意：{state.dead} 份提醒多次没有送出：partyctl remind log",
                f"Note: {state.dead} reminders could not be sent: partyctl remind log",
            )
        )
    now = datetime.now(UTC)
    if state.is_stale(now) and state.scheduled_at is not None:
        days = (now - state.scheduled_at).days
        found.append(
            say(
                f"注意：提醒任务已 {days} 天没有运行：partyctl schedule show",
                f"Note: reminders have not run for {days} days: partyctl schedule show",
            )
        )
    return found
