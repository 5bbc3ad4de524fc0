"""Record the speeches at a meeting."""

from collections.abc import Sequence

from sqlmodel import Session, col, delete

from partyctl.errors import NoSuchRecord
from partyctl.language import say
from partyctl.ledger.tables import proceedings
from partyctl.ledger.tables.base import new
from partyctl.ledger.tables.meetings import Meeting
from partyctl.records.common import finding
from partyctl.records.meetings.gathering import Speech


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
    """The stored name of a speaker: a member, an employee of the bureau, or a guest of the meeting."""
    if speaker in (meeting.guests or "").split("、"):
        return speaker
    try:
        found = finding.member_or_staff(session, speaker, meeting.day, say("发言人", "who spoke"))
    except NoSuchRecord as error:
        if "#" in speaker:
            raise
        raise NoSuchRecord(
            error.sentence,
            say(f"列席的人写在 --guests {speaker}", f"name the guests: --guests {speaker}"),
        ) from None
    return found.name
