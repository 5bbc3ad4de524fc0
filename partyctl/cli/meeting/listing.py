"""`partyctl meeting list`: what was held and what is planned, with how many came."""

from typing import Annotated, Any

import typer

from partyctl.cli.input.dates import today
from partyctl.cli.input.list_filters import OfCell, OfMonth, cell_called
from partyctl.cli.input.options import AsJson, AsOf, listed
from partyctl.cli.meeting.options import read_kind
from partyctl.cli.output.answers import tell
from partyctl.cli.output.to_file import to_file
from partyctl.cli.session import current
from partyctl.language import say
from partyctl.ledger.reading import meetings as meeting_lists
from partyctl.show.tables import Line, print_json, print_table
from partyctl.show.wording import label
from partyctl.terms import MeetingKind


@to_file("会议", "Meetings")
def show_list(
    kind: Annotated[
        MeetingKind | None,
        typer.Option(
            parser=read_kind,
            metavar="KIND",
            help=listed(MeetingKind),
        ),
    ] = None,
    month: OfMonth = None,
    cell: OfCell = None,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """List the meetings, planned ones too."""
    with current.reading(as_of or today()) as reading:
        branch = current.branch_number(reading)
        wanted = cell_called(reading.ledger, cell, branch)
        rows = meeting_lists.meetings(reading.ledger, reading.on, branch, kind=kind, month=month)
        several = len(reading.branches) > 1
    rows = [row for row in rows if wanted in (None, row["cell"])]
    if as_json:
        print_json(rows)
        return
    headings = [
        "#",
        say("日期", "date"),
        say("种类", "kinds"),
        say("党支部", "branch"),
        say("党小组", "cell"),
        say("主持", "chair"),
        say("实到/应到", "present/due"),
        say("议题", "topics"),
    ]
    lines = [_cells(row) for row in rows]
    if not several:
        for each in (headings, *lines):
            del each[3]
    print_table(headings, [Line(tuple(each)) for each in lines])
    held = sum(row["held_on"] is not None for row in rows)
    planned = len(rows) - held
    more = say(f"，计划中 {planned} 次", f", {planned} planned") if planned else ""
    tell(say(f"已开 {held} 次", f"{held} held") + more)


def _cells(row: dict[str, Any]) -> list[str]:
    kinds = "、".join(label("kinds", kind) for kind in row["kinds"])
    day = row["held_on"] or say(f"{row['planned_on']}（计划）", f"{row['planned_on']} (planned)")
    topics = "；".join(filter(None, (row["theme"], *row["topics"])))
    whose = [row["branch"], row["cell"] or ""]
    return [str(row["id"]), day, kinds, *whose, row["chair"] or "", _attendance(row), topics]


def _attendance(row: dict[str, Any]) -> str:
    """How many came of how many; one of the two where the other is not on record."""
    present = row["present"] if row["present"] is not None else len(row["present_names"]) or None
    due = row["due_present"]
    if due is None and present is not None and row["absent"]:
        due = present + len(row["absent"])
    if present is None:
        return f"—/{due}" if due is not None else ""
    return f"{present}/{due}" if due is not None else str(present)
