"""Record the targets (目标任务) of a yearly work plan: person responsible, due day, day reached."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain

from sqlmodel import Session, col, select

from partyctl.errors import NoSuchRecord, Refused
from partyctl.language import say
from partyctl.law.sources.clauses import RESPONSIBILITY
from partyctl.ledger.tables.base import new
from partyctl.ledger.tables.plans import Plan, PlanItem
from partyctl.records.common import finding
from partyctl.records.common.words import clean_text
from partyctl.records.plans import undertakings
from partyctl.terms import PlanKind

CLAUSE = RESPONSIBILITY["2"]


@dataclass(frozen=True, kw_only=True)
class Correction:
    """New values for a target. None leaves a value unchanged."""

    text: str | None = None
    owner: str | None = None
    set_on: date | None = None
    due_on: date | None = None
    not_done: bool = False


def add(
    session: Session, year: int, text: str, owner: str, *, due_on: date, set_on: date | None
) -> PlanItem:
    """Add a target to a yearly work plan.

    If no day is given, the target gets the day on which the plan was adopted.
    """
    plan = _work_plan(session, year)
    start = set_on or plan.adopted_on
    _require_not_before(plan, start)
    undertakings.require_deadline(start, due_on, CLAUSE)
    item = new(
        PlanItem,
        plan_id=plan.number,
        target=clean_text(text, say("目标任务", "the target")),
        owner_id=undertakings.owner(session, owner, start).number,
        set_on=start,
        due_on=due_on,
    )
    session.add(item)
    session.flush()
    return item


def reach(session: Session, number: int, done_on: date) -> PlanItem:
    """Record that a target was reached.

    Raises Refused if the target was set after this day, or if the target was reached already.
    """
    item = _target(session, number)
    again = f"partyctl plan item-edit {number} --not-done"
    undertakings.require_open(_name(item), item.done_on, again)
    undertakings.require_order(_name(item), item.set_on, done_on)
    item.done_on = done_on
    session.add(item)
    return item


def edit(session: Session, number: int, said: Correction) -> PlanItem:
    """Correct a target. Values that are not given are left unchanged."""
    item = _target(session, number)
    if said.text is not None:
        item.target = clean_text(said.text, say("目标任务", "the target"))
    set_on, due_on = said.set_on or item.set_on, said.due_on or item.due_on
    done_on = None if said.not_done else item.done_on
    _require_not_before(session.get_one(Plan, item.plan_id), set_on)
    undertakings.require_deadline(set_on, due_on, CLAUSE)
    undertakings.require_order(_name(item), set_on, done_on, latest=done_on)
    person = finding.stored(item.owner_id) if said.owner is None else said.owner
    item.owner_id = undertakings.new_owner(session, person, set_on, due_on).number
    item.set_on, item.due_on, item.done_on = set_on, due_on, done_on
    session.add(item)
    return item


def require_sense(session: Session, item: PlanItem) -> None:
    """Refuse a target whose days contradict each other, or whose owner is not on the roll."""
    _require_not_before(session.get_one(Plan, item.plan_id), item.set_on)
    undertakings.require_deadline(item.set_on, item.due_on, CLAUSE)
    undertakings.require_order(_name(item), item.set_on, item.done_on, latest=item.done_on)
    undertakings.new_owner(session, finding.stored(item.owner_id), item.set_on, item.due_on)


def of_plan(session: Session, plan: Plan) -> Sequence[PlanItem]:
    """The targets of a plan."""
    query = select(PlanItem).where(
        PlanItem.plan_id == plan.number, col(PlanItem.voided_at).is_(None)
    )
    return session.exec(query.order_by(col(PlanItem.id))).all()


def follow(session: Session, plan: Plan, adopted_on: date) -> None:
    """Adapt the days of a plan's targets to the plan's new day of adoption.

    A target that was set on the old day of adoption now counts as set on the new day. Raises
    Refused if another target was set before the new day, or if a target is due or was reached
    before the new day.
    """
    items = of_plan(session, plan)
    latest = min(chain.from_iterable(_ends(each) for each in items), default=None)
    for item in items:
        if item.set_on == plan.adopted_on:
            item.set_on = adopted_on
            undertakings.require_deadline(adopted_on, item.due_on, CLAUSE, latest=latest)
        elif item.set_on < adopted_on:
            raise Refused(
                say(
                    f"{_name(item)} {item.set_on} 已提出，计划不能 {adopted_on} 才制定。",
                    f"{_name(item)} was set on {item.set_on}, before the plan's new day of "
                    f"adoption, {adopted_on}.",
                ),
                f"partyctl plan item-edit {item.number} --on …",
            )
        undertakings.require_order(_name(item), item.set_on, item.done_on, latest=latest)
        session.add(item)


def _ends(item: PlanItem) -> Iterator[date]:
    """The days after which a target cannot be set: its deadline, and the day it was reached."""
    yield item.due_on
    if item.done_on is not None:
        yield item.done_on


def _work_plan(session: Session, year: int) -> Plan:
    """The leading group's work plan of a year. Raises NoSuchRecord."""
    query = select(Plan).where(
        Plan.kind == PlanKind.WORK, Plan.year == year, col(Plan.voided_at).is_(None)
    )
    plan = session.exec(query.order_by(col(Plan.branch_id).is_not(None), col(Plan.id))).first()
    if plan is None:
        work = PlanKind.WORK
        raise NoSuchRecord(
            say(f"还没有登记 {year} 年的{work.chinese}。", f"No {work} plan of {year} yet."),
            f"partyctl plan adopt work {year} --on …",
        )
    return plan


def _require_not_before(plan: Plan, set_on: date) -> None:
    if set_on < plan.adopted_on:
        raise Refused(
            say(
                f"{plan.year} 年的计划 {plan.adopted_on} 才制定，任务不能 {set_on} 已提出[{CLAUSE}]。",
                f"The plan was adopted on {plan.adopted_on}: a target cannot be set on {set_on} [{CLAUSE}].",
            ),
            say(f"--on 写 {plan.adopted_on} 或以后", f"--on {plan.adopted_on} or later"),
        )


def _target(session: Session, number: int) -> PlanItem:
    try:
        return finding.record(session, PlanItem, number)
    except NoSuchRecord as error:
        raise NoSuchRecord(error.sentence, "partyctl plan list") from None


def _name(item: PlanItem) -> str:
    return say(f"任务 #{item.number}", f"Target #{item.number}")
