"""Find the recorded meeting that a row of a list of meetings is about."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from partyctl.bilingual import Told
from partyctl.cli.sheets import judging
from partyctl.language import comma_list, say
from partyctl.papers.sheets.forms.meetings import MEETINGS
from partyctl.papers.sheets.lines import Entry, Problem
from partyctl.terms import MeetingKind

if TYPE_CHECKING:
    from sqlmodel import Session

    from partyctl.ledger.tables.meetings import Meeting
    from partyctl.records.members.people import People

ANOTHER = "另一次会议"


def match(
    session: "Session", entry: Entry, branch: int, known: "People", wanted: judging.Wanted
) -> "Meeting | Problem | None":
    """Return the recorded meeting that a row is about, or None if the row's meeting is new.

    Two cells of a branch often meet on the same day. Therefore the day, the kinds and the cell are
    compared. If only the row has a cell, or only the recorded meeting has one, it can be unclear
    whether both are the same meeting. In this case, return a problem, which asks the clerk. Raises
    NoSuchRecord.
    """
    values = entry.values
    said = known.cell(values["cell"], known.branches[branch]).number if "cell" in values else None
    alike = _alike(session, branch, values)
    same = [each for each in alike if each.cell_id == said]
    possible = [each for each in alike if said is None or each.cell_id is None]
    if same or not possible:
        return same[0] if same else None
    if said is None and len(possible) == 1 and MeetingKind.CELL in values["kinds"]:
        return possible[0]
    answer = wanted.answers.get(judging.answer_key(entry, "same"))
    if answer == ANOTHER:
        return None
    chosen = next((each for each in possible if answer == f"#{each.number}"), None)
    return chosen or _which(entry, possible, known)


def _alike(session: "Session", branch: int, values: dict[str, Any]) -> "list[Meeting]":
    """Return the recorded meetings of the branch with the row's day and kinds."""
    from sqlmodel import col, select

    from partyctl.ledger.tables.meetings import Meeting
    from partyctl.records.meetings.meetings import kinds_of

    query = select(Meeting).where(
        Meeting.branch_id == branch,
        Meeting.held_on == values["held_on"],
        col(Meeting.voided_at).is_(None),
    )
    kinds = set(values["kinds"])
    found = session.exec(query.order_by(col(Meeting.id))).all()
    return [each for each in found if set(kinds_of(session, each)) == kinds]


def _which(entry: Entry, candidates: "Sequence[Meeting]", known: "People") -> Problem:
    without = say("没写党小组", "no cell")
    listed = comma_list(
        f"#{each.number} " + (without if each.cell_id is None else known.cells[each.cell_id].name)
        for each in candidates
    )
    return judging.unclear(
        entry,
        MEETINGS.column("cell").name,
        str(entry.values.get("cell") or entry.values["held_on"]),
        Told(
            f"台账里那天同样的会议有 {listed}；是同一次，就把表里和台账的党小组写成一样的"
            "（partyctl meeting edit … --cell …），是另一次，先用 partyctl meeting add 登记",
            f"recorded on that day: {listed}; if the row is about the same meeting, make the "
            "cell the same in the sheet and in the ledger (partyctl meeting edit … --cell …); "
            "if not, record the meeting with partyctl meeting add first",
        ),
        kind="cell",
        choices=(*(f"#{each.number}" for each in candidates), ANOTHER),
        key=judging.answer_key(entry, "same"),
    )
