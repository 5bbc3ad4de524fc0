"""Put digests (messages) into the outbox of reminders, and record the runs of `remind`.

The module `deliveries` sends the digests. If a process dies while sending, its claim on a digest
expires. Another process then sends the digest with the same Message-ID, so no digest is lost, and a
duplicate can be recognised. This module uses plain SQL, because cron runs `remind` every quarter of
an hour, and an ORM would take ten times as long. The journal does not record changes to the outbox
(docs/decisions/006).
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, nullcontext
from datetime import date, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from partyctl.ledger.answers import answers
from partyctl.ledger.file.connecting import WRITING, Connection, begin, connect
from partyctl.ledger.file.leftovers import require_one_name
from partyctl.ledger.file.opening import require_current
from partyctl.ledger.file.sealed_schema import require_as_sealed
from partyctl.light import NamedTuple

KEPT = timedelta(days=400)


class Rung(NamedTuple):
    """One reminder of one obligation.

    `rung`: the day of this reminder, counted from the due date (-7: a week before it). `due_on` is
    '' if there is no due date; `rung` is then counted from the day on which the obligation began.
    """

    obligation: str
    due_on: str
    rung: int


class Planned(NamedTuple):
    """A message to send: the recipient, the channel, and the reminders in it."""

    channel: str
    recipient: str
    rungs: tuple[Rung, ...]


@contextmanager
def opened(ledger: Path, watch: answers.Watch | None = None) -> Iterator[Connection]:
    """Open a connection for writing to the outbox.

    Raises the errors that `require_current` raises, and Tampered, NotPermitted and Busy.

    The ledger also stores answers of commands. `watch` keeps these answers valid, although
    writing to the outbox changes the file; by default, a new Watch is used.
    """
    require_current(ledger)
    with nullcontext(watch) if watch else answers.carried_over(ledger) as kept:
        connection = connect(ledger, "rw", WRITING)
        try:
            require_one_name(ledger)
            require_as_sealed(connection)
            kept.begin(connection)
            yield connection
            if answers.is_asked(connection):
                answers.CHANGED.add(ledger)
            kept.end(connection)
        finally:
            connection.close()


@contextmanager
def transaction(ledger: Connection) -> Iterator[None]:
    """A transaction that changes the outbox; other writers wait until it ends."""
    begin(ledger)
    try:
        yield
    except BaseException:
        ledger.execute("ROLLBACK")
        raise
    ledger.execute("COMMIT")


@contextmanager
def at_one_moment(ledger: Connection) -> Iterator[None]:
    """A transaction for reading, so that all queries see the same snapshot."""
    ledger.execute("BEGIN")
    try:
        yield
    finally:
        ledger.execute("COMMIT")


def trust(ledger: Connection, now: datetime) -> None:
    """After the clock was corrected, replace each stored time that is later than `now` by `now`.

    These are the times of the next attempts to send, of the ends of claims, and of the last run.
    """
    with transaction(ledger):
        ledger.execute(
            "UPDATE reminder_digest SET next_try = min(next_try, :now), "
            "lease_until = min(lease_until, :now)",
            {"now": stored_moment(now)},
        )
        ledger.execute("UPDATE reminder_run SET at = min(at, ?)", (stored_moment(now),))


def unsaid(ledger: sqlite3.Connection, planned: Iterable[Planned], day: date) -> list[Planned]:
    """The planned digests, without reminders that were already sent or queued.

    A recipient that already has a digest for this day on the same channel is left out, unless that
    digest was cancelled.
    """
    return [
        each._replace(rungs=rungs)
        for each in planned
        if not _has_digest(ledger, each, day)
        and (rungs := tuple(r for r in each.rungs if not _is_said(ledger, each, r)))
    ]


def _has_digest(ledger: sqlite3.Connection, planned: Planned, day: date) -> bool:
    found = ledger.execute(
        "SELECT 1 FROM reminder_digest WHERE channel = ? AND recipient = ? AND day = ? "
        "AND state <> 'cancelled'",
        (planned.channel, planned.recipient, day.isoformat()),
    )
    return found.fetchone() is not None


def _is_said(ledger: sqlite3.Connection, planned: Planned, rung: Rung) -> bool:
    """Whether this reminder or a later one of the same obligation was already sent or queued."""
    found = ledger.execute(
        "SELECT 1 FROM reminder WHERE obligation = ? AND due_on = ? AND channel = ? "
        "AND recipient = ? AND rung >= ? AND dropped IS NOT 'settled'",
        (rung.obligation, rung.due_on, planned.channel, planned.recipient, rung.rung),
    )
    return found.fetchone() is not None


def plan(
    ledger: Connection,
    planned: Iterable[Planned],
    day: date,
    now: datetime,
    *,
    scheduled: bool,
    also: Callable[[], None] = lambda: None,
) -> int:
    """Queue new messages in the outbox, and record this run. Returns the number of new messages.

    `also`: a function that is called within the same transaction.
    """
    mark = _mark(ledger)
    with transaction(ledger):
        also()
        wanted = unsaid(ledger, planned, day)
        for each in wanted:
            _add(ledger, each, day, now, mark)
        _forget(ledger, day)
        keep_run(ledger, day, now, scheduled=scheduled)
    return len(wanted)


def _add(ledger: Connection, planned: Planned, day: date, now: datetime, mark: str) -> None:
    channel, recipient = planned.channel, planned.recipient
    # If this day's digest was cancelled because all of its items were settled, replace it.
    earlier = ledger.execute(
        "SELECT count(*) FROM reminder_digest WHERE channel = ? AND recipient = ? AND day = ?",
        (channel, recipient, day.isoformat()),
    ).fetchone()[0]
    if earlier:
        _remove(ledger, "channel = ? AND recipient = ? AND day = ?", (channel, recipient, str(day)))
    key = "|".join((day.isoformat(), channel, recipient, *map(str, planned.rungs)))
    number = ledger.execute(
        "INSERT INTO reminder_digest (channel, recipient, day, planned_at, state, attempts, "
        "next_try, message_id) VALUES (?, ?, ?, ?, 'pending', 0, ?, ?)",
        (
            channel,
            recipient,
            day.isoformat(),
            stored_moment(now),
            stored_moment(now),
            f"<{sha256(key.encode()).hexdigest()[:24]}@{mark}.partyctl.invalid>",
        ),
    ).lastrowid
    for rung in planned.rungs:
        # If an earlier row says that this item was dropped because it was settled, replace the row.
        # The item is open again, for example because the record that settled the item was voided.
        ledger.execute(
            "INSERT OR REPLACE INTO reminder "
            "(obligation, due_on, channel, recipient, rung, digest_id) VALUES (?, ?, ?, ?, ?, ?)",
            (rung.obligation, rung.due_on, channel, recipient, rung.rung, number),
        )


def _forget(ledger: Connection, day: date) -> None:
    """Delete sent and cancelled digests that are older than KEPT."""
    _remove(ledger, "day < ? AND state IN ('sent', 'cancelled')", ((day - KEPT).isoformat(),))


def _remove(ledger: Connection, where: str, values: tuple[str, ...]) -> None:
    digests = f"SELECT id FROM reminder_digest WHERE {where}"
    ledger.execute(f"DELETE FROM reminder WHERE digest_id IN ({digests})", values)
    ledger.execute(f"DELETE FROM reminder_digest WHERE {where}", values)


def keep_run(ledger: Connection, day: date, now: datetime, *, scheduled: bool) -> None:
    """Record the time of this run, within the open transaction."""
    ledger.execute(
        "INSERT INTO reminder_run (id, at, day, scheduled_at) VALUES (1, :at, :day, :scheduled) "
        "ON CONFLICT (id) DO UPDATE SET at = :at, day = :day, "
        "scheduled_at = coalesce(:scheduled, scheduled_at)",
        {
            "at": stored_moment(now),
            "day": day.isoformat(),
            "scheduled": stored_moment(now) if scheduled else None,
        },
    )


def schedule(ledger: Connection, day: date, now: datetime) -> None:
    """Record that a schedule exists, so that missing runs are reported."""
    with transaction(ledger):
        keep_run(ledger, day, now, scheduled=True)


def unschedule(ledger: Connection) -> None:
    """Record that there is no schedule, so that missing runs are not reported."""
    with transaction(ledger):
        ledger.execute("UPDATE reminder_run SET scheduled_at = NULL")


def _mark(ledger: sqlite3.Connection) -> str:
    """The ledger's identity: the first digits of the first hash in its journal."""
    row = ledger.execute("SELECT substr(hash, 1, 16) FROM journal_entry WHERE seq = 1").fetchone()
    return str(row[0])


def stored_moment(moment: datetime) -> str:
    """A time as the outbox stores it."""
    return moment.isoformat(timespec="seconds")
