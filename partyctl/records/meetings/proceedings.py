"""Record a meeting's place, times, recorder, guests, number (第几次) and speeches for the minutes."""

from sqlmodel import Session

from partyctl.errors import Refused
from partyctl.language import say
from partyctl.ledger.tables.meetings import Meeting
from partyctl.ledger.tables.people import Member, Staff
from partyctl.records.common import finding
from partyctl.records.common.words import clean_text
from partyctl.records.meetings.gathering import Gathering


def put(session: Session, meeting: Meeting, said: Gathering) -> None:
    """Record the given place, times, recorder, guests, number (第几次) and speeches.

    Values that are not given are left unchanged. Raises Refused if the meeting does not end after
    it begins.
    """
    if said.place is not None:
        meeting.place = clean_text(said.place, say("地点", "the place"))
    if said.guests is not None:
        meeting.guests = clean_text(said.guests, say("列席人员", "the guests"))
    if said.ordinal is not None:
        meeting.ordinal = said.ordinal
    if said.recorder is not None:
        _set_recorder(session, meeting, said.recorder)
    meeting.from_time = said.from_time or meeting.from_time
    meeting.to_time = said.to_time or meeting.to_time
    _require_order(meeting)
    if said.speeches:
        # Imported here, because `speeches` loads a table that few meetings need.
        from partyctl.records.meetings import speeches

        speeches.put(session, meeting, said.speeches)


def _set_recorder(session: Session, meeting: Meeting, name: str) -> None:
    found = finding.member_or_staff(session, name, meeting.day, say("记录人", "the recorder"))
    meeting.recorder_id = found.number if isinstance(found, Member) else None
    meeting.recorder_staff_id = found.number if isinstance(found, Staff) else None


def _require_order(meeting: Meeting) -> None:
    begun, ended = meeting.from_time, meeting.to_time
    if begun is not None and ended is not None and ended <= begun:
        raise Refused(
            say(
                f"会议 {begun} 开始，不能在 {ended} 结束。",
                f"A meeting that began at {begun} cannot have ended at {ended}.",
            ),
            "--from 09:00 --to 10:30",
        )
