"""Count the records of a quarter by kind, for a briefing on openness (公开).

The only personal data in the result are the names of the people responsible for Party work, which
公开·2 makes public. Integrity-risk cases are not read.
"""

import sqlite3
from datetime import date
from typing import TYPE_CHECKING, Any, cast

from partyctl.calendar import Period
from partyctl.ledger.reading.disclosures import published
from partyctl.ledger.reading.objects import Object, objects
from partyctl.ledger.reading.opinions import opinions

if TYPE_CHECKING:
    from partyctl.contract.overviews import Briefing

COUNTED = {
    "meetings": """SELECT kind.kind AS kind, count(*) AS number FROM meeting
        JOIN meeting_kind AS kind ON kind.meeting_id = meeting.id
        WHERE meeting.voided_at IS NULL AND meeting.held_on BETWEEN :first AND :last
        GROUP BY kind.kind ORDER BY min(meeting.held_on), kind.kind""",
    "plans": """SELECT kind, count(*) AS number FROM plan
        WHERE voided_at IS NULL AND adopted_on BETWEEN :first AND :last
        GROUP BY kind ORDER BY min(adopted_on), kind""",
    "visits": """SELECT visit.kind AS kind, count(*) AS number FROM contact_visit AS visit
        JOIN contact ON contact.id = visit.contact_id
        WHERE visit.voided_at IS NULL AND contact.voided_at IS NULL
        AND visited_on BETWEEN :first AND :last GROUP BY visit.kind ORDER BY visit.kind""",
    "admission": """SELECT line.step AS kind, count(*) AS number FROM applicant_step AS line
        JOIN applicant ON applicant.id = line.applicant_id
        WHERE line.voided_at IS NULL AND applicant.voided_at IS NULL AND line.result = 'pass'
        AND line.step IN ('activist', 'target', 'approval', 'conversion-approval')
        AND taken_on BETWEEN :first AND :last GROUP BY line.step ORDER BY min(taken_on)""",
}
NUMBERS = """
SELECT
    (SELECT count(*) FROM plan_item AS item JOIN plan ON plan.id = item.plan_id
        WHERE item.voided_at IS NULL AND plan.voided_at IS NULL
        AND item.due_on BETWEEN :first AND :last) AS targets_due,
    (SELECT count(*) FROM plan_item AS item JOIN plan ON plan.id = item.plan_id
        WHERE item.voided_at IS NULL AND plan.voided_at IS NULL
        AND item.done_on BETWEEN :first AND :last) AS targets_done,
    (SELECT count(*) FROM talk WHERE voided_at IS NULL
        AND held_on BETWEEN :first AND :last) AS talks,
    (SELECT count(*) FROM rectification WHERE voided_at IS NULL
        AND set_on BETWEEN :first AND :last) AS rectifications_set,
    (SELECT count(*) FROM rectification WHERE voided_at IS NULL
        AND closed_on BETWEEN :first AND :last) AS rectifications_closed,
    (SELECT coalesce(sum(payment.amount), 0) FROM dues_payment AS payment
        JOIN dues_entry AS entry ON entry.id = payment.entry_id
        WHERE entry.voided_at IS NULL AND payment.paid_on BETWEEN :first AND :last) AS dues
"""
ROLES = """
SELECT role.role, member.name FROM plan JOIN plan_role AS role ON role.plan_id = plan.id
JOIN member ON member.id = role.member_id
WHERE plan.voided_at IS NULL AND plan.adopted_on BETWEEN :first AND :last
ORDER BY plan.adopted_on, role.role
"""


def recorded(ledger: sqlite3.Connection, on: date, quarter: Period) -> "Briefing":
    """The numbers for a quarter's briefing, as known on a day."""
    last = min(quarter.last, on)
    bounds: dict[str, Any] = {"first": quarter.first.isoformat(), "last": last.isoformat()}
    found: Object = {
        name: {row["kind"]: row["number"] for row in objects(ledger, sql, bounds)}
        for name, sql in COUNTED.items()
    }
    (numbers,) = objects(ledger, NUMBERS, bounds)
    said = opinions(ledger, last, quarter=quarter)
    return cast(
        "Briefing",
        {
            "quarter": quarter.name,
            "first": quarter.first.isoformat(),
            "last": quarter.last.isoformat(),
            "known_on": last.isoformat(),
            **found,
            **numbers,
            "roles": objects(ledger, ROLES, bounds),
            "published": published(ledger, on, quarter),
            "opinions": {
                "received": len(said),
                "settled": sum(row["settled_on"] is not None for row in said),
                "told": sum(row["told_on"] is not None for row in said),
                "published": sum(row["published_on"] is not None for row in said),
                "delayed": sum(row["delayed_until"] is not None for row in said),
            },
        },
    )
