"""Record yearly plans: the plans of the leading group, and the study plan of a branch."""

from collections.abc import Sequence
from datetime import date

from sqlmodel import Session, col, select

from partyctl.errors import Refused
from partyctl.language import say
from partyctl.ledger.tables.base import new
from partyctl.ledger.tables.people import Branch
from partyctl.ledger.tables.plans import Plan
from partyctl.records.common import finding
from partyctl.records.plans import roles, targets
from partyctl.records.plans.roles import Assignment
from partyctl.terms import PlanKind, stored_term


def adopt(
    session: Session,
    kind: PlanKind,
    year: int,
    adopted_on: date,
    *,
    branch: str | None = None,
    assigned: Sequence[Assignment] = (),
) -> Plan:
    """Record that a yearly plan was adopted.

    Raises BadUsage for responsibilities that do not fit the plan, and Refused for a second plan of
    the same kind and year. Each branch can have its own study plan.
    """
    roles.require_sense(kind, assigned)
    if kind is PlanKind.ROLES:
        roles.require_all(assigned)
    whose = _whose(session, kind, branch)
    _require_first(session, kind, year, whose, adopted_on)
    plan = new(
        Plan,
        branch_id=None if whose is None else whose.number,
        kind=kind,
        year=year,
        adopted_on=adopted_on,
    )
    session.add(plan)
    session.flush()
    roles.put(session, plan, assigned)
    return plan


def edit(
    session: Session, number: int, adopted_on: date | None, assigned: Sequence[Assignment] = ()
) -> Plan:
    """Correct a plan's day of adoption or its responsibilities."""
    plan = finding.record(session, Plan, number)
    roles.require_sense(stored_term(PlanKind, plan.kind), assigned)
    if adopted_on is not None:
        targets.follow(session, plan, adopted_on)
        plan.adopted_on = adopted_on
    roles.put(session, plan, assigned)
    session.flush()
    roles.recheck(session, plan)
    session.add(plan)
    return plan


def require_sense(session: Session, plan: Plan) -> None:
    """Refuse a plan that gives a responsibility to a person who is not on the roll."""
    roles.recheck(session, plan)


def _whose(session: Session, kind: PlanKind, branch: str | None) -> Branch | None:
    """The branch of a study plan, or None for a plan of the leading group."""
    if kind is PlanKind.STUDY or branch is not None:
        named = finding.branch(session, branch)
        return named if kind is PlanKind.STUDY else None
    return None


def _require_first(
    session: Session, kind: PlanKind, year: int, whose: Branch | None, adopted_on: date
) -> None:
    """Refuse a second plan of the same kind and year; each branch can have its own study plan."""
    query = select(Plan).where(Plan.kind == kind, Plan.year == year, col(Plan.voided_at).is_(None))
    if whose is not None:
        query = query.where(Plan.branch_id == whose.number)
    if earlier := session.exec(query).first():
        raise Refused(
            say(
                f"{year} 年的{kind.chinese}已于 {earlier.adopted_on} 登记（#{earlier.number}）。",
                f"The {kind} plan of {year} is on record (#{earlier.number}).",
            ),
            f"partyctl plan edit {earlier.number} --on {adopted_on}",
        )
