"""Read contact points and the visits to them as plain objects."""

import sqlite3
from datetime import date

from partyctl.ledger.reading.objects import Object, objects
from partyctl.light import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from partyctl.contract.people import Contact

CONTACTS = """
SELECT contact.id, contact.name, leader.name AS leader, contact.leader_id,
    contact.since, contact.recorded_at, contact.voided_at, contact.void_reason
FROM contact JOIN member AS leader ON leader.id = contact.leader_id
"""
VISITS = """
SELECT id, kind, visited_on, note, makes_up FROM contact_visit
WHERE contact_id = ? AND voided_at IS NULL AND visited_on <= ? ORDER BY visited_on, id
"""


def contacts(ledger: sqlite3.Connection, on: date) -> "list[Contact]":
    """The contact points on a day, with the visits until then.

    `last` in the result: the day of the latest visit of each kind.
    """
    rows = objects(
        ledger,
        f"{CONTACTS} WHERE contact.voided_at IS NULL "
        "AND (contact.since IS NULL OR contact.since <= ?) ORDER BY contact.id",
        (on.isoformat(),),
    )
    return [_contact(ledger, row, on.isoformat()) for row in rows]


def contact(ledger: sqlite3.Connection, on: date, number: int) -> "Contact | None":
    """The contact point with this number (even if it was voided), and the visits until a day."""
    rows = objects(ledger, f"{CONTACTS} WHERE contact.id = ?", (number,))
    return _contact(ledger, rows[0], on.isoformat()) if rows else None


def _contact(ledger: sqlite3.Connection, row: Object, on: str) -> "Contact":
    visits = objects(ledger, VISITS, (row["id"], on))
    last = {visit["kind"]: visit["visited_on"] for visit in visits}
    return cast("Contact", row | {"visits": visits, "last": last})
