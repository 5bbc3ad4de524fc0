"""Minutes: a text, or a file kept whole with the hash of its bytes."""

import hashlib
from pathlib import Path
from typing import NamedTuple

from sqlmodel import Session

from partyctl.errors import BadInput, MissingInput
from partyctl.language import say
from partyctl.ledger.tables.base import new
from partyctl.ledger.tables.meetings import Meeting, MinutesFile
from partyctl.records.common.words import clean_text

LARGEST_FILE = 20 * 1024 * 1024


class MinutesText(NamedTuple):
    """Minutes as given: a text, or the name and bytes of a file."""

    text: str | None
    name: str | None = None
    content: bytes | None = None


def read_minutes(text: str) -> MinutesText:
    """Minutes as typed: a text, or @FILE. Raises MissingInput, BadInput."""
    if not text.startswith("@"):
        return MinutesText(clean_text(text, say("会议记录", "the minutes")))
    path = Path(text[1:]).expanduser()
    if not path.is_file():
        raise MissingInput(
            say(f"没有文件 {path}。", f"There is no file {path}."), f"ls {path.parent}"
        )
    if not 0 < path.stat().st_size <= LARGEST_FILE:
        limit = LARGEST_FILE // 1024 // 1024
        raise BadInput(
            say(f"{path} 是空的，或大于 {limit} MB。", f"{path} is empty, or over {limit} MB.")
        )
    return MinutesText(None, path.name, path.read_bytes())


def keep(session: Session, meeting: Meeting, minutes: MinutesText) -> None:
    """Put minutes on a meeting, in place of what was there."""
    meeting.minutes = minutes.text
    meeting.minutes_name = minutes.name
    meeting.minutes_sha256 = None
    if minutes.content is not None:
        digest = hashlib.sha256(minutes.content).hexdigest()
        meeting.minutes_sha256 = digest
        if session.get(MinutesFile, digest) is None:
            session.add(new(MinutesFile, sha256=digest, content=minutes.content))
