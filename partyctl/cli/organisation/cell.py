"""`partyctl cell`: the cells of a branch."""

from datetime import date
from typing import Annotated

import typer

from partyctl.cli.input.dates import read_past_day, today
from partyctl.cli.input.options import DATE, TITLE, AsJson, AsOf
from partyctl.cli.output.answers import acknowledge
from partyctl.cli.output.record import add_void, by_name
from partyctl.cli.output.to_file import to_file
from partyctl.cli.session import current
from partyctl.cli.session.group import noun
from partyctl.language import say
from partyctl.ledger.reading import lists
from partyctl.show.listing import BRANCH, ID, Column, print_list
from partyctl.terms import Noun, told_of

app = noun("党小组", "Party cells")

Name = Annotated[str, typer.Argument(metavar=TITLE, help=say("党小组名称", "the cell's name"))]


@app.command(help=say("登记党小组", "Enter a cell"))
def add(
    name: Name,
    founded: Annotated[
        date | None,
        typer.Option(parser=read_past_day, metavar=DATE, help=say("成立日期", "day of founding")),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Enter a cell of a branch."""
    with current.writing() as session:
        from partyctl.records.common import finding
        from partyctl.records.members import organisation

        branch = finding.branch(session, current.branch())
        cell = organisation.add_cell(session, name, branch, founded_on=founded)
    line = say(f"已登记党小组 #{cell.id} {cell.name}", f"Cell #{cell.id} {cell.name}")
    acknowledge(Noun.CELL, cell.number, line, as_json=as_json)


add_void(
    app,
    Noun.CELL,
    "作废党小组",
    "Void a cell",
    named=by_name("党小组名称", "the cell's name", metavar=TITLE),
)


COLUMNS = (ID, Column(told_of(Noun.CELL), "name"), BRANCH)


@app.command("list", help=say("列出党小组", "List the cells"))
@to_file("党小组", "Cells")
def show_list(as_of: AsOf = None, as_json: AsJson = False) -> None:
    """List the cells that exist on a day."""
    with current.reading(as_of or today()) as reading:
        branch = current.branch_number(reading)
        rows = lists.cells(reading.ledger, branch, reading.on)
    print_list(rows, COLUMNS, as_json=as_json)
