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


def in_cell(reading: "Reading", name: str | None, noun: Noun = Noun.MEMBER) -> set[int] | None:
    """Return the IDs of a cell's members or meetings, or None if no cell is named.

    `name`: the cell's name or number. Cells of two branches can have the same name, so the records
    are found by the cell's number, not by its name. Raises NoSuchRecord.
    """
    if name is None:
        return None
    number = number_of(reading.ledger, Noun.CELL, name, current.branch_meant(reading))
    return lists.in_cell(reading.ledger, number, noun)
