"""Record and void the steps of a democratic-life meeting."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import product

from sqlmodel import Session

from partyctl.errors import BadUsage, NoSuchRecord, Refused
from partyctl.language import comma_list, say
from partyctl.ledger.reading import meetings as reader
from partyctl.ledger.tables.base import new
from partyctl.ledger.tables.democratic_life import MeetingStep
from partyctl.ledger.tables.meetings import Meeting
from partyctl.ledger.tables.people import Member
from partyctl.ledger.writing.session import driver_of
from partyctl.records.common import finding
from partyctl.records.common.voiding import void
from partyctl.records.common.words import text_if_given
from partyctl.records.meetings import days as meeting_days
from partyctl.records.meetings import leading_group
from partyctl.records.meetings.days import CLAUSES
from partyctl.terms import LifeStep, MeetingKind, PackagePart, stored_term

OF_EACH_MEMBER = (LifeStep.OUTLINE, LifeStep.CRITICISM)
"""The steps that each member of the leading group takes."""

OF_PEOPLE = (*OF_EACH_MEMBER, LifeStep.FEEDBACK)
WHOLE_DAY = 2
"""A whole day, as a number of half days."""

EVERYBODY = ("all", "全体", "全部")


@dataclass(frozen=True, kw_only=True)
class LifeStepEntry:
    """The values that the clerk typed for a step.

    `names`: people, or the word `all`. If `on` is not given, a step at the meeting gets the
    meeting's day, and any other step gets today's date.
    """

    step: LifeStep
    on: date | None = None
    names: Sequence[str] = field(default_factory=tuple)
    half_days: int | None = None
    parts: Sequence[PackagePart] = field(default_factory=tuple)
    note: str | None = None


def add(session: Session, number: int, entry: LifeStepEntry, today: date) -> date:
    """Record a step, and return its day.

    If people are named, the step gets one row for each person. The step `package` (the report after
    the meeting) gets one row for each named paper of the report. Raises Refused if the step is
    impossible or already on record. [支部·五].
    """
    meeting = _meeting(session, number, entry.step)
    _require_fit(entry)
    at_the_meeting = entry.step in meeting_days.AT_THE_MEETING
    on = entry.on or (at_the_meeting and meeting.held_on) or today
    made = meeting_days.made_on(session, meeting)
    meeting_days.require_possible(meeting, entry.step, on, made)
    people = _people(session, meeting, entry, on)
    half_days = (entry.half_days or WHOLE_DAY) if entry.step is LifeStep.STUDY else None
    note = text_if_given(entry.note, say("说明", "the note"))
    who: Sequence[Member | None] = people or [None]
    parts: Sequence[PackagePart | None] = entry.parts or [None]
    for member, part in product(who, parts):
        row = new(
            MeetingStep,
            meeting_id=meeting.number,
            step=entry.step,
            taken_on=on,
            member_id=member.number if member else None,
            half_days=half_days,
            part=part,
            note=note,
        )
        _require_new(meeting, row, member, meeting_days.steps(session, meeting))
        session.add(row)
        session.flush()
    return on


def void_steps(session: Session, number: int, entry: LifeStepEntry, reason: str) -> None:
    """Void the recorded steps of one kind that match the given people, parts and day.

    Raises NoSuchRecord if no step matches, or if fewer steps match than people or parts are given.
    Raises BadUsage if several steps match, and neither people nor parts are given.
    """
    meeting = _meeting(session, number, entry.step)
    people = [finding.member(session, name).number for name in entry.names]
    found = [
        each
        for each in meeting_days.steps(session, meeting)
        if each.step == entry.step
        and (entry.on is None or each.taken_on == entry.on)
        and (not people or each.member_id in people)
        and (not entry.parts or each.part in entry.parts)
    ]
    if len(found) < max(len(people), len(entry.parts), 1):
        raise NoSuchRecord(
            say(
                f"会议 #{number} 没有这样的“{entry.step.chinese}”记录。",
                f"Meeting #{number} has no such {entry.step}.",
            ),
            f"partyctl meeting show {number}",
        )
    if len(found) > 1 and not people and not entry.parts:
        raise _several(session, entry.step, found)
    for each in found:
        void(session, each, reason)


def _meeting(session: Session, number: int, step: LifeStep) -> Meeting:
    """The democratic-life meeting that has this number.

    Raises NoSuchRecord if the meeting does not exist, and Refused if it is not a democratic-life
    meeting.
    """
    meeting = finding.record(session, Meeting, number)
    if MeetingKind.DEMOCRATIC_LIFE not in reader.kinds(driver_of(session), number):
        raise Refused(
            say(
                f"会议 #{number} 不是民主生活会，没有“{step.chinese}”这一步[{CLAUSES[step]}]。",
                f"Meeting #{number} is not a democratic-life meeting, so it has no step "
                f"{step} [{CLAUSES[step]}].",
            ),
            "partyctl meeting list --kind democratic-life",
        )
    return meeting


def _require_fit(entry: LifeStepEntry) -> None:
    """Check that each given option belongs to the step. Raises BadUsage."""
    step = entry.step
    for option, is_given, belongs in (
        ("--with", bool(entry.names), step in OF_PEOPLE),
        ("--part", bool(entry.parts), step is LifeStep.PACKAGE),
        ("--days", entry.half_days is not None, step is LifeStep.STUDY),
    ):
        if is_given and not belongs:
            raise BadUsage(
                say(f"“{step.chinese}”没有 {option}。", f"{step} takes no {option}."),
                say(f"去掉 {option}", f"leave out {option}"),
            )


def _people(session: Session, meeting: Meeting, entry: LifeStepEntry, on: date) -> list[Member]:
    """The people whom the step is about.

    Steps in `OF_EACH_MEMBER` accept only members of the leading group. Raises Refused if another
    person is named for these steps, or if the clerk typed `all` and the group has no members.
    """
    group = leading_group.members(session, meeting.day)
    if len(entry.names) == 1 and entry.names[0].lower() in EVERYBODY:
        return _not_nobody(group, meeting)
    if entry.step not in OF_EACH_MEMBER:
        part = say("反馈对象", "a person to whom opinions are passed on")
        return [finding.member_on(session, name, on, part) for name in entry.names]
    people = [finding.member(session, name) for name in entry.names]
    for member in people:
        if member not in group:
            raise Refused(
                say(
                    f"{member.name} {meeting.day} 不是党组成员，没有“{entry.step.chinese}”"
                    f"[{CLAUSES[entry.step]}]。",
                    f"{member.name} is not in the leading group on {meeting.day}"
                    f": {entry.step} does not apply [{CLAUSES[entry.step]}].",
                ),
                f"partyctl member post '#{member.number}' leading-member --from …",
            )
    return people


def _not_nobody(group: list[Member], meeting: Meeting) -> list[Member]:
    if group:
        return group
    raise Refused(
        say(
            f"{meeting.day} 没有登记党组成员。",
            f"No member of the leading group is on record for {meeting.day}.",
        ),
        "partyctl member post … leading-member --from …",
    )


def require_sense(session: Session, meeting: Meeting) -> None:
    """Refuse a recorded step that repeats an older record (see `_require_new`)."""
    known = sorted(meeting_days.steps(session, meeting), key=lambda step: step.number)
    for place, row in enumerate(known):
        member = session.get_one(Member, row.member_id) if row.member_id else None
        _require_new(meeting, row, member, known[:place])


def _require_new(
    meeting: Meeting, row: MeetingStep, member: Member | None, known: Sequence[MeetingStep]
) -> None:
    """Refuse a step that is already on record.

    A step about a person or a paper is compared only with steps about the same person or paper.
    Study can be recorded for several days, and several times for one day if the times add up to at
    most a whole day. Opinions can be asked for on several days.
    """
    step = stored_term(LifeStep, row.step)
    same = [
        each
        for each in known
        if (each.step, each.member_id, each.part) == (step, row.member_id, row.part)
    ]
    if step == LifeStep.STUDY:
        same = [each for each in same if each.taken_on == row.taken_on]
        if sum(each.half_days or 0 for each in (*same, row)) <= WHOLE_DAY:
            return
    if step == LifeStep.OPINIONS:
        same = [each for each in same if each.taken_on == row.taken_on]
    if not same:
        return
    said = stored_term(PackagePart, row.part) if row.part else None
    who = f" --with '#{member.number}'" if member else ""
    part = f" --part {said}" if said else ""
    about = [member.name if member else None, said.chinese if said else None]
    what = "、".join([step.chinese, *filter(None, about)])
    english = " ".join([step, *filter(None, [about[0], said])])
    raise Refused(
        say(
            f"会议 #{meeting.number} 的“{what}”已登记（{same[0].taken_on}）[{CLAUSES[step]}]。",
            f"Meeting #{meeting.number}: {english} is on record ({same[0].taken_on}) "
            f"[{CLAUSES[step]}].",
        ),
        f"partyctl meeting step {meeting.number} {step}{who}{part} --void …",
    )


def _several(session: Session, step: LifeStep, found: list[MeetingStep]) -> BadUsage:
    """The error for a command that voids one step, but matches several recorded steps.

    The error suggests an option with which the clerk can select one of these steps.
    """
    option = {LifeStep.PACKAGE: "--part …"}.get(step, "--with …")
    if not any(each.member_id or each.part for each in found):
        option = "--on …"
    days = comma_list(dict.fromkeys(str(each.taken_on) for each in found))
    return BadUsage(
        say(f"“{step.chinese}”登记了 {len(found)} 次（{days}）。", f"{len(found)} {step}: {days}."),
        option,
    )
