"""Options that `partyctl plan` and `partyctl rectify` share: who is responsible, and the days."""

from datetime import date
from typing import Annotated

import typer

from partyctl.cli.input.options import NAME, any_day
from partyctl.language import say

Owner = Annotated[
    str, typer.Option("--owner", metavar=NAME, help=say("责任人", "who is responsible"))
]
NewOwner = Annotated[
    str | None, typer.Option("--owner", metavar=NAME, help=say("责任人", "who is responsible"))
]
Due = Annotated[date, any_day("--due", say("完成时限", "the deadline"))]
NewDue = Annotated[date | None, any_day("--due", say("完成时限", "the deadline"))]
