"""Showing a meeting; one of democratic life with the whole way to it and on from it."""

from datetime import date

from partyctl.cli.input.dates import today
from partyctl.cli.output.answers import find
from partyctl.cli.output.showing import show_record
from partyctl.cli.session import current
from partyctl.law.questions.timeline import way
from partyctl.show.timeline import print_way, way_as_json
from partyctl.terms import MeetingKind, Noun


def show_meeting(number: int, as_of: date | None, *, as_json: bool, history: bool) -> None:
    """Print a meeting, as it stood on a day. Raises NoSuchRecord."""
    on, found, extra = as_of or today(), None, {}
    with current.reading(on) as reading:
        if MeetingKind.DEMOCRATIC_LIFE in find(reading, Noun.MEETING, number)["kinds"]:
            found = way(number, reading.known(reading.group), reading.rulebook)
            extra = way_as_json(found, on)
    show_record(Noun.MEETING, number, as_of, as_json=as_json, history=history, extra=extra)
    if found and not as_json:
        print_way(found, on)
