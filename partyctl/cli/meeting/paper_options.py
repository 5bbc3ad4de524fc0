"""Options of `partyctl meeting` for values that the printed record of a meeting needs."""

from typing import Annotated

import typer

from partyctl.cli.input.options import NAME, TEXT
from partyctl.cli.meeting.options import read_count
from partyctl.errors import BadUsage
from partyctl.language import say
from partyctl.text import time_of_day


def read_time(text: str, example: str) -> str:
    """Parse a time of day, such as 9:30 or 9点30分.

    Raises BadUsage, which shows `example`: the option with a valid time.
    """
    found = time_of_day(text)
    if found is None:
        raise BadUsage(say(f"时间“{text}”读不出来。", f"Cannot read the time “{text}”."), example)
    return found


def read_ordinal(text: str) -> int:
    """Parse a meeting's number within the year: 3 or 第3次. Raises BadUsage."""
    ordinal = read_count(text.strip().removeprefix("第").removesuffix("次"))
    if ordinal == 0:
        raise BadUsage(
            say("第几次从 1 起。", "Meetings of a year are numbered from 1."), "--ordinal 1"
        )
    return ordinal


Place = Annotated[str | None, typer.Option("--place", metavar=TEXT, help=say("地点", "the place"))]
FromTime = Annotated[
    str | None,
    typer.Option(
        "--from",
        parser=lambda text: read_time(text, "--from 09:30"),
        metavar="HH:MM",
        help=say("开始时间", "the time when the meeting began"),
    ),
]
ToTime = Annotated[
    str | None,
    typer.Option(
        "--to",
        parser=lambda text: read_time(text, "--to 11:30"),
        metavar="HH:MM",
        help=say("结束时间", "the time when the meeting ended"),
    ),
]
Recorder = Annotated[
    str | None,
    typer.Option("--recorder", metavar=NAME, help=say("记录人", "who kept the record")),
]
Guests = Annotated[
    str | None,
    typer.Option(
        "--guests",
        metavar=say("姓名,姓名", "NAME,NAME"),
        help=say("列席人员", "people who attended without a vote"),
    ),
]
Ordinal = Annotated[
    int | None,
    typer.Option(
        "--ordinal",
        parser=read_ordinal,
        metavar="N",
        help=say("本年第几次", "the meeting's number among the year's meetings of this kind"),
    ),
]
Spoke = Annotated[
    list[str] | None,
    typer.Option(
        "--spoke",
        metavar='"NAME:TEXT"',
        help=say(
            "发言要点，可重复；edit 时代替原有的",
            "a speech; may be repeated; with meeting edit, the new speeches replace the "
            "recorded speeches",
        ),
    ),
]
