"""Judge the rows of a list of meetings: each is new, unchanged, or differs from the record."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from partyctl.bilingual import Told
from partyctl.cli.meeting import sheet_matching
from partyctl.cli.meeting.entry_sheet import fill
from partyctl.cli.sheets import judging
from partyctl.errors import BadUsage, PartyctlError
from partyctl.language import say
from partyctl.papers.sheets.forms.meetings import MEETINGS
from partyctl.papers.sheets.lines import Entry, Problem, Reading

if TYPE_CHECKING:
    from sqlmodel import Session

    from partyctl.ledger.tables.meetings import Meeting
    from partyctl.records.members.people import People

COMPARED = (
    "chair",
    "cell",
    "lecturer",
    "notified_on",
    "due_present",
    "present",
    "place",
    "from_time",
    "to_time",
    "recorder",
    "guests",
    "ordinal",
    "speeches",
)
"""The fields that a list of meetings can correct, apart from topic and resolution, which
`_agenda_otherwise` compares."""

TAKEN_AS_SAID = (
    "cell",
    "notified_on",
    "due_present",
    "place",
    "from_time",
    "to_time",
    "guests",
    "ordinal",
)
"""The fields whose values go into `Gathering` exactly as the row gives them."""


def judge(session: "Session", reading: Reading, wanted: judging.Wanted) -> judging.Judgement:
    """Judge every row: whether its meeting is new, unchanged, or differs from the record.

    Raises BadUsage if the clerk gave --meeting, an option only for attendance sheets.
    """
    from partyctl.records.members.people import people

    if "meeting" in wanted.given:
        raise BadUsage(
            say(
                "这是会议清单，不是一次会议的签到表：--meeting 不起作用。",
                "This is a list of meetings, so --meeting would be ignored.",
            ),
            say("去掉 --meeting", "leave out --meeting"),
        )
    known = people(session, wanted.today)
    judgement = judging.Judgement()
    for entry in reading.entries:
        try:
            found = _judged(session, entry, known, wanted)
        except PartyctlError as error:
            found = judging.refused(entry, error, value=str(entry.values.get("held_on", "")))
        which = tuple(
            str(entry.values.get(name)) for name in ("branch", "cell", "held_on", "kinds")
        )
        if isinstance(found, judging.Judged):
            found = judgement.twice(entry, found.number or which) or found
        judgement.take(found)
    return judgement


def _judged(
    session: "Session", entry: Entry, known: "People", wanted: judging.Wanted
) -> judging.Judged | Problem:
    from partyctl.records.meetings import meetings
    from partyctl.records.meetings.gathering import Gathering

    values = dict(entry.values)
    if problem := _miscounted(entry):
        return problem
    name = values.get("branch") or wanted.branch
    branch_name = known.branch(name).name if name else None
    said = Gathering(day=values["held_on"], chair=known.typed(values["chair"]))
    branch = meetings.branch_of(session, said, branch_name)
    values["branch"] = known.branches[branch].name
    recorded = sheet_matching.match(session, entry, branch, known, wanted)
    if isinstance(recorded, Problem):
        return recorded
    if recorded is not None:
        return _compared(session, entry, recorded, values, known)
    judged = judging.Judged(entry, judging.State.NEW, None, values)
    judged.write = lambda: _add(session, values, known)
    return judged


def _miscounted(entry: Entry) -> Problem | None:
    values = entry.values
    due, present, absent = (values.get(name) for name in ("due_present", "present", "absent_count"))
    if due is None or present is None or absent is None or due == present + absent:
        return None
    return judging.unclear(
        entry,
        entry.columns["absent_count"],
        str(absent),
        Told(
            f"应到 {due} 人，实到 {present} 人，请假 {absent} 人，合不上",
            f"{due} due, {present} present and {absent} absent do not add up",
        ),
        kind="miscounted",
    )


def _compared(
    session: "Session", entry: Entry, meeting: "Meeting", values: dict[str, Any], known: "People"
) -> judging.Judged:
    if "cell" in values:
        branch = known.branches[meeting.branch_id]
        values["cell"] = known.cell(values["cell"], branch).name
    recorded = _recorded(session, meeting.number)
    changes = {
        name: values[name]
        for name in COMPARED
        if name in values and _plain(values[name]) != _plain(recorded[name])
    }
    changes |= _agenda_otherwise(values, recorded)
    has_votes = _left_to_commands(values, recorded, changes)
    again = f"partyctl meeting edit {meeting.number} --decision …"
    judged = judging.Judged(
        entry, judging.State.DIFFERENT if changes else judging.State.SAME, meeting.number, values
    )
    judged.differences = [
        judging.differing(
            MEETINGS.column(name),
            recorded[name],
            value,
            again if name in has_votes else None,
        )
        for name, value in changes.items()
    ]
    instead = _topics_of(values, recorded) if "topic" in changes else []
    changes = {name: value for name, value in changes.items() if name not in has_votes}
    if changes:
        judged.write = lambda: _correct(
            session, meeting.number, changes | _topic(values), instead, known
        )
    return judged


def _topic(values: dict[str, Any]) -> dict[str, Any]:
    """Return the row's topic as a dict, or an empty dict if the row has no topic."""
    return {name: values[name] for name in ("topic",) if name in values}


def _topics_of(values: dict[str, Any], recorded: Mapping[str, Any]) -> list[str]:
    """Return a row's topics.

    If the recorded meeting has several topics, the row can also give several topics, with “；”
    between them.
    """
    topic = str(values["topic"])
    if len(recorded["topics"]) < 2:
        return [topic]
    return [part.strip() for part in topic.split("；") if part.strip()]


def _left_to_commands(
    values: dict[str, Any], recorded: Mapping[str, Any], changes: dict[str, Any]
) -> set[str]:
    """Return the fields that an import must not correct.

    These fields belong to a decision, and its votes are already recorded.
    """
    voted = {each["topic"] for each in recorded["decisions"] if each["votes"]}
    found: set[str] = set()
    if "topic" in changes and not voted <= {*_topics_of(values, recorded)}:
        found.add("topic")
    if "resolution" in changes and (found or _votes_on(values, recorded)):
        found.add("resolution")
    return found


def _agenda_otherwise(values: dict[str, Any], recorded: dict[str, Any]) -> dict[str, Any]:
    """Return a row's topic and resolution, each only if it differs from the meeting's agenda."""
    topic, resolution = values.get("topic"), values.get("resolution")
    changes: dict[str, Any] = {}
    if topic is not None and topic not in (*recorded["topics"], recorded["topic"]):
        changes["topic"] = topic
    decided = {each["topic"]: each["resolution"] for each in recorded["decisions"]}
    if resolution is not None and resolution not in (
        [decided.get(topic)] if topic in decided else [*decided.values(), recorded["resolution"]]
    ):
        changes["resolution"] = resolution
    return changes


def _votes_on(values: dict[str, Any], recorded: Mapping[str, Any]) -> bool:
    """Whether votes are recorded on the row's topic or, if the row has no topic, its resolution."""
    topic = values.get("topic") or values["resolution"]
    return any(each["votes"] for each in recorded["decisions"] if each["topic"] == topic)


def _recorded(session: "Session", number: int) -> dict[str, Any]:
    """Return a meeting's recorded values, with speeches, topic and resolution in the form of a row."""
    from partyctl.ledger.reading import meetings as meeting_lists
    from partyctl.ledger.writing.session import driver_of

    found = meeting_lists.meeting(driver_of(session), number)
    assert found is not None
    said = [f"{each['speaker']}：{each['said']}" for each in found["speeches"]]
    resolutions = [each["resolution"] for each in found["decisions"] if each["resolution"]]
    return found | {
        "speeches": said,
        "topic": "；".join(found["topics"]),
        "resolution": "；".join(resolutions),
    }


def _plain(value: Any) -> object:  # noqa: ANN401 - fields have values of any type
    if isinstance(value, list):
        return [each.replace(":", "：", 1) for each in value]
    return value.isoformat() if isinstance(value, date) else value


def _correct(
    session: "Session",
    number: int,
    changes: dict[str, Any],
    instead: list[str],
    known: "People",
) -> int:
    from partyctl.records.meetings import meetings
    from partyctl.records.meetings.gathering import Gathering

    said = _said(changes, known)
    if instead:
        said |= {"topics": (), "topics_instead": instead}
    return meetings.edit(session, number, Gathering(**said)).number


def _said(values: dict[str, Any], known: "People") -> dict[str, Any]:
    """Return a row's values as arguments for `Gathering`, without kinds and day."""
    from partyctl.records.meetings.gathering import read_speech

    said = {name: values[name] for name in TAKEN_AS_SAID if name in values}
    for part in ("chair", "lecturer", "recorder"):
        if part in values:
            said[part] = known.typed(values[part])
    said |= _agenda_of(values)
    if "present" in values:
        said["present"] = str(values["present"])
    if "speeches" in values:
        said["speeches"] = [read_speech(each) for each in values["speeches"]]
    return said


def _agenda_of(values: dict[str, Any]) -> dict[str, Any]:
    """Return a row's agenda.

    If the row has a resolution, the agenda is a decision on the topic, or on the resolution if the
    row has no topic. If the row has only a topic, the agenda is this topic. If the row has neither
    a resolution nor a topic, the agenda is empty.
    """
    from partyctl.records.meetings.gathering import Decision

    topic, resolution = values.get("topic"), values.get("resolution")
    if resolution:
        return {"decisions": [Decision(topic or resolution, resolution, None)]}
    return {"topics": [topic]} if topic else {}


def _add(session: "Session", values: dict[str, Any], known: "People") -> int:
    from partyctl.records.meetings import meetings
    from partyctl.records.meetings.gathering import Gathering

    said = Gathering(kinds=values["kinds"], day=values["held_on"], **_said(values, known))
    return meetings.add(session, said, values["branch"]).number


MEETINGS_IMPORT = judging.Import(
    MEETINGS, "meetings", Told("次", "meeting"), judge, fill, judging.write_each
)
