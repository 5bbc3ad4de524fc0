"""Options and arguments that several commands share, with their parsers."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Annotated

import typer
from typer.models import OptionInfo

from partyctl.calendar import Period
from partyctl.cli.input.dates import (
    MonthRun,
    read_day,
    read_last_day,
    read_month,
    read_months,
    read_past_day,
    read_period,
)
from partyctl.errors import BadUsage
from partyctl.language import say
from partyctl.money import read_yuan
from partyctl.terms import Term
from partyctl.text import is_digits

DATE, MONTH, YUAN = say("日期", "DATE"), say("月份", "MONTH"), say("元", "YUAN")
NAME, TITLE = say("姓名", "NAME"), say("名称", "NAME")
TEXT, NUMBER = say("文字", "TEXT"), say("编号", "ID")
LONGEST_NUMBER = 9


def read_number(text: str) -> int:
    """Parse a record's number, typed as 7 or #7. Raises BadUsage."""
    digits = text.strip().removeprefix("#")
    if not (is_digits(digits) and len(digits) <= LONGEST_NUMBER):
        raise BadUsage(
            say(f"编号“{text}”读不出来。", f"Cannot read the number “{text}”."),
            say("编号写作 7 或 '#7'", "write a number as 7 or '#7'"),
        )
    return int(digits)


def read_amount(text: str, example: str = "--amount 76.50") -> int:
    """Parse an amount of money greater than zero; return it in 分. Raises BadUsage.

    `example`: the option with a valid amount; the error for an amount of zero shows this example.
    """
    amount = read_yuan(text)
    if amount == 0:
        raise BadUsage(say("金额须大于零。", "The amount must be more than zero."), example)
    return amount


def past_day(flag: str, meaning: str) -> OptionInfo:
    """Declare an option for a day that must not be in the future."""
    return _day(flag, read_past_day, meaning)


def any_day(flag: str, meaning: str) -> OptionInfo:
    """Declare an option for a day in the past or in the future."""
    return _day(flag, read_day, meaning)


def last_day(meaning: str) -> OptionInfo:
    """Declare the option --to for a last day; if it is not given, the recorded last day is kept."""
    kept = say(
        "不写时保留已登记的，写“无”即没有期限",
        "default: the recorded day stays; write “none” for no last day",
    )
    return _day("--to", read_last_day, say(f"{meaning}（{kept}）", f"{meaning} ({kept})"))


def _day(flag: str, read: Callable[[str], date], meaning: str) -> OptionInfo:
    option: OptionInfo = typer.Option(flag, parser=read, metavar=DATE, help=meaning)
    return option


Number = Annotated[
    int, typer.Argument(parser=read_number, metavar=NUMBER, help=say("编号", "the record's number"))
]


def listed(words: Iterable[Term]) -> str:
    """List the words of a vocabulary for a help text: members 党员大会、committee 支委会."""
    return say(
        "、".join(f"{each.value} {each.chinese}" for each in words),
        ", ".join(each.value for each in words),
    )


Person = Annotated[str, typer.Argument(metavar=NAME, help=say("姓名，或 #编号", "a name, or #ID"))]
On = Annotated[
    date | None,
    past_day("--on", say("发生的日期（默认今天）", "the day it happened (default: today)")),
]
AS_OF = any_day(
    "--as-of", say("按哪一天看（默认今天）", "show the state on this day (default: today)")
)
AsOf = Annotated[date | None, AS_OF]


def unused_day(chinese: str, english: str) -> OptionInfo:
    """Declare --as-of for an answer that is the same on every day; the help says why.

    Every command that reads takes --as-of, so that scripts can add it to any of them.
    """
    return any_day("--as-of", say(f"不起作用：{chinese}", f"has no effect: {english}"))


AsJson = Annotated[bool, typer.Option("--json", help=say("输出 JSON", "print JSON"))]
Reason = Annotated[
    str, typer.Option("--reason", metavar=TEXT, help=say("作废原因", "why it is voided"))
]
VoidReason = Annotated[
    str | None,
    typer.Option(
        "--void",
        metavar=TEXT,
        help=say("作废这一条，写明原因", "void this record; give the reason"),
    ),
]
FromDay = Annotated[date, past_day("--from", say("起始日期", "from this day"))]
ToDay = Annotated[date | None, last_day(say("截止日期", "the last day"))]
FromMonth = Annotated[
    str,
    typer.Option(
        "--from", parser=read_month, metavar=MONTH, help=say("起始月份", "the first month")
    ),
]
ToMonth = Annotated[
    str,
    typer.Option(
        "--to",
        parser=read_month,
        metavar=MONTH,
        help=say("截止月份", "the last month"),
    ),
]
Months = Annotated[
    MonthRun,
    typer.Option(
        "--month",
        parser=read_months,
        metavar="2026-01[..2026-06]",
        help=say("哪个月，或连续几个月", "the month, or consecutive months"),
    ),
]
Amount = Annotated[
    int,
    typer.Option(
        "--amount", parser=read_amount, metavar=YUAN, help=say("金额（元）", "the amount in yuan")
    ),
]
MakesUp = Annotated[
    Period | None,
    typer.Option(
        "--makes-up",
        parser=read_period,
        metavar="2026-03",
        help=say("补的是哪一期", "the earlier period that this record makes up for"),
    ),
]
