"""`partyctl meeting list`: held and planned meetings, with attendance."""

from typing import Annotated, Any

import typer

from partyctl.bilingual import Told
from partyctl.cli.input.dates import today
from partyctl.cli.input.list_filters import MonthAndCell, in_cell
from partyctl.cli.input.option_groups import taking_options
from partyctl.cli.input.options import AsJson, AsOf, listed
from partyctl.cli.meeting.options import read_kind
from partyctl.cli.output.answers import tell
from partyctl.cli.output.to_file import to_file
from partyctl.cli.session import current
from partyctl.language import comma_list, say, semicolon_list
from partyctl.ledger.reading import meetings as meeting_lists
from partyctl.show.listing import BRANCH, ID, Column, field_column, print_list, without_branch
from partyctl.show.wording import label
from partyctl.terms import MeetingKind, Noun


def _day(row: dict[str, Any]) -> str:
    return row["held_on"] or say(f"{row['planned_on']}（计划）", f"{row['planned_on']} (planned)")


def _kinds(row: dict[str, Any]) -> str:
    return comma_list(label("kinds", kind) for kind in row["kinds"])


def _topics(row: dict[str, Any]) -> str:
    return semicolon_list(filter(None, (row["theme"], *row["topics"])))


def _attendance(row: dict[str, Any]) -> str:
    """Format attendance as present/expected, for example 10/12.

    If only the expected number is known, write —/12. If only the number of people present is known,
    write 10. If neither is known, write nothing.
    """
    present = row["present"] if row["present"] is not None else len(row["present_names"]) or None
    due = row["due_present"]
    if due is None and present is not None and row["absent"]:
        due = present + len(row["absent"])
    if present is None:
        return f"—/{due}" if due is not None else ""
    return f"{present}/{due}" if due is not None else str(present)


COLUMNS = (
    ID,
    Column(Told("日期", "date"), _day),
    Column(Told("种类", "kinds"), _kinds),
    BRANCH,
    field_column("cell"),
    Column(Told("主持", "chair"), "chair"),
    Column(Told("实到/应到", "present/due"), _attendance),
    Column(Told("议题", "topics"), _topics),
)


@to_file("会议", "Meetings")
@taking_options
def show_list(
    *,
    kind: Annotated[
        MeetingKind | None,
        typer.Option(
            parser=read_kind,
            metavar="KIND",
            help=listed(MeetingKind),
        ),
    ] = None,
    of: MonthAndCell,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """List the meetings, including planned ones."""
    with current.reading(as_of or today()) as reading:
        branch = current.branch_number(reading)
        rows = meeting_lists.meetings(reading.ledger, reading.on, branch, kind=kind, month=of.month)
        wanted = in_cell(reading, of.cell, Noun.MEETING)
        several = len(reading.branches) > 1
    rows = [row for row in rows if wanted is None or row["id"] in wanted]
    print_list(rows, without_branch(COLUMNS, several=several), as_json=as_json)
    if as_json:
        return
    held = sum(row["held_on"] is not None for row in rows)
    planned = len(rows) - held
    more = say(f"，计划中 {planned} 次", f", {planned} planned") if planned else ""
    tell(say(f"已开 {held} 次", f"{held} held") + more)
