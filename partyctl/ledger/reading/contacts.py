"""Read contact points and the visits to them as plain objects."""

import sqlite3
from datetime import date

from partyctl.ledger.reading.objects import OF_RECORDS, Object, objects, parts_of
from partyctl.light import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from partyctl.contract.people import Contact

CONTACTS = """
SELECT contact.id, contact.name, leader.name AS leader, contact.leader_id,
    contact.since, contact.recorded_at, contact.voided_at, contact.void_reason
FROM contact JOIN member AS leader ON leader.id = contact.leader_id
"""
VISITS = f"""
SELECT contact_id AS of, id, kind, visited_on, note, makes_up FROM contact_visit
WHERE contact_id {OF_RECORDS} AND voided_at IS NULL AND visited_on <= :on ORDER BY visited_on, id
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
    return _whole(ledger, on, rows)


def contact(ledger: sqlite3.Connection, on: date, number: int) -> "Contact | None":
    """The contact point with this number (even if it was voided), and the visits until a day."""
    rows = objects(ledger, f"{CONTACTS} WHERE contact.id = ?", (number,))
    return _whole(ledger, on, rows)[0] if rows else None


def _whole(ledger: sqlite3.Connection, on: date, rows: list[Object]) -> "list[Contact]":
    """The contact points with their visits until a day."""
    parts = parts_of(ledger, {"visits": VISITS}, rows, {"on": on.isoformat()})
    return [_contact(row, parts[row["id"]]["visits"]) for row in rows]


def _contact(row: Object, visits: list[Object]) -> "Contact":
    last = {visit["kind"]: visit["visited_on"] for visit in visits}
    return cast("Contact", row | {"visits": visits, "last": last})
