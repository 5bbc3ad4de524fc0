"""Record the speeches at a meeting."""

from collections.abc import Sequence

from sqlmodel import Session, col, delete

from partyctl.errors import BadUsage, NoSuchRecord
from partyctl.language import say
from partyctl.ledger.tables import meetings as tables
from partyctl.ledger.tables.base import new
from partyctl.light import NamedTuple
from partyctl.records.common import finding
from partyctl.records.common.words import clean_text


class Speech(NamedTuple):
    """A speaker, and the main points of the speech (发言要点)."""

    speaker: str
    said: str


def read_speech(text: str) -> Speech:
    """Parse a speech as typed: NAME:TEXT. Raises BadUsage."""
    name, colon, said = text.replace("：", ":", 1).partition(":")
    if not (colon and name.strip()):
        raise BadUsage(
            say(f"发言“{text}”应写成 姓名:要点。", f"Write a speech as NAME:TEXT, not “{text}”."),
            '--spoke "…:…"',
        )
    speaker = clean_text(name.strip(), say("发言人", "who spoke"))
    return Speech(speaker, clean_text(said, say("发言要点", "what was said")))


def put(session: Session, meeting: tables.Meeting, speeches: Sequence[Speech]) -> None:
    """Record a meeting's speeches, replacing its earlier speeches. Raises NoSuchRecord."""
    for place, each in enumerate(speeches):
        speaker = _known_as(session, meeting, each.speaker)
        if place == 0:
            lines = tables.Speech
            session.exec(delete(lines).where(col(lines.meeting_id) == meeting.number))
        line = {"place": place, "speaker": speaker, "said": each.said}
        session.add(new(tables.Speech, meeting_id=meeting.number, **line))
    session.flush()


def _known_as(session: Session, meeting: tables.Meeting, speaker: str) -> str:
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
