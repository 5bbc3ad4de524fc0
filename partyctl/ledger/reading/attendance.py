"""Find who should come to a meeting, and who came to the meetings of a period."""

import sqlite3
from collections.abc import Iterable, Mapping
from datetime import date

from partyctl.calendar import Period
from partyctl.ledger.reading.known.admitted import ended_by
from partyctl.ledger.reading.lists import ON_ROLL
from partyctl.ledger.reading.meetings import kinds as kinds_of
from partyctl.ledger.views.columns import sql_words
from partyctl.light import NamedTuple
from partyctl.terms import COMMITTEE_POSTS, LEADING_POSTS, MeetingKind

ROWS = """
SELECT meeting.id, meeting.held_on, branch.name, cell.name, member.id, member.name,
    line.absent_because
FROM meeting JOIN branch ON branch.id = meeting.branch_id LEFT JOIN cell ON cell.id = meeting.cell_id
LEFT JOIN attendance AS line ON line.meeting_id = meeting.id
LEFT JOIN member ON member.id = line.member_id
WHERE meeting.voided_at IS NULL AND meeting.held_on BETWEEN :first AND :last
    AND (:branch IS NULL OR meeting.branch_id = :branch)
    AND (:kind IS NULL OR EXISTS (SELECT 1 FROM meeting_kind AS kind
        WHERE kind.meeting_id = meeting.id AND kind.kind = :kind))
ORDER BY meeting.held_on, meeting.id, member.id
"""

SERVES = """EXISTS (SELECT 1 FROM appointment AS post WHERE post.member_id = member.id
    AND post.post IN {posts} AND post.voided_at IS NULL AND post.from_on <= :on
    AND (post.to_on IS NULL OR post.to_on >= :on))"""
LEADING = SERVES.format(posts=sql_words(LEADING_POSTS))
COMMITTEE = SERVES.format(posts=sql_words(COMMITTEE_POSTS))
OF_THE_PLACE = """CASE WHEN :cell IS NULL THEN member.branch_id = :branch
    ELSE member.cell_id = :cell END"""


class Held(NamedTuple):
    """A meeting in the period. `by_name`: whether attendance is recorded by name."""

    id: int
    on: str
    kinds: tuple[str, ...]
    branch: str
    cell: str | None
    by_name: bool


class Came(NamedTuple):
    """Whether a person attended a meeting. `because`: the reason if the person was absent."""

    meeting: Held
    because: str | None


class Attendance(NamedTuple):
    """A person, and the meetings that record the person as present or absent, oldest first."""

    id: int
    name: str
    came: tuple[Came, ...]

    @property
    def due(self) -> int:
        """The number of meetings that record the person as present or absent."""
        return len(self.came)

    @property
    def absent(self) -> list[Came]:
        """The meetings that the person missed."""
        return [each for each in self.came if each.because is not None]

    @property
    def present(self) -> int:
        """The number of meetings that the person attended."""
        return self.due - len(self.absent)


class Attended(NamedTuple):
    """The meetings of a period, and everybody whom these meetings record as present or absent."""

    meetings: tuple[Held, ...]
    people: tuple[Attendance, ...]

    @property
    def without_names(self) -> list[Held]:
        """The meetings that do not record attendance by name."""
        return [each for each in self.meetings if not each.by_name]


Row = tuple[int, str, str, str | None, int | None, str | None, str | None]


def attended(
    ledger: sqlite3.Connection,
    period: Period,
    on: date,
    branch: int | None = None,
    kind: str | None = None,
) -> Attended:
    """Attendance at the meetings of a period that were held on or before a day.

    `branch` and `kind`: include only the meetings of this branch or of this kind.
    """
    values = {
        "first": period.first.isoformat(),
        "last": min(period.last, on).isoformat(),
        "branch": branch,
        "kind": kind,
    }
    rows = ledger.execute(ROWS, values).fetchall()
    kinds: dict[int, list[str]] = {}
    for meeting, each in ledger.execute("SELECT meeting_id, kind FROM meeting_kind"):
        kinds.setdefault(meeting, []).append(each)
    return gathered(rows, kinds)


def gathered(rows: Iterable[Row], kinds: Mapping[int, Iterable[str]]) -> Attended:
    """Compute attendance from rows that were already read.

    A row has a meeting, a person, and the reason for an absence.
    """
    meetings: dict[int, Held] = {}
    names: dict[int, str] = {}
    came: dict[int, list[Came]] = {}
    for number, on, branch, cell, person, name, because in rows:
        if number not in meetings:
            of = tuple(kinds.get(number, ()))
            meetings[number] = Held(number, on, of, branch, cell, by_name=person is not None)
        if person is not None and name is not None:
            names[person] = name
            came.setdefault(person, []).append(Came(meetings[number], because))
    people = (Attendance(each, names[each], tuple(came[each])) for each in sorted(came))
    return Attended(tuple(meetings.values()), tuple(people))


def members_due(ledger: sqlite3.Connection, meeting: int, day: date) -> list[int]:
    """The numbers of the members who should come to a meeting that is held on a day.

    The leading group, with its members from other branches, should come to a meeting that is only a
    democratic-life meeting. The committee should come to a meeting that is only a committee
    meeting. Any other meeting is for everybody on the roll of the meeting's cell or, if the meeting
    has no cell, for everybody on the roll of the branch.
    """
    branch, cell = ledger.execute(
        "SELECT branch_id, cell_id FROM meeting WHERE id = ?", (meeting,)
    ).fetchone()
    held = kinds_of(ledger, meeting)
    condition = LEADING if held == [MeetingKind.DEMOCRATIC_LIFE] else OF_THE_PLACE
    if held == [MeetingKind.COMMITTEE]:
        condition = f"{OF_THE_PLACE} AND {COMMITTEE}"
    rows = ledger.execute(
        f"SELECT member.id FROM member {ON_ROLL} AND {condition} ORDER BY member.id",
        {"on": day.isoformat(), "branch": branch, "cell": cell},
    )
    gone = ended_by(ledger, day)
    return [number for (number,) in rows if number not in gone]
