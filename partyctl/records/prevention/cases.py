"""Record integrity-risk cases (防范·一–六) and their steps, from the letter to the dossier."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from partyctl.errors import BadUsage, NoSuchRecord, Refused
from partyctl.language import say
from partyctl.law.sources.clauses import PREVENTION
from partyctl.ledger.tables.base import new
from partyctl.ledger.tables.people import Staff
from partyctl.ledger.tables.warnings import WarningCase, WarningStepLine
from partyctl.records.common import finding
from partyctl.records.common.voiding import void
from partyctl.records.common.words import clean_text, text_if_given
from partyctl.records.prevention.conditions import (
    require_forms,
    require_forms_of_closed,
    require_once,
    require_one_file,
    require_order,
    steps_of,
    talk_days,
)
from partyctl.terms import Correction, WarningLevel, WarningStep, stored_term


@dataclass(frozen=True, kw_only=True)
class CaseEntry:
    """The values that the clerk typed for a case. None means that a value was not given."""

    name: str | None = None
    level: WarningLevel | None = None
    category: int | None = None
    facts: str | None = None
    issued_on: date | None = None
    scope: str | None = None
    source: str | None = None
    post: str | None = None
    approved_by: str | None = None
    approved_on: date | None = None
    taken_back: Sequence[WarningStep] = ()


@dataclass(frozen=True, kw_only=True)
class Step:
    """The values that the clerk typed for a step of a case."""

    step: WarningStep
    taken_on: date
    note: str | None = None
    promise: str | None = None
    demand: str | None = None
    volume: str | None = None


FOLLOWS = {
    WarningStep.REPLY: (WarningStep.DELIVER, PREVENTION["五"]),
    WarningStep.CLOSE: (WarningStep.REPLY, PREVENTION["五"]),
    WarningStep.ARCHIVE: (WarningStep.CLOSE, PREVENTION["六"]),
}
"""For each step that requires an earlier step: this earlier step, and the clause that says so."""


def issue(session: Session, entry: CaseEntry) -> WarningCase:
    """Record a warning letter that was issued to an official of the bureau."""
    assert entry.name is not None
    assert entry.facts is not None
    assert entry.issued_on is not None
    person = finding.member_or_staff(
        session, entry.name, entry.issued_on, say("防范对象", "the person of a case")
    )
    of_staff = isinstance(person, Staff)
    case = new(
        WarningCase,
        member_id=None if of_staff else person.number,
        staff_id=person.number if of_staff else None,
        post=person.title if isinstance(person, Staff) else None,
        level=entry.level,
        category=entry.category,
        facts=clean_text(entry.facts, say("事实", "the facts")),
        issued_on=entry.issued_on,
    )
    _set(session, case, entry)
    session.add(case)
    session.flush()
    return case


def edit(session: Session, number: int, entry: CaseEntry) -> WarningCase:
    """Correct a case. Values that are not given are left unchanged."""
    case = found(session, number)
    case.level = entry.level or case.level
    case.category = entry.category or case.category
    case.issued_on = entry.issued_on or case.issued_on
    if entry.facts is not None:
        case.facts = clean_text(entry.facts, say("事实", "the facts"))
    _set(session, case, entry)
    for step in entry.taken_back:
        _take_back(session, case, step)
    if WarningStep.REGISTER in entry.taken_back:
        require_forms_of_closed(session, case)
    session.add(case)
    session.flush()
    require_sense(session, case)
    return case


def take(session: Session, number: int, entry: Step) -> WarningCase:
    """Record a step of a case. Raises Refused if the conditions of the step are not met."""
    case = found(session, number)
    if entry.step is not WarningStep.REGISTER:
        require_once(session, case, entry.step)
    if entry.step in (WarningStep.CLOSE, WarningStep.ARCHIVE):
        require_forms(session, case, entry.step, entry.taken_on)
    session.add(
        new(
            WarningStepLine,
            warning_id=number,
            step=entry.step,
            taken_on=entry.taken_on,
            note=text_if_given(entry.note, say("说明", "the note")),
            promise=text_if_given(entry.promise, say("承诺", "the promise")),
            demand=text_if_given(entry.demand, say("整改要求", "the demand")),
            volume=text_if_given(entry.volume, say("卷号", "the volume")),
        )
    )
    session.flush()
    require_sense(session, case)
    return case


def found(session: Session, number: int) -> WarningCase:
    """The case that has this number.

    Raises NoSuchRecord if the case does not exist, and Refused if it was voided.
    """
    return finding.record(session, WarningCase, number)


def require_sense(session: Session, case: WarningCase) -> None:
    """Refuse an impossible case, such as a letter that was delivered before it was issued."""
    steps = {stored_term(WarningStep, line.step): line for line in steps_of(session, case)}
    talks = talk_days(session, case)
    if delivered := steps.get(WarningStep.DELIVER):
        require_order(
            case, WarningStep.DELIVER, delivered.taken_on, case.issued_on, PREVENTION["四1"]
        )
    for step, (before, clause) in FOLLOWS.items():
        if step not in steps:
            continue
        if before not in steps:
            raise Refused(
                say(
                    f"案件 #{case.number} 没有“{before.label}”的记录，不能{step.label}[{clause}]。",
                    f"Case #{case.number} has no record of “{before}”, so the step {step} "
                    f"cannot be recorded [{clause}].",
                ),
                f"partyctl warning {before} {case.number} --on …",
            )
        require_order(case, step, steps[step].taken_on, steps[before].taken_on, clause)
    if archived := steps.get(WarningStep.ARCHIVE):
        require_one_file(session, case, str(archived.volume))
    if registered := steps.get(WarningStep.REGISTER):
        first = min([case.issued_on, *talks])
        require_order(case, WarningStep.REGISTER, registered.taken_on, first, PREVENTION["四4"])
    closed = steps.get(WarningStep.CLOSE)
    if closed and talks and max(talks) > closed.taken_on:
        raise Refused(
            say(
                f"案件 #{case.number} 已于 {closed.taken_on} 结案，"
                f"不能在 {max(talks)} 谈话[{PREVENTION['四3']}]。",
                f"Case #{case.number} was closed on {closed.taken_on}: "
                f"a talk cannot be on {max(talks)} [{PREVENTION['四3']}].",
            ),
            f"partyctl warning edit {case.number} --not close",
        )


def _set(session: Session, case: WarningCase, entry: CaseEntry) -> None:
    """Store a case's scope, source and post, who approved the case, and the day of approval."""
    for column in ("scope", "source", "post"):
        if (text := getattr(entry, column)) is not None:
            setattr(case, column, clean_text(text, say("内容", "the text")))
    if entry.approved_by is None and entry.approved_on is None:
        return
    day = entry.approved_on or case.approved_on
    if day is None or (entry.approved_by is None and case.approver_id is None):
        lacking = "--approved-on" if day is None else "--approved-by"
        raise BadUsage(
            say(f"缺少：{lacking}", f"Missing: {lacking}"), "--approved-by … --approved-on …"
        )
    part = say("批准人", "who approves it")
    approver = entry.approved_by or finding.stored(case.approver_id)
    # Two problems get the same error: the approver is not on the roll, or is the person of the
    # case. Two different errors would reveal the person of the case.
    cannot = Refused(
        say(
            f"--approved-by 不能是这个人：批准人须在 {day} 在册，且不是防范对象[{PREVENTION['四4']}]。",
            f"--approved-by must name somebody who was on the roll on {day} and is not the "
            f"person of the case [{PREVENTION['四4']}].",
        ),
        "--approved-by …",
    )
    try:
        case.approver_id = finding.member_on(session, approver, day, part).number
    except Refused:
        raise cannot from None
    case.approved_on = day
    if case.approver_id == case.member_id:
        raise cannot


def _take_back(session: Session, case: WarningCase, step: WarningStep) -> None:
    """Void the latest record of a step. Raises NoSuchRecord if no such step is on record."""
    line = next((each for each in steps_of(session, case) if each.step == step), None)
    if line is None:
        raise NoSuchRecord(
            say(
                f"案件 #{case.number} 没有“{step.label}”的记录。",
                f"Case #{case.number} has no record of “{step}”.",
            ),
            f"partyctl warning show {case.number}",
        )
    void(session, line, Correction.STEP)
    session.flush()
