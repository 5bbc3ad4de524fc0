"""`partyctl applicant list` lists open applications; `next` lists open duties and next steps."""

from typing import Annotated

import typer

from partyctl.cli.applicant.showing import print_applicants, print_coming
from partyctl.cli.input.dates import today
from partyctl.cli.input.options import AsJson, AsOf
from partyctl.cli.output.to_file import to_file
from partyctl.language import say

LONGEST_AHEAD = 366


@to_file("发展党员", "Applicants")
def show_list(
    everyone: Annotated[
        bool, typer.Option("--all", help=say("包括已结束的", "include ended admissions"))
    ] = False,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """List open applications with stage, next step and overdue duties."""
    print_applicants(as_of or today(), everyone=everyone, as_json=as_json)


@to_file("发展党员近期事项", "What comes for applicants")
def show_next(
    days: Annotated[
        int, typer.Option(min=0, max=LONGEST_AHEAD, help=say("看多少天", "how many days"))
    ] = 90,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """Show the open duties and the next step of every application."""
    print_coming(as_of or today(), days, as_json=as_json)
