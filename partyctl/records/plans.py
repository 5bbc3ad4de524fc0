"""Plans adopted for a year."""

from datetime import date

from sqlmodel import Session, col, select

from partyctl.errors import Refused
from partyctl.language import say
from partyctl.ledger.tables.base import new
from partyctl.ledger.tables.people import Branch
from partyctl.ledger.tables.plans import Plan
from partyctl.records import finding
from partyctl.records.voiding import void
from partyctl.terms import PlanKind


def adopt(session: Session, kind: PlanKind, year: int, adopted_on: date, branch: Branch) -> Plan:
    """Record that a branch adopted its plan for a year. Raises Refused for a second one."""
    query = select(Plan).where(
        Plan.branch_id == branch.number,
        Plan.kind == kind,
        Plan.year == year,
        col(Plan.voided_at).is_(None),
    )
    if earlier := session.exec(query).first():
        raise Refused(
            say(
                f"{year} 年的{kind.chinese}已于 {earlier.adopted_on} 登记（#{earlier.number}）。",
                f"The {kind} plan of {year} is on record (#{earlier.number}).",
            ),
            f"partyctl plan edit {earlier.number} --on {adopted_on}",
        )
    plan = new(Plan, branch_id=branch.number, kind=kind, year=year, adopted_on=adopted_on)
    session.add(plan)
    session.flush()
    return plan


def edit(session: Session, number: int, adopted_on: date) -> Plan:
    """Correct the day on which a plan was adopted."""
    plan = finding.record(session, Plan, number, say("计划", "plan"))
    plan.adopted_on = adopted_on
    session.add(plan)
    return plan


def void_plan(session: Session, number: int, reason: str) -> Plan:
    """Void a plan that was not adopted as recorded."""
    plan = finding.record(session, Plan, number, say("计划", "plan"))
    void(session, plan, reason)
    return plan
