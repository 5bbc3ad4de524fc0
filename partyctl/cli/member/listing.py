"""`partyctl member list`: the roll or part of it, with counts."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import Annotated, Any

import typer

from partyctl.bilingual import Told, many
from partyctl.cli.input.dates import today
from partyctl.cli.input.list_filters import OfCell, in_cell
from partyctl.cli.input.options import AsJson, AsOf, listed
from partyctl.cli.member.options import read_category
from partyctl.cli.output.answers import tell
from partyctl.cli.output.to_file import to_file
from partyctl.cli.session import current
from partyctl.language import bracketed, comma_list, say
from partyctl.ledger.reading import lists
from partyctl.show.listing import BRANCH, ID, Column, field_column, print_list, without_branch
from partyctl.show.wording import label
from partyctl.terms import Category

OfCategory = Annotated[
    Category | None,
    typer.Option(
        "--category",
        parser=read_category,
        metavar="CATEGORY",
        help=say(f"只列这一类：{listed(Category)}", f"this category only: {listed(Category)}"),
    ),
]


def _posts(row: Mapping[str, Any], on: date) -> str:
    """Return a member's posts on a day, and words such as “probationary”, “leader” and “voided”."""
    marks = [post.label for post in lists.posts_on(row, on)]
    marks += [say("预备", "probationary")] if row["probationary"] else []
    marks += [say("领导干部", "leader")] if row["leader"] else []
    if row["left_on"]:
        marks.append(f"{row['left_on']} {label('left_reason', row['left_reason'])}")
    marks += [say("作废", "voided")] if row["voided_at"] else []
    return comma_list(marks)


COLUMNS = (
    ID,
    field_column("name"),
    BRANCH,
    field_column("cell"),
    field_column("category"),
    field_column("joined_on"),
)


@to_file("党员名册", "The roll of members")
def show_list(
    cell: OfCell = None,
    category: OfCategory = None,
    everyone: Annotated[
        bool,
        typer.Option(
            "--all",
            help=say("包括已离开和作废的", "also list members who left, and voided entries"),
        ),
    ] = False,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """List the members on the roll."""
    with current.reading(as_of or today()) as reading:
        branch = current.branch_number(reading)
        rows = lists.members(reading.ledger, reading.on, branch, everyone=everyone)
        wanted = in_cell(reading, cell)
        several = len(reading.branches) > 1
    rows = [
        row
        for row in rows
        if (wanted is None or row["id"] in wanted) and category in (None, row["category"])
    ]
    columns = (*COLUMNS, Column(Told("职务", "posts"), partial(_posts, on=reading.on)))
    print_list(rows, without_branch(columns, several=several), as_json=as_json)
    if not as_json:
        tell(_total(rows))


def _total(rows: Sequence[Mapping[str, Any]]) -> str:
    """Count the listed members, how many are on probation, and how many are in each category."""
    probationary = sum(bool(row["probationary"]) for row in rows)
    kinds = Counter(row["category"] for row in rows if row["category"])
    told = [say(f"预备党员 {probationary}", f"{probationary} probationary")] if probationary else []
    told += [f"{each.label} {kinds[each]}" for each in Category if kinds[each]]
    more = say("，", ", ").join(told)
    return say(f"共 {len(rows)} 人", f"{many(len(rows), 'person')}") + (
        bracketed(more) if more else ""
    )
