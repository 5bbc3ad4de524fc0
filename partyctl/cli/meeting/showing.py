"""Show a meeting; if it is a democratic-life meeting, also show its timeline."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from partyctl.cli.output.showing import Shown, nothing
from partyctl.cli.session.reading import Reading
from partyctl.law.questions.timeline import way
from partyctl.show.timeline import print_way, way_as_json
from partyctl.terms import MeetingKind


def with_timeline(reading: Reading, meeting: Mapping[str, Any]) -> Shown:
    """Return a meeting to show; for a democratic-life meeting, add its timeline."""
    if MeetingKind.DEMOCRATIC_LIFE not in meeting["kinds"]:
        return Shown(meeting)
    found = way(meeting["id"], reading.known(reading.group), reading.rulebook)
    below = partial(print_way, found, reading.on) if found else nothing
    return Shown(meeting, way_as_json(found, reading.on), below)
