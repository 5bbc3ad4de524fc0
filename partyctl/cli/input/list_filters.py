"""Options that limit a list to a cell or to a month."""

from typing import TYPE_CHECKING, Annotated

import typer

from partyctl.cli.input.dates import read_month
from partyctl.cli.input.options import MONTH
from partyctl.cli.session import current
from partyctl.language import say
from partyctl.ledger.reading import lists
from partyctl.ledger.reading.lookup import number_of
from partyctl.light import NamedTuple
from partyctl.terms import Noun

if TYPE_CHECKING:
    from partyctl.cli.session.reading import Reading

OfCell = Annotated[
    str | None,
    typer.Option("--cell", metavar="CELL", help=say("只列这个党小组", "this cell only")),
]
OfMonth = Annotated[
    str | None,
    typer.Option(
        "--month", parser=read_month, metavar=MONTH, help=say("只列这个月", "this month only")
    ),
]


class MonthAndCell(NamedTuple):
    """The options --month and --cell of commands that print a list."""

    month: OfMonth = None
    cell: OfCell = None


def cell_called(reading: "Reading", name: str | None) -> str | None:
    """Return the name of the cell with the typed name or number, or None if no name is given.

    Raises NoSuchRecord.
    """
    if name is None:
        return None
    within = current.branch_meant(reading)
    number = number_of(reading.ledger, Noun.CELL, name, within)
    cells = lists.cells(reading.ledger, within.id if within else None)
    return next(str(each["name"]) for each in cells if each["id"] == number)
