"""Read meetings, held or planned, as plain objects with agenda, attendance and minutes."""

import sqlite3
from datetime import date

from partyctl.ledger.reading.objects import OF_RECORDS, Object, Parts, parts_of
from partyctl.ledger.reading.objects import objects as _rows
from partyctl.light import TYPE_CHECKING, cast
from partyctl.terms import MeetingKind

if TYPE_CHECKING:
    from partyctl.contract.meetings import Meeting, MeetingStep

MEETINGS = """
SELECT meeting.id, branch.name AS branch, meeting.planned_on, plan.made_on AS plan_made_on,
    meeting.held_on,
    chair.name AS chair, meeting.chair_id,
    coalesce(lecturer.name, staff.name) AS lecturer, meeting.lecturer_id, cell.name AS cell,
    meeting.theme, meeting.notified_on, meeting.present_count AS present, meeting.due_present,
    meeting.opinions_inside, meeting.opinions_outside, meeting.opinions_on,
    meeting.criticism, meeting.integrity, meeting.half_hours / 2.0 AS hours, meeting.makes_up,
    meeting.ordinal, meeting.place, meeting.from_time, meeting.to_time,
    coalesce(recorder.name, keeper.name) AS recorder, meeting.guests,
    meeting.minutes, meeting.minutes_name AS minutes_file, meeting.minutes_sha256,
    meeting.recorded_at, meeting.voided_at, meeting.void_reason
FROM meeting JOIN branch ON branch.id = meeting.branch_id
LEFT JOIN member AS chair ON chair.id = meeting.chair_id
LEFT JOIN member AS lecturer ON lecturer.id = meeting.lecturer_id
LEFT JOIN staff ON staff.id = meeting.lecturer_staff_id
LEFT JOIN member AS recorder ON recorder.id = meeting.recorder_id
LEFT JOIN staff AS keeper ON keeper.id = meeting.recorder_staff_id
LEFT JOIN cell ON cell.id = meeting.cell_id
LEFT JOIN meeting_plan AS plan ON plan.meeting_id = meeting.id
"""
DAY = "CASE WHEN meeting.held_on <= :on THEN meeting.held_on ELSE meeting.planned_on END"
"""The SQL for the day on which a meeting was held or is planned, as known on the day :on."""

PARTS = {
    "kinds": f"""SELECT meeting_id AS of, kind FROM meeting_kind
        WHERE meeting_id {OF_RECORDS} ORDER BY kind""",
    "agenda": f"""SELECT meeting_id AS of, topic, to_decide, resolution, eligible, present, approve,
        oppose, abstain FROM agenda_item WHERE meeting_id {OF_RECORDS} ORDER BY place""",
    "speeches": f"""SELECT meeting_id AS of, speaker, said FROM meeting_speech
        WHERE meeting_id {OF_RECORDS} ORDER BY place""",
    "excluded": f"""SELECT meeting_id AS of, member.name
        FROM meeting_excluded JOIN member ON member.id = member_id
        WHERE meeting_id {OF_RECORDS} ORDER BY member.id""",
    "attendance": f"""SELECT meeting_id AS of, member.name, absent_because AS reason
        FROM attendance JOIN member ON member.id = member_id
        WHERE meeting_id {OF_RECORDS} ORDER BY member.id""",
}
"""The SQL for each part of a meeting."""

STILL_PLANNED: Object = {
    **dict.fromkeys(("held_on", "present", "due_present", "hours")),
    **dict.fromkeys(("minutes", "minutes_file", "minutes_sha256")),
    "criticism": False,
    "decisions": [],
    "speeches": [],
    "present_names": [],
    "absent": [],
}
"""The values that some fields of a meeting have as long as the meeting is only planned."""


def meetings(
    ledger: sqlite3.Connection,
    on: date,
    branch: int | None = None,
    *,
    kind: str | None = None,
    month: str | None = None,
) -> "list[Meeting]":
    """The meetings that were held or planned, as known on a day, oldest first.

    `branch`, `kind` and `month`: return only the meetings of this branch, kind or month.
    """
    sql = f"""{MEETINGS}
    WHERE meeting.voided_at IS NULL
        AND (meeting.held_on <= :on
            OR (meeting.planned_on IS NOT NULL AND coalesce(plan.made_on, '') <= :on))
        AND (:branch IS NULL OR meeting.branch_id = :branch)
        AND (:kind IS NULL OR EXISTS (SELECT 1 FROM meeting_kind AS kind
            WHERE kind.meeting_id = meeting.id AND kind.kind = :kind))
        AND (:month IS NULL OR substr({DAY}, 1, 7) = :month)
    ORDER BY {DAY}, meeting.id"""
    day = on.isoformat()
    asked = {"on": day, "branch": branch, "kind": kind, "month": month}
    found = _whole(ledger, _rows(ledger, sql, asked))
    shown = [row if (row["held_on"] or "") <= day else row | STILL_PLANNED for row in found]
    return cast("list[Meeting]", shown)


def meeting(ledger: sqlite3.Connection, number: int, on: date = date.max) -> "Meeting | None":
    """The meeting that has this number, even if it was voided.

    If a planned meeting was held after the day `on`, it is shown as still planned. For a
    democratic-life meeting, the result includes the meeting's steps until this day.
    """
    rows = _rows(ledger, f"{MEETINGS} WHERE meeting.id = ?", (number,))
    if not rows:
        return None
    (found,) = _whole(ledger, rows)
    if found["planned_on"] and (found["held_on"] or "") > on.isoformat():
        found |= STILL_PLANNED
    if MeetingKind.DEMOCRATIC_LIFE in found["kinds"]:
        found["steps"] = steps(ledger, number, on)
    return cast("Meeting", found)


def _whole(ledger: sqlite3.Connection, rows: list[Object]) -> list[Object]:
    """The meetings with their kinds, agenda, speeches and attendance."""
    parts = parts_of(ledger, PARTS, rows)
    return [_meeting(row, parts[row["id"]]) for row in rows]


def _meeting(row: Object, parts: Parts) -> Object:
    agenda, attendance = parts["agenda"], parts["attendance"]
    return row | {
        "kinds": [each["kind"] for each in parts["kinds"]],
        "criticism": bool(row["criticism"]),
        "integrity": bool(row["integrity"]),
        "topics": [item["topic"] for item in agenda],
        "decisions": [_decision(item) for item in agenda if item["to_decide"]],
        "speeches": parts["speeches"],
        "excluded": [each["name"] for each in parts["excluded"]],
        "present_names": [each["name"] for each in attendance if each["reason"] is None],
        "absent": [each for each in attendance if each["reason"] is not None],
    }


def _decision(item: Object) -> Object:
    votes = ("eligible", "present", "approve", "oppose", "abstain")
    return {
        "topic": item["topic"],
        "resolution": item["resolution"],
        "votes": None if item["present"] is None else {vote: item[vote] for vote in votes},
    }


def steps(ledger: sqlite3.Connection, meeting: int, on: date = date.max) -> "list[MeetingStep]":
    """The steps of a democratic-life meeting until a day, oldest first, without voided steps."""
    return cast(
        "list[MeetingStep]",
        _rows(
            ledger,
            "SELECT step.step, step.taken_on, member.name AS member, step.member_id, "
            "step.half_days / 2.0 AS days, step.part, step.note "
            "FROM meeting_step AS step LEFT JOIN member ON member.id = step.member_id "
            "WHERE step.meeting_id = ? AND step.voided_at IS NULL AND step.taken_on <= ? "
            "ORDER BY step.taken_on, step.id",
            (meeting, on.isoformat()),
        ),
    )


def kinds(ledger: sqlite3.Connection, number: int) -> list[str]:
    """The kinds of a meeting."""
    rows = ledger.execute("SELECT kind FROM meeting_kind WHERE meeting_id = ?", (number,))
    return [kind for (kind,) in rows]


def has_attendance(ledger: sqlite3.Connection, number: int) -> bool:
    """Whether the ledger records by name who was present at a meeting or absent from it."""
    found = ledger.execute("SELECT 1 FROM attendance WHERE meeting_id = ?", (number,))
    return found.fetchone() is not None


def minutes_content(ledger: sqlite3.Connection, sha256: str) -> bytes:
    """The content of a stored minutes file."""
    row = ledger.execute("SELECT content FROM minutes_file WHERE sha256 = ?", (sha256,)).fetchone()
    return bytes(row[0])
