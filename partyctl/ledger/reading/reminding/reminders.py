"""Read reminder digests (messages) as plain objects, and count the unsent messages."""

import sqlite3
from datetime import date
from typing import TYPE_CHECKING, cast

from partyctl.ledger.reading.objects import objects

if TYPE_CHECKING:
    from partyctl.contract.reminding import DigestRow


def digests(ledger: sqlite3.Connection, until: date) -> "list[DigestRow]":
    """Every digest up to the day `until`, newest first, with the number of the digest's items."""
    return cast(
        "list[DigestRow]",
        objects(
            ledger,
            "SELECT id, day, channel, recipient, state, attempts, planned_at, sent_at, next_try, "
            "message_id, last_error, (SELECT count(*) FROM reminder WHERE digest_id = d.id "
            "AND dropped IS NULL) AS items FROM reminder_digest AS d WHERE day <= ? "
            "ORDER BY day DESC, id DESC",
            (until.isoformat(),),
        ),
    )


def waiting(ledger: sqlite3.Connection) -> int:
    """The number of digests that are queued or being sent; failed digests are not counted."""
    return int(
        ledger.execute(
            "SELECT count(*) FROM reminder_digest WHERE state IN ('pending', 'sending')"
        ).fetchone()[0]
    )
