"""Record attendance: who was present, who was absent and why, and how many should have come."""

from collections import Counter
from collections.abc import Iterable, Sequence

from sqlmodel import Session, col, delete, func, select

from partyctl.errors import BadUsage, Refused
from partyctl.language import say
from partyctl.ledger.reading.attendance import members_due
from partyctl.ledger.tables.base import new
from partyctl.ledger.tables.meetings import Meeting
from partyctl.ledger.tables.people import Member
from partyctl.ledger.tables.proceedings import Attendance, Speech
from partyctl.ledger.writing.session import driver_of
from partyctl.records.common import finding
from partyctl.records.common.absences import away_on
from partyctl.records.meetings.gathering import Absence, number_of_speaker
from partyctl.text import half_width, is_digits

LONGEST_COUNT = 6


def put(
    session: Session,
    meeting: Meeting,
    present: str | Sequence[str] | None,
    absent: Sequence[Absence],
    due_present: int | None,
) -> None:
    """Record attendance.

    Raises Refused if the chair, the lecturer or a speaker is absent, if somebody is named twice, or
    if more people are present or absent than expected.

    `present`: the word `all`, a number, or names. `due_present`: how many people should have come
    (应到). Values that are not given are left unchanged. If attendance is recorded for the first
    time without `due_present`, it is the size of the group that meets: the leading group, the
    committee, the cell, or everybody on the branch's roll on the day of the meeting.
    """
    assert meeting.held_on is not None
    session.flush()
    roll = members_due(driver_of(session), meeting.number, meeting.held_on)
    absentees = [_invited(session, meeting, each.name) for each in absent]
    _require_each_once(session, absentees)
    away = dict(zip(absentees, (each.reason for each in absent), strict=True))
    for member, reason in away.items():
        _mark(session, meeting, member, reason)
    if present is not None:
        _put_present(session, meeting, present, roll, away)
    elif away and (named := _named_present(session, meeting)):
        meeting.present_count = named
    if due_present is not None:
        meeting.due_present = due_present
    elif meeting.due_present is None and (present is not None or absent):
        meeting.due_present = len(roll)
    # Check the number here, because SQLite's error for the table's CHECK would be less clear.
    _require_enough_due(meeting, 0)
    session.flush()
    require_possible(session, meeting, roll)


def _named_present(session: Session, meeting: Meeting) -> int:
    """The number of people who are recorded by name as present."""
    query = select(func.count()).where(
        col(Attendance.meeting_id) == meeting.number, col(Attendance.absent_because).is_(None)
    )
    return session.exec(query).one()


def _put_present(
    session: Session,
    meeting: Meeting,
    present: str | Sequence[str],
    roll: list[int],
    away: dict[int, str],
) -> None:
    said = half_width(present) if isinstance(present, str) else ""
    if is_digits(said) and len(said) <= LONGEST_COUNT:
        _forget_present(session, meeting)
        meeting.present_count = int(said)
        return
    if said.lower() in ("all", "全体", "全部"):
        for member, reason in away_on(session, meeting.day).items():
            if member in roll and member not in away:
                away[member] = reason
                _mark(session, meeting, member, reason)
        here = [member for member in roll if member not in away]
    else:
        typed = said.replace("、", ",").split(",") if isinstance(present, str) else present
        names = [name for name in typed if name.strip()]
        if not names:
            raise BadUsage(
                say("--present 没有写是谁。", "--present names nobody."), "--present all"
            )
        here = [_invited(session, meeting, name) for name in names]
        _require_each_once(session, here)
    both = [member for member in here if member in away]
    if both:
        name = session.get_one(Member, both[0]).name
        raise Refused(
            say(f"{name}不能既出席又缺席。", f"{name} cannot be both present and absent."),
            say(
                "从 --present 或 --absent 去掉一处",
                "write the name only in --present or only in --absent",
            ),
        )
    _forget_present(session, meeting)
    for member in here:
        _mark(session, meeting, member, None)
    meeting.present_count = len(here)


def _forget_present(session: Session, meeting: Meeting) -> None:
    session.exec(
        delete(Attendance).where(
            col(Attendance.meeting_id) == meeting.number,
            col(Attendance.absent_because).is_(None),
        )
    )


def _mark(session: Session, meeting: Meeting, member: int, absent_because: str | None) -> None:
    session.merge(
        new(
            Attendance,
            meeting_id=meeting.number,
            member_id=member,
            absent_because=absent_because,
        )
    )


def _invited(session: Session, meeting: Meeting, name: str) -> int:
    assert meeting.held_on is not None
    part = say("到会人员", "on the attendance list")
    return finding.member_on(session, name, meeting.held_on, part).number


def _require_each_once(session: Session, members: list[int]) -> None:
    twice = next((each for each in members if members.count(each) > 1), None)
    if twice is not None:
        name = session.get_one(Member, twice).name
        raise Refused(
            say(f"{name}写了两次。", f"{name} is named twice."),
            say("每人只写一次", "write each name once"),
        )


def require_possible(session: Session, meeting: Meeting, roll: Sequence[int]) -> None:
    """Refuse attendance of more people than expected, or without the chair, lecturer or a speaker.

    `roll`: the members who should have come.
    """
    query = select(Attendance).where(Attendance.meeting_id == meeting.number)
    marked = {each.member_id: each.absent_because for each in session.exec(query).all()}
    away = [member for member, reason in marked.items() if reason is not None]
    _require_enough_due(meeting, len(away))
    named = len(marked) - len(away)
    for person, part in (
        (meeting.chair_id, say("主持人", "chair")),
        (meeting.lecturer_id, say("讲课人", "lecturer")),
        *(
            (each, say("发言人", "speaker"))
            for each in _speakers(session, meeting, {*roll, *marked})
        ),
    ):
        unnamed = named > 0 and person in roll and person not in marked
        if person is not None and (person in away or unnamed):
            name = session.get_one(Member, person).name
            raise Refused(
                say(
                    f"{part}{name}应当在场，不能算缺席。",
                    f"The {part}, {name}, must be at the meeting, so do not record {name} "
                    "as absent.",
                ),
                say("核对 --present、--absent", "check --present and --absent"),
            )


def _speakers(session: Session, meeting: Meeting, members: Iterable[int]) -> list[int]:
    """The given members who spoke at the meeting.

    If another given member or a guest has the same name as a member, this member is included only
    if a speech is recorded with the member's number (such as 王五#3).
    """
    query = select(Speech.speaker).where(Speech.meeting_id == meeting.number)
    spoke = set(session.exec(query).all())
    if not spoke:
        return []
    names = {number: session.get_one(Member, number).name for number in sorted(members)}
    shared = {name for name, count in Counter(names.values()).items() if count > 1}
    shared |= set(meeting.guest_names)
    numbered = set(map(number_of_speaker, spoke))
    return [n for n, name in names.items() if n in numbered or name in spoke - shared]


def _require_enough_due(meeting: Meeting, absent: int) -> None:
    present, due = meeting.present_count, meeting.due_present
    if present is None or due is None or present + absent <= due:
        return
    if absent:
        raise Refused(
            say(
                f"实到 {present} 人加缺席 {absent} 人，多于应到 {due} 人。",
                f"{present} present and {absent} absent, but only {due} due.",
            ),
            f"--due-present {present + absent}",
        )
    raise Refused(
        say(f"实到 {present} 人多于应到 {due} 人。", f"{present} present, but only {due} due."),
        f"--due-present {present}",
    )
