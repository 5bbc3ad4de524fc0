"""The options of `partyctl rules`, and the functions that parse them."""

import re
from datetime import date
from typing import Annotated

import typer

from partyctl.cli.input.options import TEXT, any_day
from partyctl.errors import BadUsage
from partyctl.language import say
from partyctl.law.catalogue import rule_named
from partyctl.law.changes.changes import LAYER, ROLL_FORWARD
from partyctl.law.changes.ladders import read_ladder
from partyctl.terms import Cadence, Layer, Strength, nearest_words, read_term
from partyctl.text import half_width, is_digits

DAY_OF_YEAR = re.compile(r"(\d{1,2})-(\d{1,2})|(\d{1,2})月(\d{1,2})日", re.ASCII)
MOST = 3650
"""The largest number of days, months or times that a rule may have."""


def read_changeable(text: str) -> str:
    """Parse the name of a rule, a layer or a setting. Raises BadUsage."""
    word = text.strip()
    if word == ROLL_FORWARD:
        return word
    for layer in Layer:
        if word in (layer.value, layer.chinese, f"{LAYER}{layer.value}"):
            return f"{LAYER}{layer.value}"
    return rule_named(word).id


def read_layer(text: str) -> str:
    """Parse the name of a layer. Raises BadUsage."""
    return f"{LAYER}{read_term(Layer, text, of=say('层级', 'layer')).value}"


def read_cadence(text: str) -> str:
    """Parse a frequency: quarter, 季度, 每季度. Raises BadUsage."""
    word = text.strip().removeprefix("每")
    return read_term(Cadence, word, of=say("周期", "cadence")).value


def read_strength(text: str) -> Strength:
    """Parse the strength of a rule: must or should. Raises BadUsage."""
    return read_term(Strength, text, of=say("强度", "strength"))


def read_count(text: str, example: str, least: int = 0) -> int:
    """Parse a number of days, months or times.

    Raises BadUsage if the text is not a number, or if the number is over MOST. The error suggests
    `example`: the option with a valid value, such as `--count 2`. The error also names `least`, the
    smallest valid number; the caller must refuse smaller numbers.
    """
    digits = half_width(text)
    if not (is_digits(digits) and len(digits) <= 4 and int(digits) <= MOST):
        raise BadUsage(
            say(
                f"“{text}”不是 {least} 到 {MOST} 的数。",
                f"“{text}” is not a number from {least} to {MOST}.",
            ),
            example,
        )
    return int(digits)


def read_times(text: str) -> int:
    """Parse the number of times that a duty must be done per period.

    Raises BadUsage if the text is not a number from 1 to MOST.
    """
    times = read_count(text, "--count 2", least=1)
    if not times:
        raise BadUsage(
            say("次数至少是 1。", "The number must be at least 1."),
            "partyctl rules disable … --from … --reason …",
        )
    return times


def read_day_of_year(text: str) -> tuple[int, int]:
    """Parse a day that exists in every year: 01-31, 1月31日. Raises BadUsage."""
    match = DAY_OF_YEAR.fullmatch(half_width(text))
    try:
        month, day = (int(part) for part in (match.groups() if match else ()) if part)
        date(2001, month, day)  # 29 February is refused, because 2001 is not a leap year
    except ValueError:
        near = nearest_words(text, ["01-31", "03-31", "12-31"])
        raise BadUsage(
            say(f"“{text}”不是每年都有的一天。", f"“{text}” is not a day that every year has."),
            f"--by {(near or ['01-31'])[0]}",
        ) from None
    return month, day


class DayOfYear(tuple[int, int]):
    """A month and a day.

    This is a separate class, because Typer would read a plain tuple as several arguments.
    """

    __slots__ = ()


RuleName = Annotated[
    str,
    typer.Argument(
        parser=lambda text: rule_named(text).id, metavar="ID", help=say("规则", "the rule")
    ),
]
Changeable = Annotated[
    str,
    typer.Argument(
        parser=read_changeable,
        metavar="ID",
        help=say(
            "规则；休息日顺延写 roll-forward",
            "the rule, or roll-forward (the setting that moves deadlines to a working day)",
        ),
    ),
]
ChangeableOrLayer = Annotated[
    str | None,
    typer.Argument(
        parser=read_changeable,
        metavar="[ID]",
        help=say(
            "规则；全国规定整层写 national，休息日顺延写 roll-forward",
            "a rule; or national: all national rules; or roll-forward: the setting that "
            "moves deadlines to a working day",
        ),
    ),
]
OfLayer = Annotated[
    str | None,
    typer.Option(
        "--layer", parser=read_layer, metavar="LAYER", help=say("整层规则", "all rules of a layer")
    ),
]
From = Annotated[date, any_day("--from", say("从哪天起", "the first day"))]
AppliesBy = Annotated[
    date | None,
    any_day(
        "--as-of",
        say(
            "只列这一天及以前起施行的（默认全部）",
            "list only changes that apply from this day or an earlier day (default: all)",
        ),
    ),
]
Why = Annotated[
    str, typer.Option("--reason", metavar=TEXT, help=say("变更原因", "why the rule changes"))
]
Confirm = Annotated[
    bool,
    typer.Option(
        "--confirm",
        help=say(
            "确认：允许改变过去期间的结论",
            "confirm the change, although results of past periods may change",
        ),
    ),
]
EveryOption = Annotated[
    str | None,
    typer.Option(
        "--every",
        parser=read_cadence,
        metavar="month|quarter|half-year|year",
        help=say("每月、每季度、每半年或每年", "how often"),
    ),
]
Times = Annotated[
    int | None,
    typer.Option(
        "--count",
        parser=read_times,
        metavar="N",
        help=say("每期几次", "how many times in each period"),
    ),
]
DaysOption = Annotated[
    int | None,
    typer.Option(
        "--days",
        parser=lambda text: read_count(text, "--days 15"),
        metavar="N",
        help=say("几日", "how many days"),
    ),
]
MonthsOption = Annotated[
    int | None,
    typer.Option(
        "--months",
        parser=lambda text: read_count(text, "--months 3"),
        metavar="N",
        help=say("几个月", "how many months"),
    ),
]
ByDay = Annotated[
    DayOfYear | None,
    typer.Option(
        "--by",
        parser=lambda text: DayOfYear(read_day_of_year(text)),
        metavar="MM-DD",
        help=say("每年哪天以前", "the day of the year by which the duty must be met"),
    ),
]
Working = Annotated[
    bool | None,
    typer.Option("--working/--calendar", help=say("按工作日或自然日", "working or calendar days")),
]
StrengthOption = Annotated[
    Strength | None,
    typer.Option(
        "--strength",
        parser=read_strength,
        metavar="must|should",
        help=say("应当或建议", "must or should"),
    ),
]
Remind = Annotated[
    str | None,
    typer.Option(
        "--remind",
        parser=lambda text: str(read_ladder(text)),
        metavar="7,2,0,+1,+7w",
        help=say(
            "何时提醒：提前几天，+ 为逾期几天，w 每周，d 每天",
            "when to remind: 7 is 7 days before the deadline, +1 is 1 day after it, +7w "
            "is weekly from the 7th day (d is daily)",
        ),
    ),
]
