"""The options of `partyctl review`, and the functions that parse them."""

from datetime import date
from typing import Annotated

import typer

from partyctl.cli.input.dates import is_none, read_past_day, read_year, today
from partyctl.cli.input.options import DATE, past_day, read_number
from partyctl.language import say
from partyctl.terms import Grade, read_term
from partyctl.text import half_width

YEAR_DIGITS = 4
YEAR = say("年度", "YEAR")


def read_review(text: str) -> str:
    """Parse which review is meant: a year such as 2026, or an ID such as #1. Raises BadUsage."""
    typed = half_width(text)
    if typed.startswith("#") or (typed.isdecimal() and len(typed) < YEAR_DIGITS):
        return f"#{read_number(typed)}"
    return str(read_year(typed))


def read_grade(text: str) -> Grade | None:
    """Parse a grade; return None for 无. Raises BadUsage."""
    return None if is_none(text) else read_term(Grade, text, of=say("评议等次", "grade"))


def read_given_grade(text: str) -> Grade:
    """Parse a grade. Raises BadUsage."""
    return read_term(Grade, text, of=say("评议等次", "grade"))


def day_taken(text: str | None) -> date | None:
    """Return the day of a step, or today if no day was given. Return None for 无."""
    if text is None:
        return today()
    return None if is_none(text) else read_past_day(text)


Year = Annotated[
    int, typer.Argument(parser=read_year, metavar=YEAR, help=say("哪一年的评议", "the year"))
]
ONE_REVIEW = typer.Argument(
    parser=read_review, metavar=YEAR, help=say("年度，或 #编号", "the year, or #number")
)
OneReview = Annotated[str, ONE_REVIEW]
OpenedOn = Annotated[date, past_day("--on", say("开始评议的日期", "the day the review was opened"))]
OnOrNone = Annotated[
    str | None,
    typer.Option(
        "--on",
        metavar=DATE,
        help=say(
            "发生的日期（默认今天）；写“无”即取消登记",
            "the day it happened (default: today); write “none” to remove the recorded day",
        ),
    ),
]
Grading = Annotated[
    str | None,
    typer.Argument(
        metavar="GRADE",
        help=say(
            "优秀、合格、基本合格、不合格；写“无”即取消",
            "excellent, qualified, basic or unqualified; write “none” to remove the grade",
        ),
    ),
]
Rest = Annotated[
    Grade | None,
    typer.Option(
        "--rest",
        parser=read_given_grade,
        metavar="GRADE",
        help=say("还没有评定的人都评为这一等", "the grade for everybody who is not rated yet"),
    ),
]
Votes = Annotated[
    str | None,
    typer.Option(
        "--votes",
        metavar="28/3/1/0",
        help=say("测评票：优秀/合格/基本合格/不合格", "the votes on one member, by grade"),
    ),
]
