"""Store minutes: a text, or a whole file with the hash of its content."""

import hashlib

from sqlmodel import Session

from partyctl.ledger.tables.base import new
from partyctl.ledger.tables.meetings import Meeting
from partyctl.records.meetings.gathering import MinutesText


def keep(session: Session, meeting: Meeting, minutes: MinutesText) -> None:
    """Attach minutes to a meeting, replacing its earlier minutes."""
    meeting.minutes = minutes.text
    meeting.minutes_name = minutes.name
    meeting.minutes_sha256 = None
    if minutes.content is not None:
        from partyctl.ledger.tables.proceedings import MinutesFile  # rarely needed

        digest = hashlib.sha256(minutes.content).hexdigest()
        meeting.minutes_sha256 = digest
        if session.get(MinutesFile, digest) is None:
            session.add(new(MinutesFile, sha256=digest, content=minutes.content))
