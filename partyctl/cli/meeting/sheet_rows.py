"""The lines of a list of meetings: those that are new, on record and the same, or different."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from partyctl.cli.meeting.entry_sheet import fill
from partyctl.cli.sheets.judging import (
    Difference,
    Import,
    Judged,
    Judgement,
    State,
    Wanted,
    differing,
    refused,
    twice,
    unclear,
    write_each,
)
from partyctl.errors import PartyctlError
from partyctl.papers.sheets.forms.meetings import MEETINGS
from partyctl.papers.sheets.lines import Entry, Problem, Reading

if TYPE_CHECKING:
    from sqlmodel import Session

    from partyctl.ledger.tables.meetings import Meeting
    from partyctl.records.members.people import People

COMPARED = {"due_present": "due_present", "present": "present_count"}
"""What a list may correct, by the column of the meeting."""


def judge(session: "Session", reading: Reading, wanted: Wanted) -> Judgement:
    """Say of every line which meeting it is."""
    from partyctl.records.members.people import people

    known = people(session, wanted.today)
    judgement = Judgement()
    seen: dict[object, Entry] = {}
    for entry in reading.entries:
        try:
            found = _judged(session, entry, known, wanted)
        except PartyctlError as error:
            found = refused(entry, error, value=str(entry.values.get("held_on", "")))
        which = tuple(
            str(entry.values.get(name)) for name in ("branch", "cell", "held_on", "kinds")
        )
        if isinstance(found, Judged) and (second := twice(seen, entry, which)):
            found = second
        if isinstance(found, Problem):
            judgement.problems.append(found)
        else:
            judgement.lines.append(found)
    return judgement


def _judged(session: "Session", entry: Entry, known: "People", wanted: Wanted) -> Judged | Problem:
    from partyctl.records.meetings import meetings
    from partyctl.records.meetings.gathering import Gathering

    values = dict(entry.values)
    if problem := _miscounted(entry):
        return problem
    name = values.get("branch") or wanted.branch
    branch_name = known.branch(name).name if name else None
    said = Gathering(day=values["held_on"], chair=_person(values["chair"], known))
    branch = meetings.branch_of(session, said, branch_name)
    values["branch"] = branch.name
    recorded = _on_record(session, branch.number, values)
    if recorded is not None:
        return _compared(session, entry, recorded, values)
    judged = Judged(entry, State.NEW, None, values)
    judged.write = lambda: _add(session, values, known)
    return judged


def _miscounted(entry: Entry) -> Problem | None:
    values = entry.values
    due, present, absent = (values.get(name) for name in ("due_present", "present", "absent_count"))
    if due is None or present is None or absent is None or due == present + absent:
        return None
    return unclear(
        entry,
        entry.columns["absent_count"],
        str(absent),
        (
            f"应到 {due} 人，实到 {present} 人，请假 {absent} 人，合不上",
            f"{due} due, {present} present and {absent} absent do not add up",
        ),
        kind="miscounted",
    )


def _person(name: str, known: "People") -> str:
    """How somebody is named to the ledger: by number where the roll has one of that name."""
    found = known.named(name)
    return f"#{found[0].number}" if len(found) == 1 else name


def _on_record(session: "Session", branch: int, values: dict[str, Any]) -> "Meeting | None":
    """The meeting of a branch, a day and these kinds."""
    from sqlmodel import col, select

    from partyctl.ledger.tables.meetings import Meeting
    from partyctl.records.meetings.meetings import kinds_of

    query = select(Meeting).where(
        Meeting.branch_id == branch,
        Meeting.held_on == values["held_on"],
        col(Meeting.voided_at).is_(None),
    )
    for meeting in session.exec(query).all():
        if set(kinds_of(session, meeting)) == set(values["kinds"]):
            return meeting
    return None


def _compared(
    session: "Session", entry: Entry, meeting: "Meeting", values: dict[str, Any]
) -> Judged:
    changes = {
        name: values[name]
        for name, column in COMPARED.items()
        if name in values and values[name] != getattr(meeting, column)
    }
    judged = Judged(entry, State.DIFFERENT if changes else State.SAME, meeting.number, values)
    judged.differences = list(_differences(meeting, changes))
    if changes:
        judged.write = lambda: _correct(session, meeting.number, changes)
    return judged


def _differences(meeting: "Meeting", changes: dict[str, Any]) -> Iterator[Difference]:
    for name, value in changes.items():
        column = MEETINGS.column(name)
        recorded = getattr(meeting, COMPARED[name])
        yield differing(column, recorded, value)


def _correct(session: "Session", number: int, changes: dict[str, Any]) -> int:
    from partyctl.records.meetings import meetings
    from partyctl.records.meetings.gathering import Gathering

    present = changes.get("present")
    said = Gathering(
        due_present=changes.get("due_present"), present=None if present is None else str(present)
    )
    return meetings.edit(session, number, said).number


def _add(session: "Session", values: dict[str, Any], known: "People") -> int:
    from partyctl.records.meetings import meetings
    from partyctl.records.meetings.agenda import Decision
    from partyctl.records.meetings.gathering import Gathering

    topic, resolution = values.get("topic"), values.get("resolution")
    decisions = [Decision(topic or resolution, resolution, None)] if resolution else []
    present = values.get("present")
    lecturer, recorder = values.get("lecturer"), values.get("recorder")
    said = Gathering(
        kinds=values["kinds"],
        day=values["held_on"],
        chair=_person(values["chair"], known),
        cell=values.get("cell"),
        lecturer=lecturer and _person(lecturer, known),
        recorder=recorder and _person(recorder, known),
        notified_on=values.get("notified_on"),
        place=values.get("place"),
        from_time=values.get("from_time"),
        due_present=values.get("due_present"),
        present=None if present is None else str(present),
        topics=[topic] if topic and not decisions else [],
        decisions=decisions,
    )
    return meetings.add(session, said, values["branch"]).number


MEETINGS_IMPORT = Import(MEETINGS, "meetings", ("次", "meetings"), judge, fill, write_each)
