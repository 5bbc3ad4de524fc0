"""The options that describe a meeting, in one named tuple for `add`, `hold` and `edit`."""

import re
from datetime import date
from typing import TYPE_CHECKING

from partyctl.cli.input.options import MakesUp
from partyctl.cli.meeting import options, paper_options
from partyctl.cli.meeting.step_options import ExcludedNames
from partyctl.light import NamedTuple

if TYPE_CHECKING:
    from partyctl.records.meetings.gathering import Gathering


class Held(NamedTuple):
    """The options that `add`, `hold` and `edit` share."""

    cell: options.CellName = None
    lecturer: options.Lecturer = None
    notified: options.Notified = None
    topic: options.Topics = None
    decision: options.Decisions = None
    excluded: ExcludedNames = None
    present: options.Present = None
    absent: options.Absent = None
    minutes: options.Minutes = None
    due_present: options.DuePresent = None
    opinions_inside: options.OpinionsInside = None
    opinions_outside: options.OpinionsOutside = None
    opinions_on: options.OpinionsOn = None
    criticism: options.CriticisedOrNot = None
    integrity: options.OnIntegrityOrNot = None
    hours: options.Hours = None
    theme: options.Theme = None
    place: paper_options.Place = None
    from_time: paper_options.FromTime = None
    to_time: paper_options.ToTime = None
    recorder: paper_options.Recorder = None
    guests: paper_options.Guests = None
    ordinal: paper_options.Ordinal = None
    spoke: paper_options.Spoke = None
    makes_up: MakesUp = None


def gathering(
    said: Held,
    *,
    day: date | None,
    kinds: options.KindList | None = None,
    chair: str | None = None,
    made_on: date | None = None,
) -> "Gathering":
    """Return the meeting that the options describe. Raises BadUsage and `read_minutes`' errors."""
    from partyctl.records.meetings.gathering import (
        Gathering,
        read_absence,
        read_decision,
        read_minutes,
        read_speech,
    )

    return Gathering(
        kinds=kinds,
        day=day,
        made_on=made_on,
        chair=chair,
        cell=said.cell,
        lecturer=said.lecturer,
        notified_on=said.notified,
        topics=said.topic or (),
        decisions=[read_decision(each) for each in said.decision or ()],
        excluded=said.excluded,
        present=said.present,
        absent=[read_absence(each) for each in said.absent or ()],
        minutes=None if said.minutes is None else read_minutes(said.minutes),
        due_present=said.due_present,
        opinions_inside=said.opinions_inside,
        opinions_outside=said.opinions_outside,
        opinions_on=said.opinions_on,
        criticism=said.criticism,
        integrity=said.integrity,
        half_hours=said.hours,
        theme=said.theme,
        makes_up=said.makes_up,
        place=said.place,
        from_time=said.from_time,
        to_time=said.to_time,
        recorder=said.recorder,
        guests=None if said.guests is None else read_guests(said.guests),
        ordinal=said.ordinal,
        speeches=[read_speech(each) for each in said.spoke or ()],
    )


def read_guests(text: str) -> str:
    """Parse the names of guests and return them as stored: 甲、乙."""
    names = re.split("[,，、]", text)
    return "、".join(name.strip() for name in names if name.strip())
