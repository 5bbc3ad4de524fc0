"""The options of `partyctl talk`, and the functions that parse them."""

from datetime import date
from typing import Annotated

import typer
from typer.models import OptionInfo

from partyctl.calendar import Period, period_of
from partyctl.cli.input.dates import read_period
from partyctl.cli.input.options import DATE, NAME, TEXT, any_day
from partyctl.cli.input.people import Names, read_people
from partyctl.errors import BadUsage
from partyctl.language import say

QUARTER, YEAR = "quarter", "year"


def read_quarter(text: str, before: str = "--quarter") -> Period:
    """Parse a quarter: 2026-Q1. Raises BadUsage.

    `before`: what is typed before the quarter, an option or a command.
    """
    period = read_period(text)
    if period.kind != QUARTER:
        quarter = period_of(QUARTER, period.first)
        raise BadUsage(
            say(f"“{text}”不是季度。", f"“{text}” is not a quarter."), f"{before} {quarter}"
        )
    return period


def read_year(text: str) -> Period:
    """Parse a year: 2026. Raises BadUsage."""
    period = read_period(text)
    if period.kind != YEAR:
        raise BadUsage(
            say(f"“{text}”不是年度。", f"“{text}” is not a year."), f"--year {period.first.year}"
        )
    return period


NAMES = say("姓名,姓名", "NAME,NAME")
EVERYBODY = tuple(Names([word]) for word in ("all", "全体", "全部"))
PLACE, THEME, NOTE, FOLLOWS = (
    say("谈话地点", "the place of the talk"),
    say("谈话主题", "the theme of the talk"),
    say("谈话内容", "what was said"),
    say("后续事项", "what must be done after the talk"),
)

With = Annotated[
    str,
    typer.Option(
        "--with",
        metavar=NAMES,
        help=say("谈话的人，两人以上", "the people who talked, two or more"),
    ),
]
Place = Annotated[str | None, typer.Option("--place", metavar=TEXT, help=PLACE)]
Theme = Annotated[str | None, typer.Option("--theme", metavar=TEXT, help=THEME)]
Each = Annotated[
    Names | None,
    typer.Option(
        "--each",
        parser=read_people,
        metavar=f"{NAMES}|all",
        help=say(
            "和其中每个人分别谈（all 全体）",
            "record a separate talk with each of these people, or with all members",
        ),
    ),
]
Note = Annotated[str | None, typer.Option("--note", metavar=TEXT, help=NOTE)]
FollowUp = Annotated[str | None, typer.Option("--follow-up", metavar=TEXT, help=FOLLOWS)]
Due = Annotated[
    date | None, any_day("--due", say("后续事项的期限", "the deadline of the follow-up"))
]
Quarter = Annotated[
    Period | None,
    typer.Option(
        "--quarter",
        parser=read_quarter,
        metavar="2026-Q1",
        help=say("哪个季度", "the quarter"),
    ),
]
Year = Annotated[
    Period | None,
    typer.Option(
        "--year",
        parser=read_year,
        metavar="2026",
        help=say("哪一年：每个人四个季度", "show the four quarters of a year for each person"),
    ),
]
Someone = Annotated[
    str | None,
    typer.Option("--with", metavar=NAME, help=say("只列这个人的", "only talks of this person")),
]
NewWith = Annotated[
    str | None, typer.Option("--with", metavar=NAMES, help=say("谈话的人", "who talked"))
]


def _clearable(name: str, what: str) -> OptionInfo:
    """An option that corrects a text; “none” clears the text."""
    option: OptionInfo = typer.Option(
        name,
        metavar=TEXT,
        help=say(f"{what}；写“无”即清除", f"{what}; write “none” to clear it"),
    )
    return option


NewPlace = Annotated[str | None, _clearable("--place", PLACE)]
NewTheme = Annotated[str | None, _clearable("--theme", THEME)]
NewNote = Annotated[str | None, _clearable("--note", NOTE)]
NewFollowUp = Annotated[str | None, _clearable("--follow-up", FOLLOWS)]
NewDone = Annotated[
    str | None,
    typer.Option(
        "--done",
        metavar=DATE,
        help=say(
            "办结日期；写“无”即清除", "the day the follow-up was done; write “none” to clear it"
        ),
    ),
]
NewMakesUp = Annotated[
    str | None,
    typer.Option(
        "--makes-up",
        metavar="2026-Q1",
        help=say(
            "补的是哪一季；写“无”即清除",
            "the earlier quarter for which the talk counts; write “none” to clear it",
        ),
    ),
]
