"""Record a meeting's days: when the plan was made, the planned day, and the day it was held."""

from datetime import date
from typing import TYPE_CHECKING

from sqlmodel import Session, col, select

from partyctl.errors import Refused
from partyctl.language import say
from partyctl.law.sources.clauses import BRANCH
from partyctl.ledger.reading import meetings as reader
from partyctl.ledger.tables.base import new
from partyctl.ledger.tables.meetings import Meeting
from partyctl.ledger.writing.session import driver_of
from partyctl.terms import LifeStep, stored_term

if TYPE_CHECKING:
    from partyctl.ledger.tables.democratic_life import MeetingStep

AT_THE_MEETING = (LifeStep.CRITICISM, LifeStep.PREVIOUS_RECTIFICATION)
AFTER_IT = (LifeStep.PACKAGE, LifeStep.BRIEFING)

CLAUSES = {
    LifeStep.PRIOR_REPORT: BRANCH["五"],
    LifeStep.NOTICE: BRANCH["五(2)"],
    LifeStep.STUDY: BRANCH["五(1)"],
    LifeStep.OPINIONS: BRANCH["五(2)"],
    LifeStep.FEEDBACK: BRANCH["五(2)"],
    LifeStep.OUTLINE: BRANCH["五(3)"],
    LifeStep.CRITICISM: BRANCH["五(5)"],
    LifeStep.PREVIOUS_RECTIFICATION: BRANCH["五(6)"],
    LifeStep.PACKAGE: BRANCH["五"],
    LifeStep.BRIEFING: BRANCH["五(7)"],
}
"""For each step of a democratic-life meeting, the clause that requires the step."""


def made_on(session: Session, meeting: Meeting) -> date | None:
    """The day on which the plan for a meeting was made, or None if it is not recorded."""
    from partyctl.ledger.tables.democratic_life import MeetingPlan

    plan = session.get(MeetingPlan, meeting.number)
    return plan.made_on if plan else None


def put_made_on(session: Session, meeting: Meeting, day: date) -> None:
    """Record the day on which the plan for a meeting was made.

    Raises Refused if the meeting was not planned.
    """
    from partyctl.ledger.tables.democratic_life import MeetingPlan

    if meeting.planned_on is None:
        raise Refused(
            say(
                f"会议 #{meeting.number} 没有计划，直接登记为已召开。",
                f"Meeting #{meeting.number} was held without a plan.",
            ),
            say("去掉 --planned-on", "leave out --planned-on"),
        )
    session.merge(new(MeetingPlan, meeting_id=meeting.number, made_on=day))


def move(session: Session, meeting: Meeting, day: date) -> None:
    """Move a planned meeting to another day, or correct the day on which a meeting was held."""
    if meeting.held_on is None:
        meeting.planned_on = day
        return
    # Steps that took place at the meeting itself also get the new day.
    for step in steps(session, meeting):
        if step.step in AT_THE_MEETING and step.taken_on == meeting.held_on:
            step.taken_on = day
            session.add(step)
    meeting.held_on = day


def has_steps(session: Session, meeting: Meeting) -> bool:
    """Whether a meeting has steps of a democratic-life meeting.

    This function does not load the class of the steps' table, because most meetings have no steps.
    """
    session.flush()
    return bool(reader.steps(driver_of(session), meeting.number))


def steps(session: Session, meeting: Meeting) -> list["MeetingStep"]:
    """The recorded steps of a democratic-life meeting, in order."""
    from partyctl.ledger.tables.democratic_life import MeetingStep

    query = (
        select(MeetingStep)
        .where(MeetingStep.meeting_id == meeting.number, col(MeetingStep.voided_at).is_(None))
        .order_by(col(MeetingStep.taken_on), col(MeetingStep.id))
    )
    return list(session.exec(query).all())


def require_order(session: Session, meeting: Meeting) -> None:
    """Refuse a plan that was made after its meeting, or a step on an impossible day."""
    made = made_on(session, meeting)
    for day in (meeting.planned_on, meeting.held_on):
        if made is not None and day is not None and made > day:
            raise Refused(
                say(
                    f"{made} 才作出的计划，不能是 {day} 的会议。",
                    f"A plan made on {made} cannot be for a meeting on {day}.",
                ),
                say("核对日期再试", "check the dates, then run the command again"),
            )
    for step in steps(session, meeting):
        require_possible(meeting, stored_term(LifeStep, step.step), step.taken_on, made)


def require_possible(meeting: Meeting, step: LifeStep, day: date, made: date | None) -> None:
    """Refuse a step on an impossible day.

    No step can be dated before the plan was made. A step at the meeting, or after the meeting, can
    be recorded only if the meeting was held, and cannot be dated before the meeting.
    """
    if made is not None and day < made:
        raise Refused(
            say(
                f"会议 #{meeting.number} {made} 才计划，{day} 还不能有“{step.chinese}”"
                f"[{CLAUSES[step]}]。",
                f"Meeting #{meeting.number} was planned on {made}: {step} cannot be on {day} "
                f"[{CLAUSES[step]}].",
            ),
            f"partyctl meeting edit {meeting.number} --planned-on {day}",
        )
    if step not in (*AT_THE_MEETING, *AFTER_IT):
        return
    if meeting.held_on is None:
        raise Refused(
            say(
                f"会议 #{meeting.number} 还没有开，不能登记“{step.chinese}”[{CLAUSES[step]}]。",
                f"Meeting #{meeting.number} is not held yet: {step} cannot be recorded [{CLAUSES[step]}].",
            ),
            f"partyctl meeting hold {meeting.number} --on {day}",
        )
    if day < meeting.held_on:
        raise Refused(
            say(
                f"会议 #{meeting.number} {meeting.held_on} 才开，{day} 还不能有“{step.chinese}”"
                f"[{CLAUSES[step]}]。",
                f"Meeting #{meeting.number} was held on {meeting.held_on}: {step} cannot be on {day} "
                f"[{CLAUSES[step]}].",
            ),
            f"partyctl meeting step {meeting.number} {step} --on {meeting.held_on}",
        )
