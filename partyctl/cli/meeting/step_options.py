"""Options of `partyctl meeting step`, the option --excluded, and functions that parse them."""

from decimal import Decimal, InvalidOperation
from typing import Annotated

import typer

from partyctl.cli.input.dates import is_none
from partyctl.cli.input.options import listed
from partyctl.errors import BadUsage
from partyctl.language import say
from partyctl.terms import LifeStep, PackagePart, read_term
from partyctl.text import half_width

LONGEST_DAYS = 100


class Names(tuple[str, ...]):
    """Any number of names.

    This is a separate class, because Typer would read a plain tuple as several arguments.
    """

    __slots__ = ()


def read_step(text: str) -> LifeStep:
    """Parse a step of a democratic-life meeting."""
    return read_term(LifeStep, text, of=say("步骤", "step"))


def read_part(text: str) -> PackagePart:
    """Parse a part of the report on a democratic-life meeting."""
    return read_term(PackagePart, text, of=say("材料", "part"))


def read_names(text: str) -> Names:
    """Parse one or more names: 张三,李四. Raises BadUsage if the text contains no name."""
    typed = text.replace("，", ",").replace("、", ",").split(",")
    names = Names(name.strip() for name in typed if name.strip())
    if not names:
        raise BadUsage(say("没有写是谁。", "Nobody is named."), say("姓名,姓名", "NAME,NAME"))
    return names


def read_excluded(text: str) -> Names:
    """Parse names of members whom a decision excludes from the votes.

    For 无 or none, return no names, so that the recorded names are removed.
    """
    return Names() if is_none(text) else read_names(text)


def read_half_days(text: str) -> int:
    """Parse a number of days; return it in half days, so that 1.5 gives 3. Raises BadUsage."""
    try:
        halves = Decimal(half_width(text)) * 2
        if halves == halves.to_integral_value() and 0 < halves <= 2 * LONGEST_DAYS:
            return int(halves)
    except (InvalidOperation, OverflowError):
        pass
    raise BadUsage(
        say(f"天数“{text}”读不出来：写天数，到半天。", f"Cannot read “{text}” as days."),
        "--days 0.5",
    )


Step = Annotated[
    LifeStep,
    typer.Argument(
        parser=read_step,
        metavar="STEP",
        help=listed(LifeStep),
    ),
]
With = Annotated[
    Names | None,
    typer.Option(
        "--with",
        parser=read_names,
        metavar=say("姓名,…|all", "NAME,…|all"),
        help=say(
            "谁的发言提纲、批评，或向谁反馈",
            "who wrote the outline, made the criticism or received the feedback",
        ),
    ),
]
Days = Annotated[
    int | None,
    typer.Option(
        "--days",
        parser=read_half_days,
        metavar="N",
        help=say(
            "集中学习几天，可写半天（默认 1）",
            "the number of days of study; half days are allowed (default: 1)",
        ),
    ),
]
Parts = Annotated[
    list[PackagePart] | None,
    typer.Option(
        "--part",
        parser=read_part,
        metavar="PART",
        help=listed(PackagePart),
    ),
]
ExcludedNames = Annotated[
    Names | None,
    typer.Option(
        "--excluded",
        parser=read_excluded,
        metavar=say("姓名,姓名", "NAME,NAME"),
        help=say("经决定不计入表决应到的党员", "members whom a decision excludes from the votes"),
    ),
]
