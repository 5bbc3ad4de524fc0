"""The values that the clerk typed to record, plan, hold or correct a meeting.

This module does not load the tables of votes, names and speeches, because most meetings have none.
"""

import re
from collections.abc import Sequence
from datetime import date

from partyctl.calendar import Period
from partyctl.errors import BadInput, BadUsage
from partyctl.language import say
from partyctl.law.engine.votes import Votes
from partyctl.ledger.file import handed_in
from partyctl.ledger.reading.lookup import number_in
from partyctl.light import NamedTuple
from partyctl.records.common.words import clean_text
from partyctl.records.meetings.votes import read_votes
from partyctl.terms import MeetingKind

WITH_VOTES = r"(?s)(.*)[;；]\s*(\d+\s*[/／].*)"
LARGEST_MB = 20


class Decision(NamedTuple):
    """An agenda item on which a meeting must decide.

    An item without a resolution is not decided yet.
    """

    topic: str
    resolution: str | None
    votes: Votes | None


def read_decision(text: str) -> Decision:
    """Parse a decision typed as "TOPIC=RESOLUTION;12/10/9/0/1". Raises BadUsage, Refused.

    The votes can be left out. "TOPIC=" is an item that is still undecided.
    """
    topic, equals, rest = text.partition("=")
    if not equals:
        raise BadUsage(
            say(f"决议“{text}”缺少等号。", f"The decision “{text}” has no equals sign."),
            say(
                '--decision "议题=决议;应到/实到/赞成/反对/弃权"',
                '--decision "TOPIC=RESOLUTION;due/present/for/against/abstained"',
            ),
        )
    match = re.fullmatch(WITH_VOTES, rest)
    resolution, votes = match.groups() if match else (rest, "")
    return Decision(
        clean_text(topic, say("议题", "the topic")),
        clean_text(resolution, say("决议", "the resolution")) if resolution.strip() else None,
        read_votes(votes) if votes.strip() else None,
    )


class Absence(NamedTuple):
    """An absent member's name and the reason for the absence."""

    name: str
    reason: str


def read_absence(text: str) -> Absence:
    """Parse an absence typed as NAME:REASON. Raises BadUsage."""
    name, colon, reason = text.replace("：", ":").partition(":")
    if not colon:
        raise BadUsage(
            say(
                f"缺席“{text}”应写成 姓名:原因。", f"Write an absence as NAME:REASON, not “{text}”."
            ),
            '--absent "…:…"',
        )
    return Absence(name.strip(), clean_text(reason, say("缺席原因", "the reason of absence")))


class MinutesText(NamedTuple):
    """Minutes: either a text, or the name and content of a file."""

    text: str | None
    name: str | None = None
    content: bytes | None = None


def read_minutes(text: str) -> MinutesText:
    """Read minutes typed as a text or as @FILE. Raises MissingInput, BadInput."""
    if not text.startswith("@"):
        return MinutesText(clean_text(text, say("会议记录", "the minutes")))
    path = handed_in.path_of(text[1:])
    content = handed_in.read(path, LARGEST_MB)
    if not content:
        raise BadInput(say(f"{path} 是空的。", f"{path} is empty."))
    return MinutesText(None, path.name, content)


class Speech(NamedTuple):
    """A speaker, and the main points of the speech (发言要点)."""

    speaker: str
    said: str


def number_of_speaker(speaker: str) -> int | None:
    """The member's number in the stored name of a speaker, such as 王五#3; None without a number."""
    name, digits = parts_of_speaker(speaker)
    return number_in(digits) if name else None


def parts_of_speaker(speaker: str) -> tuple[str, str]:
    """The name and the number in a speaker such as 王五#3; without a number, the name is empty."""
    name, _, digits = speaker.replace("＃", "#").rpartition("#")
    return name, digits


def read_speech(text: str) -> Speech:
    """Parse a speech typed as NAME:TEXT. Raises BadUsage."""
    name, colon, said = text.replace("：", ":", 1).partition(":")
    if not (colon and name.strip()):
        raise BadUsage(
            say(f"发言“{text}”应写成 姓名:要点。", f"Write a speech as NAME:TEXT, not “{text}”."),
            '--spoke "…:…"',
        )
    speaker = clean_text(name.strip(), say("发言人", "who spoke"))
    return Speech(speaker, clean_text(said, say("发言要点", "what was said")))


class Gathering(NamedTuple):
    """The values that the clerk typed for a meeting. None means that a value was not given.

    `day`: the day of the meeting, which was held or is planned. `made_on`: when the plan was made.
    `present`: the word `all`, a number, or names; names can also be given as a list. `half_hours`:
    the length of the meeting, in half hours.
    """

    kinds: Sequence[MeetingKind] | None = None
    day: date | None = None
    made_on: date | None = None
    chair: str | None = None
    cell: str | None = None
    lecturer: str | None = None
    notified_on: date | None = None
    topics: Sequence[str] = ()
    topics_instead: Sequence[str] = ()
    decisions: Sequence[Decision] = ()
    excluded: Sequence[str] | None = None
    present: str | Sequence[str] | None = None
    absent: Sequence[Absence] = ()
    minutes: MinutesText | None = None
    due_present: int | None = None
    opinions_inside: int | None = None
    opinions_outside: int | None = None
    opinions_on: date | None = None
    criticism: bool | None = None
    integrity: bool | None = None
    half_hours: int | None = None
    theme: str | None = None
    makes_up: Period | None = None
    place: str | None = None
    from_time: str | None = None
    to_time: str | None = None
    recorder: str | None = None
    guests: str | None = None
    ordinal: int | None = None
    speeches: Sequence[Speech] = ()
