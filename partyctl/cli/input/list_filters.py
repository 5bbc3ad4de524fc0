"""Filters of lists (a cell, a month), and the count shown below a list."""

import sqlite3
from typing import Annotated

import typer

from partyctl.cli.input.dates import read_month
from partyctl.cli.input.options import MONTH
from partyctl.language import say
from partyctl.ledger.reading import lists
from partyctl.ledger.reading.facts import branches
from partyctl.ledger.reading.lookup import number_of
from partyctl.terms import Noun

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


def cell_called(ledger: sqlite3.Connection, name: str | None, branch: int | None) -> str | None:
    """The name of a cell typed by name or #number. Raises NoSuchRecord."""
    if name is None:
        return None
    within = next((each for each in branches(ledger) if each.id == branch), None)
    number = number_of(ledger, Noun.CELL, name, within)
    return next(str(each["name"]) for each in lists.cells(ledger, branch) if each["id"] == number)
