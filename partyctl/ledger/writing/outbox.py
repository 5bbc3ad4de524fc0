"""The outbox of reminders: planned, claimed, sent outside of any transaction, marked.

A process may die at any step. What it had claimed is claimed again when the lease has run out, and
goes out under the same Message-ID: so nothing is lost, and what arrives twice can be told. Plain
SQL on a connection of its own: cron comes here every quarter of an hour, and an ORM would cost ten
times the rest. The journal does not follow these tables (docs/decisions/006).
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Set
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from partyctl.ledger.file.connecting import WRITING, Connection, connect
from partyctl.ledger.file.opening import require_current

LEASE = timedelta(minutes=5)
RETRIES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120))
"""How long to wait after each failure; after the next one it is a dead letter."""

DEAD_RETRY = timedelta(hours=20)
"""A dead letter is tried once more every day: less than one, for a schedule of once a day."""

KEPT = timedelta(days=400)


class Rung(NamedTuple):
    """One obligation, by its key, at a rung of its ladder. Without a due date it has '' for one."""

    obligation: str
    due_on: str
    rung: int


class Planned(NamedTuple):
    """What somebody is to be told over a channel."""

    channel: str
    recipient: str
    rungs: tuple[Rung, ...]


class Claimed(NamedTuple):
    """A digest that this process, and no other, may send until its lease runs out."""

    id: int
    channel: str
    recipient: str
    day: date
    message_id: str
    attempt: int
    rungs: tuple[Rung, ...]


@contextmanager
def opened(ledger: Path) -> Iterator[Connection]:
    """A connection that writes the outbox. Raises as opening.version_of."""
    require_current(ledger)
    connection = connect(ledger, "rw", WRITING)
    try:
        yield connection
    finally:
        connection.close()


@contextmanager
def _transaction(ledger: Connection) -> Iterator[None]:
    ledger.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        ledger.execute("ROLLBACK")
        raise
    ledger.execute("COMMIT")


@contextmanager
def at_one_moment(ledger: Connection) -> Iterator[None]:
    """Read, and see nothing that others write meanwhile."""
    ledger.execute("BEGIN")
    try:
        yield
    finally:
        ledger.execute("COMMIT")


def trust(ledger: Connection, now: datetime) -> None:
    """The clock was wrong and is right now: what waits for moments to come waits no more."""
    with _transaction(ledger):
        ledger.execute(
            "UPDATE reminder_digest SET next_try = min(next_try, :now), "
            "lease_until = min(lease_until, :now)",
            {"now": _text(now)},
        )
        ledger.execute("UPDATE reminder_run SET at = min(at, ?)", (_text(now),))


def unsaid(ledger: sqlite3.Connection, planned: Iterable[Planned], day: date) -> list[Planned]:
    """Of what is to be said, what was not: at most one digest a recipient, channel and day."""
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
    """Whether this rung, or a later one, is in a digest that was sent or will be."""
    found = ledger.execute(
        "SELECT 1 FROM reminder WHERE obligation = ? AND due_on = ? AND channel = ? "
        "AND recipient = ? AND rung >= ? AND dropped IS NOT 'settled'",
        (rung.obligation, rung.due_on, planned.channel, planned.recipient, rung.rung),
    )
    return found.fetchone() is not None


def plan(
    ledger: Connection, planned: Iterable[Planned], day: date, now: datetime, *, scheduled: bool
) -> int:
    """Put what was not said yet in the outbox, and keep that this run took place; how many."""
    mark = _mark(ledger)
    with _transaction(ledger):
        wanted = unsaid(ledger, planned, day)
        for each in wanted:
            _add(ledger, each, day, now, mark)
        _forget(ledger, day)
        keep_run(ledger, day, now, scheduled=scheduled)
    return len(wanted)


def _add(ledger: Connection, planned: Planned, day: date, now: datetime, mark: str) -> None:
    channel, recipient = planned.channel, planned.recipient
    # A digest of this day that was cancelled, because all in it was settled, gives way.
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
            *(channel, recipient, day.isoformat(), _text(now), _text(now)),
            f"<{sha256(key.encode()).hexdigest()[:24]}@{mark}.partyctl.invalid>",
        ),
    ).lastrowid
    for rung in planned.rungs:
        # One that was dropped as settled may be owed again: its record was voided.
        ledger.execute(
            "INSERT OR REPLACE INTO reminder "
            "(obligation, due_on, channel, recipient, rung, digest_id) VALUES (?, ?, ?, ?, ?, ?)",
            (rung.obligation, rung.due_on, channel, recipient, rung.rung, number),
        )


def _forget(ledger: Connection, day: date) -> None:
    """Drop what was sent long ago: no ladder looks back further than its last rung."""
    _remove(ledger, "day < ? AND state IN ('sent', 'cancelled')", ((day - KEPT).isoformat(),))


def _remove(ledger: Connection, where: str, values: tuple[str, ...]) -> None:
    digests = f"SELECT id FROM reminder_digest WHERE {where}"
    ledger.execute(f"DELETE FROM reminder WHERE digest_id IN ({digests})", values)
    ledger.execute(f"DELETE FROM reminder_digest WHERE {where}", values)


def keep_run(ledger: Connection, day: date, now: datetime, *, scheduled: bool) -> None:
    """Keep when this run took place, within a transaction that is open."""
    ledger.execute(
        "INSERT INTO reminder_run (id, at, day, scheduled_at) VALUES (1, :at, :day, :scheduled) "
        "ON CONFLICT (id) DO UPDATE SET at = :at, day = :day, "
        "scheduled_at = coalesce(:scheduled, scheduled_at)",
        {
            "at": _text(now),
            "day": day.isoformat(),
            "scheduled": _text(now) if scheduled else None,
        },
    )


def schedule(ledger: Connection, day: date, now: datetime) -> None:
    """From now on there is a schedule: if it never runs, somebody is to be told."""
    with _transaction(ledger):
        keep_run(ledger, day, now, scheduled=True)


def unschedule(ledger: Connection) -> None:
    """There is no schedule any more, and nobody need be told that it does not run."""
    with _transaction(ledger):
        ledger.execute("UPDATE reminder_run SET scheduled_at = NULL")


READY = """
SELECT id FROM reminder_digest WHERE (state IN ('pending', 'dead') AND next_try <= :now)
    OR (state = 'sending' AND lease_until <= :now)
ORDER BY day, id
"""


def ready(ledger: sqlite3.Connection, now: datetime) -> list[int]:
    """The digests whose time has come: new, to be tried again, or left by a process that died."""
    return [number for (number,) in ledger.execute(READY, {"now": _text(now)})]


Owed = Callable[[Connection, str, str], Set[tuple[str, str]]]
"""What is open and concerns a recipient of a channel, by key and due date ('' for none)."""


def claim(ledger: Connection, number: int, now: datetime, owed_to: Owed) -> Claimed | None:
    """Take a digest for this process; None where there is nothing left to say in it.

    `owed_to` looks at what is owed now, with nobody writing in between: what was settled meanwhile,
    or has a later rung in another digest, is dropped from this one.
    """
    with _transaction(ledger):
        if number not in ready(ledger, now):
            return None
        row = ledger.execute(
            "SELECT channel, recipient, day, message_id, attempts FROM reminder_digest WHERE id = ?",
            (number,),
        ).fetchone()
        channel, recipient, day, message_id, attempts = row
        owed, left = owed_to(ledger, channel, recipient), []
        for rung in _rungs(ledger, number):
            dropped = _dropped(ledger, rung, channel, recipient, owed)
            if dropped is None:
                left.append(rung)
            else:
                _drop(ledger, number, rung, dropped)
        if not left:
            _set(ledger, number, state="cancelled", lease_until=None, next_try=None)
            return None
        attempt = attempts + 1
        lease = _text(now + LEASE)
        _set(ledger, number, state="sending", lease_until=lease, next_try=None, attempts=attempt)
    made_on = date.fromisoformat(day)
    return Claimed(number, channel, recipient, made_on, message_id, attempt, tuple(left))


def _rungs(ledger: sqlite3.Connection, number: int) -> list[Rung]:
    rows = ledger.execute(
        "SELECT obligation, due_on, rung FROM reminder "
        "WHERE digest_id = ? AND dropped IS NULL ORDER BY due_on, obligation",
        (number,),
    )
    return [Rung(*row) for row in rows]


def _dropped(
    ledger: Connection,
    rung: Rung,
    channel: str,
    recipient: str,
    owed: Set[tuple[str, str]],
) -> str | None:
    if (rung.obligation, rung.due_on) not in owed:
        return "settled"
    later = ledger.execute(
        "SELECT 1 FROM reminder WHERE obligation = ? AND due_on = ? AND channel = ? "
        "AND recipient = ? AND rung > ? AND dropped IS NULL",
        (rung.obligation, rung.due_on, channel, recipient, rung.rung),
    ).fetchone()
    return "overtaken" if later else None


def _drop(ledger: Connection, number: int, rung: Rung, why: str) -> None:
    ledger.execute(
        "UPDATE reminder SET dropped = ? "
        "WHERE digest_id = ? AND obligation = ? AND due_on = ? AND rung = ?",
        (why, number, *rung),
    )


def _set(ledger: Connection, number: int, **values: Any) -> None:  # noqa: ANN401 - columns of ours
    columns = ", ".join(f"{column} = ?" for column in values)
    ledger.execute(f"UPDATE reminder_digest SET {columns} WHERE id = ?", (*values.values(), number))


def mark_sent(ledger: Connection, claimed: Claimed, now: datetime) -> None:
    """The channel took it."""
    with _transaction(ledger):
        if _is_held(ledger, claimed):
            _set(ledger, claimed.id, state="sent", sent_at=_text(now), lease_until=None)


def mark_failed(ledger: Connection, claimed: Claimed, now: datetime, error: str) -> None:
    """The channel did not take it: once more later, or a dead letter, tried once a day."""
    is_dead = claimed.attempt > len(RETRIES)
    wait = DEAD_RETRY if is_dead else RETRIES[claimed.attempt - 1]
    with _transaction(ledger):
        if _is_held(ledger, claimed):
            state, then = "dead" if is_dead else "pending", _text(now + wait)
            _set(ledger, claimed.id, state=state, lease_until=None, next_try=then, last_error=error)


def _is_held(ledger: Connection, claimed: Claimed) -> bool:
    """Whether the digest is still this process's: no other took it over, no backup replaced it."""
    found = ledger.execute(
        "SELECT 1 FROM reminder_digest WHERE id = ? AND message_id = ? AND attempts = ? "
        "AND state = 'sending'",
        (claimed.id, claimed.message_id, claimed.attempt),
    )
    return found.fetchone() is not None


def _mark(ledger: sqlite3.Connection) -> str:
    """What this ledger is known by: the start of its journal's first hash."""
    row = ledger.execute("SELECT substr(hash, 1, 16) FROM journal_entry WHERE seq = 1").fetchone()
    return str(row[0])


def _text(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
