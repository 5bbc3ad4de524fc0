"""Record the speeches at a meeting."""

from collections.abc import Sequence

from sqlmodel import Session, col, delete, select

from partyctl.errors import NoSuchRecord
from partyctl.language import say
from partyctl.ledger.tables import proceedings
from partyctl.ledger.tables.base import new
from partyctl.ledger.tables.meetings import Meeting
from partyctl.ledger.tables.people import Member, Staff
from partyctl.records.common import finding
from partyctl.records.meetings.gathering import Speech, number_of_speaker, parts_of_speaker
from partyctl.text import plain_name


def put(session: Session, meeting: Meeting, speeches: Sequence[Speech]) -> None:
    """Record a meeting's speeches, replacing its earlier speeches. Raises NoSuchRecord."""
    for place, each in enumerate(speeches):
        speaker = _known_as(session, meeting, each.speaker)
        if place == 0:
            lines = proceedings.Speech
            session.exec(delete(lines).where(col(lines.meeting_id) == meeting.number))
        line = {"place": place, "speaker": speaker, "said": each.said}
        session.add(new(proceedings.Speech, meeting_id=meeting.number, **line))
    session.flush()


def _known_as(session: Session, meeting: Meeting, speaker: str) -> str:
    """The stored name of a speaker: a member, an employee of the bureau, or a guest of the meeting.

    If several people have a member's name, and the clerk decided which of them spoke, the member's
    number follows the name (王五#3), because the name alone would not show who spoke.
    """
    if speaker in meeting.guest_names:
        return speaker
    number = number_of_speaker(speaker)
    typed = speaker if number is None else finding.stored(number)
    try:
        found = finding.member_or_staff(session, typed, meeting.day, say("发言人", "who spoke"))
    except NoSuchRecord as error:
        if "#" in speaker:
            raise
        raise NoSuchRecord(
            error.sentence,
            say(f"列席的人写在 --guests {speaker}", f"name the guests: --guests {speaker}"),
        ) from None
    _require_name(found, speaker)
    if isinstance(found, Member) and _has_namesakes(session, meeting, found, "#" in typed):
        return f"{found.name}#{found.number}"
    return found.name


def _require_name(found: Member | Staff, speaker: str) -> None:
    """Refuse 王五#3 if the member #3 has another name. Raises NoSuchRecord."""
    name, _ = parts_of_speaker(speaker)
    if name and plain_name(name) != found.name:
        raise NoSuchRecord(
            say(
                f"党员 #{found.id} 是{found.name}，不是{name}。",
                f"Member #{found.id} is {found.name}, not {name}.",
            ),
            "partyctl member list",
        )


def _has_namesakes(session: Session, meeting: Meeting, member: Member, by_number: bool) -> bool:
    """Whether somebody else has the member's name.

    Another member of this name always counts. An employee or a guest of this name counts only if
    the clerk typed the member's number (`by_number`). If the clerk typed only the name, the clerk
    may have meant the employee or the guest.
    """
    others = select(Member.id).where(
        Member.name == member.name, Member.id != member.id, col(Member.voided_at).is_(None)
    )
    staff = select(Staff.id).where(Staff.name == member.name, col(Staff.voided_at).is_(None))
    return session.exec(others).first() is not None or (
        by_number
        and (member.name in meeting.guest_names or session.exec(staff).first() is not None)
    )
