"""Read plans and their targets as plain objects, as they were on a given day."""

import sqlite3
from datetime import date

from partyctl.ledger.reading.objects import Object, objects, with_parts
from partyctl.light import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from partyctl.contract.meetings import Plan, PlanItem, PlanRow

PLANS = """
SELECT plan.id, plan.kind, plan.year, plan.adopted_on, branch.name AS branch,
    (SELECT count(*) FROM plan_item AS item WHERE item.plan_id = plan.id
        AND item.voided_at IS NULL AND item.set_on <= :on AND item.done_on <= :on) AS items_done,
    (SELECT count(*) FROM plan_item AS item WHERE item.plan_id = plan.id
        AND item.voided_at IS NULL AND item.set_on <= :on) AS items_total,
    plan.recorded_at, plan.voided_at, plan.void_reason
FROM plan LEFT JOIN branch ON branch.id = plan.branch_id
"""
TARGETS = """
SELECT item.id, item.plan_id, plan.year, item.target, owner.name AS owner, item.owner_id,
    item.set_on, item.due_on, CASE WHEN item.done_on <= :on THEN item.done_on END AS done_on,
    item.recorded_at, item.voided_at, item.void_reason
FROM plan_item AS item JOIN plan ON plan.id = item.plan_id
JOIN member AS owner ON owner.id = item.owner_id
"""
STANDING = "item.voided_at IS NULL AND item.set_on <= :on"


def plans(
    ledger: sqlite3.Connection, on: date, branch: int | None = None, year: int | None = None
) -> "list[PlanRow]":
    """The plans adopted on or before a day; if given, `branch` and `year` limit the result."""
    rows = objects(
        ledger,
        f"{PLANS} WHERE plan.voided_at IS NULL AND plan.adopted_on <= :on "
        "AND (:year IS NULL OR plan.year = :year) "
        "AND (:branch IS NULL OR plan.branch_id = :branch) ORDER BY plan.id",
        {"on": on.isoformat(), "year": year, "branch": branch},
    )
    years = [row["year"] for row in rows if _is_work(row)]
    left = carried_over(ledger, on, max(years)) if years else []
    return [cast("PlanRow", row | {"carried_over": _before(row, left)}) for row in rows]


def _before(plan: Object, left: "list[PlanItem]") -> "list[PlanItem]":
    """For a work plan, the targets in `left` from earlier years; empty for any other plan."""
    return [each for each in left if each["year"] < plan["year"]] if _is_work(plan) else []


def plan(ledger: sqlite3.Connection, on: date, number: int) -> "Plan | None":
    """The plan that has this number (even if it was voided), with its targets and roles."""
    values = {"on": on.isoformat(), "number": number}
    rows = objects(ledger, f"{PLANS} WHERE plan.id = :number", values)
    if not rows:
        return None
    roles = objects(
        ledger,
        "SELECT line.role, member.name AS member, line.member_id FROM plan_role AS line "
        "JOIN member ON member.id = line.member_id WHERE line.plan_id = :number "
        "ORDER BY line.role = 'leader-in-charge', line.role = 'person-in-charge'",
        values,
    )
    items = objects(
        ledger, f"{TARGETS} WHERE plan.id = :number AND {STANDING} ORDER BY item.id", values
    )
    return cast("Plan | None", with_parts(rows[0], {"items": items, "roles": roles}))


def carried_over(ledger: sqlite3.Connection, on: date, year: int) -> "list[PlanItem]":
    """The targets that are still open on a day, from the plans of years before `year`."""
    return cast(
        "list[PlanItem]",
        objects(
            ledger,
            f"{TARGETS} WHERE plan.voided_at IS NULL AND plan.year < :year AND {STANDING} "
            "AND (item.done_on IS NULL OR item.done_on > :on) ORDER BY item.due_on, item.id",
            {"on": on.isoformat(), "year": year},
        ),
    )


def target(ledger: sqlite3.Connection, on: date, number: int) -> "PlanItem | None":
    """The target that has the given number, even if it was voided."""
    values = {"on": on.isoformat(), "number": number}
    found = objects(ledger, f"{TARGETS} WHERE item.id = :number", values)
    return cast("PlanItem", found[0]) if found else None


def _is_work(row: Object) -> bool:
    return bool(row["kind"] == "work")
