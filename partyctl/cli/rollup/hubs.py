"""Find the hub of a command: --hub, PARTYCTL_HUB or the current folder."""

import os
from pathlib import Path
from typing import Annotated

import typer

from partyctl.calendar import Period
from partyctl.cli.input.dates import read_one_month
from partyctl.cli.input.options import MONTH
from partyctl.language import say
from partyctl.ledger.file.handed_in import path_of
from partyctl.rollup.hub import Hub

HubFolder = Annotated[
    Path | None,
    typer.Option(
        "--hub",
        metavar="DIR",
        help=say(
            "汇总处文件夹（默认 PARTYCTL_HUB，再默认当前文件夹）",
            "the hub's folder (default: PARTYCTL_HUB, or the current folder)",
        ),
    ),
]
OneMonth = Annotated[
    Period,
    typer.Option(
        "--month", parser=read_one_month, metavar=MONTH, help=say("哪个月", "which month")
    ),
]
MaybeMonth = Annotated[
    Period | None,
    typer.Option(
        "--month", parser=read_one_month, metavar=MONTH, help=say("只看这个月", "this month only")
    ),
]


def hub_at(folder: Path | None) -> Hub:
    """Return the hub that a command works on. Raises MissingInput, BadInput, BadUsage."""
    return Hub(folder or path_of(os.environ.get("PARTYCTL_HUB") or "."))
