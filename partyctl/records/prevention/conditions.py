"""Check the conditions for a step of an integrity-risk case (防范·四, 六)."""

from collections.abc import Sequence
from datetime import date

from sqlmodel import Session, col, select

from partyctl.errors import Refused
from partyctl.language import say
from partyctl.law.sources.clauses import PREVENTION
from partyctl.ledger.tables.warnings import PreventiveTalk, WarningCase, WarningStepLine
from partyctl.terms import WarningLevel, WarningStep


def steps_of(session: Session, case: WarningCase) -> Sequence[WarningStepLine]:
    """The recorded steps of a case, latest first."""
    query = select(WarningStepLine).where(
        WarningStepLine.warning_id == case.number, col(WarningStepLine.voided_at).is_(None)
    )
    # The order matters: `cases.require_sense` makes a dictionary of these steps. If a case has
    # several registration forms, only the last one in this order, the oldest, is in the dictionary.
    order = (col(WarningStepLine.taken_on).desc(), col(WarningStepLine.id).desc())
    return session.exec(query.order_by(*order)).all()


def talk_days(session: Session, case: WarningCase) -> list[date]:
    """The days of a case's talks."""
    query = select(PreventiveTalk).where(
        PreventiveTalk.warning_id == case.number, col(PreventiveTalk.voided_at).is_(None)
    )
    return [talk.held_on for talk in session.exec(query).all()]


def require_forms(session: Session, case: WarningCase, step: WarningStep, day: date) -> None:
    """Refuse to close or archive a case while the registration form of a talk is missing. [防范·四4].

    The form must contain a promise if the case is at the level of an inquiry, and a demand if the
    case is at any other level.
    """
    clause = PREVENTION["四4"]
    of_inquiry = case.level == WarningLevel.INQUIRY
    forms = [
        line.taken_on
        for line in steps_of(session, case)
        if line.step == WarningStep.REGISTER and (line.promise if of_inquiry else line.demand)
    ]
    for talked_on in sorted(talk_days(session, case)):
        if not any(talked_on <= filled_on <= day for filled_on in forms):
            option = "--promise …" if of_inquiry else "--demand …"
            raise Refused(
                say(
                    f"案件 #{case.number} {talked_on} 谈话后还没有填登记表，不能{step.label}[{clause}]。",
                    f"Case #{case.number}: no registration form was filled in after the talk "
                    f"on {talked_on}, so the step {step} cannot be recorded [{clause}].",
                ),
                f"partyctl warning register {case.number} --on {talked_on} {option}",
            )


def require_forms_of_closed(session: Session, case: WarningCase) -> None:
    """Check that a closed case still has all its registration forms."""
    for line in steps_of(session, case):
        if line.step == WarningStep.CLOSE:
            require_forms(session, case, WarningStep.CLOSE, line.taken_on)


def require_once(session: Session, case: WarningCase, step: WarningStep) -> None:
    """Refuse a step that is already on record."""
    for line in steps_of(session, case):
        if line.step == step:
            raise Refused(
                say(
                    f"案件 #{case.number} 已于 {line.taken_on} {step.label}。",
                    f"Case #{case.number}: {step} is on record, {line.taken_on}.",
                ),
                f"partyctl warning edit {case.number} --not {step}",
            )


def require_one_file(session: Session, case: WarningCase, volume: str) -> None:
    """Check that a person's cases are all in one file, and that nobody else's case is in this file.

    Raises Refused.
    """
    clause = PREVENTION["六"]
    query = (
        select(WarningCase, WarningStepLine)
        .join(WarningStepLine, col(WarningStepLine.warning_id) == col(WarningCase.id))
        .where(
            WarningStepLine.step == WarningStep.ARCHIVE,
            col(WarningStepLine.voided_at).is_(None),
            col(WarningCase.voided_at).is_(None),
            WarningCase.id != case.number,
        )
    )
    for other, filed in session.exec(query).all():
        taken = filed.volume
        same = (other.member_id, other.staff_id) == (case.member_id, case.staff_id)
        if same and taken != volume:
            raise Refused(
                say(
                    f"一人一卷：案件 #{case.number} 的对象已有卷 {taken}[{clause}]。",
                    f"Each person has one file: the person of case #{case.number} already "
                    f"has the file {taken} [{clause}].",
                ),
                f"--volume {taken}",
            )
        if taken == volume and not same:
            raise Refused(
                say(
                    f"一人一卷：卷 {volume} 是别人的（案件 #{other.number}，{clause}）。",
                    f"Each person has one file: {volume} is another person's (case "
                    f"#{other.number}) [{clause}].",
                ),
                "--volume …",
            )


def require_order(
    case: WarningCase, step: WarningStep, day: date, first: date, clause: str
) -> None:
    """Refuse a step that is dated before `first`, the first possible day of the step."""
    if day < first:
        raise Refused(
            say(
                f"案件 #{case.number}：{step.label}的日期 {day} 不能早于 {first}[{clause}]。",
                f"Case #{case.number}: {step} on {day} cannot be before {first} [{clause}].",
            ),
            f"partyctl warning {step} {case.number} --on {first}",
        )
