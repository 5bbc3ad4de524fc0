"""Read rectification items as plain objects, as they were on a given day."""

import sqlite3
from datetime import date

from partyctl.ledger.reading.objects import objects
from partyctl.light import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from partyctl.contract.meetings import Rectify

# `life` has the day of each democratic-life meeting, held or planned, as known on the day :on.
ITEMS = """
WITH life (id, day) AS (
    SELECT meeting.id, CASE WHEN meeting.held_on <= :on THEN meeting.held_on
        ELSE meeting.planned_on END
    FROM meeting JOIN meeting_kind AS kind ON kind.meeting_id = meeting.id
    LEFT JOIN meeting_plan AS plan ON plan.meeting_id = meeting.id
    WHERE meeting.voided_at IS NULL AND kind.kind = 'democratic-life'
        AND (meeting.held_on <= :on OR coalesce(plan.made_on, '') <= :on)
)
SELECT item.id, item.problem, item.measure, item.source, owner.name AS owner, item.owner_id,
    item.meeting_id, item.set_on, item.due_on,
    CASE WHEN item.closed_on <= :on THEN item.closed_on END AS closed_on,
    CASE WHEN item.meeting_id IS NULL OR item.meeting_id IN (SELECT id FROM life) THEN (
        SELECT life.id FROM life
        WHERE life.id IS NOT item.meeting_id AND life.day > item.set_on
            AND life.day > coalesce((SELECT own.day FROM life AS own
                WHERE own.id = item.meeting_id), '')
            AND (item.closed_on IS NULL OR item.closed_on > :on OR item.closed_on >= life.day)
        ORDER BY life.day DESC, life.id DESC LIMIT 1) END AS carried_to,
    item.recorded_at, item.voided_at, item.void_reason
FROM rectification AS item JOIN member AS owner ON owner.id = item.owner_id
"""


def rectifications(
    ledger: sqlite3.Connection, on: date, *, open_only: bool = False
) -> "list[Rectify]":
    """The items that existed on a day, sorted by due date. `open_only`: return only the open items.

    The field `carried_to` has the number of the latest democratic-life meeting, held or planned, to
    which an item was carried over. An item is carried over to a meeting if the item was set before
    the day of the meeting and was still open on that day. If the item belongs to a meeting, it is
    carried over only to later meetings.
    """
    sql = f"""{ITEMS} WHERE item.voided_at IS NULL AND item.set_on <= :on
        AND (NOT :open OR item.closed_on IS NULL OR item.closed_on > :on)
    ORDER BY item.due_on, item.id"""
    return cast("list[Rectify]", objects(ledger, sql, {"on": on.isoformat(), "open": open_only}))


def rectification(ledger: sqlite3.Connection, on: date, number: int) -> "Rectify | None":
    """The item that has the given number, even if it was voided."""
    values = {"on": on.isoformat(), "number": number}
    found = objects(ledger, f"{ITEMS} WHERE item.id = :number", values)
    return cast("Rectify", found[0]) if found else None
