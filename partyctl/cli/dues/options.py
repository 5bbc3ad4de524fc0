"""Options of `partyctl dues`, and functions that parse them."""

from datetime import date
from typing import Annotated, Any

import typer

from partyctl.cli.input.dates import read_past_day
from partyctl.cli.input.options import YUAN, read_amount, read_number
from partyctl.language import say
from partyctl.terms import LapseStep, read_term


def read_consent(text: str) -> date | int:
    """Parse the committee's consent: its date, or the number of the committee's meeting, such as #12."""
    return read_number(text) if text.startswith("#") else read_past_day(text)


def read_step(text: str) -> LapseStep:
    """Parse a step of the procedure for members who do not pay."""
    return read_term(LapseStep, text, of=say("步骤", "step"))


Consent = Annotated[
    Any,
    typer.Option(
        "--consent",
        parser=read_consent,
        metavar="DATE|#MEETING",
        help=say(
            "支委会同意的日期，或支委会编号",
            "the day the committee consented, or the ID of the committee meeting that consented",
        ),
    ),
]
By = Annotated[
    str | None,
    typer.Option(
        "--by",
        metavar="NAME|relative",
        help=say(
            "代交人姓名；亲属代交写 relative",
            "who paid for the member: a name, or the word relative",
        ),
    ),
]
Receipt = Annotated[
    str | None, typer.Option("--receipt", metavar="NO", help=say("收据号", "the receipt's number"))
]
OwedOrAmount = Annotated[
    int | None,
    typer.Option(
        "--amount",
        parser=read_amount,
        metavar=YUAN,
        help=say(
            "每人的金额（元，默认按核定应交的）",
            "the amount in yuan for each person (default: what that person owes)",
        ),
    ),
]
