"""Store minutes: a text, or a whole file with the hash of its content."""

import hashlib

from sqlmodel import Session

from partyctl.errors import BadInput
from partyctl.language import say
from partyctl.ledger.file import handed_in
from partyctl.ledger.tables.base import new
from partyctl.ledger.tables.meetings import Meeting, MinutesFile
from partyctl.light import NamedTuple
from partyctl.records.common.words import clean_text

LARGEST_MB = 20


class MinutesText(NamedTuple):
    """Minutes: either a text, or the name and content of a file."""

    text: str | None
    name: str | None = None
    content: bytes | None = None


def read_minutes(text: str) -> MinutesText:
    """Read minutes as typed: a text, or @FILE. Raises MissingInput, BadInput."""
    if not text.startswith("@"):
        return MinutesText(clean_text(text, say("会议记录", "the minutes")))
    path = handed_in.path_of(text[1:])
    content = handed_in.read(path, LARGEST_MB)
    if not content:
        raise BadInput(say(f"{path} 是空的。", f"{path} is empty."))
    return MinutesText(None, path.name, content)


def keep(session: Session, meeting: Meeting, minutes: MinutesText) -> None:
    """Attach minutes to a meeting, replacing its earlier minutes."""
    meeting.minutes = minutes.text
    meeting.minutes_name = minutes.name
    meeting.minutes_sha256 = None
    if minutes.content is not None:
        digest = hashlib.sha256(minutes.content).hexdigest()
        meeting.minutes_sha256 = digest
        if session.get(MinutesFile, digest) is None:
            session.add(new(MinutesFile, sha256=digest, content=minutes.content))
