"""The values that the clerk typed for a meeting; all commands that write meetings use this form."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from partyctl.calendar import Period
from partyctl.records.meetings.agenda import Decision
from partyctl.records.meetings.attendance import Absence
from partyctl.records.meetings.minutes import MinutesText
from partyctl.records.meetings.speeches import Speech
from partyctl.terms import MeetingKind


@dataclass(frozen=True, kw_only=True)
class Gathering:
    """The values that the clerk typed for a meeting. None means that a value was not given.

    `day`: the day of the meeting, which was held or is planned. `made_on`: when the plan was made.
    `present`: the word `all`, a number, or names. `half_hours`: the length of the meeting, in half
    hours.
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
    present: str | None = None
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
