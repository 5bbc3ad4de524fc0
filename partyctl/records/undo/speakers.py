"""Find who made a speech (发言要点): only the speaker's name is recorded, and others may share it."""

from datetime import date

from sqlmodel import Session, col, or_, select

from partyctl.ledger.reading.attendance import members_due
from partyctl.ledger.tables.meetings import Meeting
from partyctl.ledger.tables.people import Member, Staff
from partyctl.ledger.tables.proceedings import Attendance
from partyctl.ledger.writing.session import driver_of
from partyctl.records.common.standing import ended_on
from partyctl.terms import Noun

GUEST = "guest"


def speakers(session: Session, meeting: Meeting, name: str, member: int | None = None) -> set[str]:
    """Everybody who can have spoken at a meeting under a name; each is written like member#4.

    A member who was not on the roll, or is recorded as absent, cannot have spoken. Of the other
    members of this name, those who were at the meeting (see `_was_there`) are included. If there
    are none, and no guest or employee has the name, all of the other members are included.

    `member`: the number of a member who is considered even if the member's record was voided.
    `GUEST` stands for a guest of the meeting.
    """
    query = select(Member).where(
        Member.name == name, or_(col(Member.voided_at).is_(None), col(Member.id) == member)
    )
    members = [
        each
        for each in session.exec(query).all()
        if _is_on_roll(session, each, meeting.day) and not _is_absent(session, meeting, each)
    ]
    others = _others(session, meeting, name)
    there = {each.number for each in members if _was_there(session, meeting, each)}
    found = {each.number for each in members} if not (there or others) else there
    return others | {f"{Noun.MEMBER}#{number}" for number in found}


def _others(session: Session, meeting: Meeting, name: str) -> set[str]:
    """The guest of this name or, if no guest has it, the employees of this name."""
    if name in meeting.guest_names:
        return {GUEST}
    query = select(Staff.id).where(Staff.name == name, col(Staff.voided_at).is_(None))
    return {f"{Noun.STAFF}#{number}" for number in session.exec(query).all()}


def _is_on_roll(session: Session, member: Member, day: date) -> bool:
    ended = ended_on(session, member)
    return member.on_roll_from <= day and (ended is None or day < ended)


def _is_absent(session: Session, meeting: Meeting, member: Member) -> bool:
    row = session.get(Attendance, (meeting.number, member.number))
    return row is not None and row.absent_because is not None


def _was_there(session: Session, meeting: Meeting, member: Member) -> bool:
    """Whether a member was at a meeting, by the record of attendance.

    If nobody is recorded by name as present, everybody who was due at the meeting is taken to have
    been there.
    """
    if member.id in (meeting.chair_id, meeting.lecturer_id, meeting.recorder_id):
        return True
    query = select(Attendance.member_id).where(
        Attendance.meeting_id == meeting.number, col(Attendance.absent_because).is_(None)
    )
    if present := session.exec(query).all():
        return member.id in present
    session.flush()
    return member.id in members_due(driver_of(session), meeting.number, meeting.day)
