"""Deliver digests (messages) from the outbox: claim a digest, and mark it as sent or failed."""

import sqlite3
from collections.abc import Callable, Set
from datetime import date, datetime, timedelta
from typing import Any

from partyctl.ledger.file.connecting import Connection
from partyctl.ledger.writing.outbox import Rung, stored_moment, transaction
from partyctl.light import NamedTuple

LEASE = timedelta(minutes=5)
RETRIES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120))
"""How long to wait after each failed attempt. If the attempt after the last wait also fails, the
digest becomes a dead letter. partyctl tries to send a dead letter again after DEAD_RETRY."""

DEAD_RETRY = timedelta(hours=20)
"""How long to wait before sending a dead letter again: less than a day, so that every daily run
tries again."""


class Claimed(NamedTuple):
    """A digest that this process has claimed: no other process sends it until the claim expires."""

    id: int
    channel: str
    recipient: str
    day: date
    message_id: str
    attempt: int
    rungs: tuple[Rung, ...]

    @property
    def is_last_attempt(self) -> bool:
        """Whether the digest becomes (or stays) a dead letter if this attempt fails."""
        return self.attempt > len(RETRIES)


READY = """
SELECT id FROM reminder_digest WHERE (state IN ('pending', 'dead') AND next_try <= :now)
    OR (state = 'sending' AND lease_until <= :now)
ORDER BY day, id
"""


def ready(ledger: sqlite3.Connection, now: datetime) -> list[int]:
    """The ids of the digests to send now: new, failed before, or claimed by a process that died."""
    return [number for (number,) in ledger.execute(READY, {"now": stored_moment(now)})]


Owed = Callable[[Connection, str, str], Set[tuple[str, str]]]
"""A function that returns the open items of a recipient on a channel.

Each item is a pair: the text that identifies the obligation, and the due date ('' if none).
"""


def claim(ledger: Connection, number: int, now: datetime, owed_to: Owed) -> Claimed | None:
    """Claim a digest for this process.

    Return None if the digest is not ready to be sent, for example because another process has
    claimed it. Also return None, and cancel the digest, if none of its items is left.

    `owed_to`: a function that returns the items that are still open. While this function runs, no
    other process can write to the ledger. An item is dropped from this digest if it was settled
    meanwhile or has a later reminder in another digest.
    """
    with transaction(ledger):
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
        lease = stored_moment(now + LEASE)
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
    """Mark a digest as sent, if this process still has the claim."""
    with transaction(ledger):
        if _is_held(ledger, claimed):
            _set(ledger, claimed.id, state="sent", sent_at=stored_moment(now), lease_until=None)


def mark_failed(ledger: Connection, claimed: Claimed, now: datetime, error: str) -> None:
    """If this process still has the claim, plan the next attempt to send the digest.

    After the last wait in RETRIES, the digest becomes a dead letter, which is sent again every
    DEAD_RETRY.
    """
    is_dead = claimed.is_last_attempt
    wait = DEAD_RETRY if is_dead else RETRIES[claimed.attempt - 1]
    with transaction(ledger):
        if _is_held(ledger, claimed):
            state, then = "dead" if is_dead else "pending", stored_moment(now + wait)
            _set(ledger, claimed.id, state=state, lease_until=None, next_try=then, last_error=error)


def _is_held(ledger: Connection, claimed: Claimed) -> bool:
    """Whether this process still has the claim.

    Another process may have taken the claim over, or a restore may have removed it.
    """
    found = ledger.execute(
        "SELECT 1 FROM reminder_digest WHERE id = ? AND message_id = ? AND attempts = ? "
        "AND state = 'sending'",
        (claimed.id, claimed.message_id, claimed.attempt),
    )
    return found.fetchone() is not None
