"""Options of `partyctl member`, and functions that parse them."""

from datetime import date
from typing import Annotated

import typer

from partyctl.cli.input.dates import read_month, read_past_day
from partyctl.cli.input.options import DATE, MONTH, listed, past_day
from partyctl.errors import BadUsage
from partyctl.language import say
from partyctl.terms import Category, Gender, LeaveReason, Post, read_term


def read_post(text: str) -> Post:
    """Parse a post."""
    return read_term(Post, text, of=say("职务", "post"))


def read_gender(text: str) -> Gender:
    """Parse a gender."""
    return read_term(Gender, text, of=say("性别", "gender"))


def read_category(text: str) -> Category:
    """Parse a category of members."""
    return read_term(Category, text, of=say("党员类别", "category"))


def read_leave_reason(text: str) -> LeaveReason:
    """Parse a reason for leaving."""
    return read_term(LeaveReason, text, of=say("离开原因", "reason for leaving"))


def read_secret(text: str) -> str:
    """Parse a secret value; `-` reads it from standard input, so that the shell does not store it.

    Raises BadUsage if the input is empty: an empty line must not clear a recorded number.
    """
    if text != "-":
        return text
    typed = typer.get_text_stream("stdin").readline().strip()
    if not typed:
        raise BadUsage(
            say("标准输入里什么也没有。", "Standard input has nothing."),
            say("清除已登记的写“无”", "write “none” to clear the recorded value"),
        )
    return typed


Joined = Annotated[
    date, past_day("--joined", say("入党日期（支部大会通过之日）", "the day of joining the Party"))
]
Full = Annotated[
    date | None,
    typer.Option(parser=read_past_day, metavar=DATE, help=say("转正日期", "full member since")),
]
Since = Annotated[
    date | None,
    past_day(
        "--since",
        say(
            "到本支部的日期（默认入党或台账起始，取后者）",
            "the first day on this roll (default: the day of joining or the ledger's "
            "first day, whichever is later)",
        ),
    ),
]
NewSince = Annotated[
    date | None, past_day("--since", say("到本支部的日期", "the first day on this roll"))
]
DuesTo = Annotated[
    str | None,
    typer.Option(
        "--dues-to",
        parser=read_month,
        metavar=MONTH,
        help=say(
            "介绍信写明的党费交至月份",
            "the last month for which dues were paid, according to the letter of transfer",
        ),
    ),
]
Probationary = Annotated[bool, typer.Option(help=say("预备党员", "a probationary member"))]
CellName = Annotated[str | None, typer.Option("--cell", help=say("党小组", "the cell"))]
Posts = Annotated[
    list[str] | None,
    typer.Option(
        "--post",
        metavar="POST",
        help=say("职务，可重复：", "a post; may be repeated: ") + listed(Post),
    ),
]
GenderOption = Annotated[
    Gender | None,
    typer.Option(
        "--gender",
        parser=read_gender,
        metavar=say("男|女", "male|female"),
        help=say("性别", "gender"),
    ),
]
Birth = Annotated[date | None, past_day("--birth", say("出生日期", "date of birth"))]
IdNumber = Annotated[
    str | None,
    typer.Option(
        "--id-number",
        parser=read_secret,
        metavar="NO|-",
        help=say("身份证号；- 从标准输入读", "the identity number; - reads it from standard input"),
    ),
]
Phone = Annotated[str | None, typer.Option("--phone", help=say("电话", "telephone"))]
CategoryOption = Annotated[
    Category,
    typer.Option("--category", parser=read_category, metavar="CATEGORY", help=listed(Category)),
]
PostArgument = Annotated[Post, typer.Argument(parser=read_post, metavar="POST", help=listed(Post))]
