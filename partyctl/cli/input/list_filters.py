"""What lists are narrowed by: a cell, a month; and how many are left, told below the list."""

import sqlite3
from typing import Annotated

import typer

from partyctl.cli.input.dates import read_month
from partyctl.cli.input.options import MONTH
from partyctl.errors import NoSuchRecord
from partyctl.language import say
from partyctl.ledger.reading import lists

OfCell = Annotated[
    str | None,
    typer.Option("--cell", metavar="CELL", help=say("只列这个党小组", "of this cell")),
]
OfMonth = Annotated[
    str | None,
    typer.Option(
        "--month", parser=read_month, metavar=MONTH, help=say("只列这个月", "of this month")
    ),
]


def cell_called(ledger: sqlite3.Connection, name: str | None, branch: int | None) -> str | None:
    """The name of the cell that was typed, by name or #number. Raises NoSuchRecord."""
    if name is None:
        return None
    cells = lists.cells(ledger, branch)
    for cell in cells:
        if name.strip() in (cell["name"], f"#{cell['id']}"):
            return str(cell["name"])
    known = "、".join(cell["name"] for cell in cells) or say("没有党小组", "no cells")
    raise NoSuchRecord(
        say(f"没有“{name}”这个党小组；已有：{known}。", f"No cell “{name}”; there are: {known}."),
        "partyctl cell list",
    )
