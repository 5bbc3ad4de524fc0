"""The options of `partyctl remind` that several of its commands share, or that need a long help."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from partyctl.cli.input.options import any_day
from partyctl.language import say

Config = Annotated[
    Path | None,
    typer.Option(
        "--config",
        metavar="FILE",
        readable=False,
        help=say(
            "提醒设置（默认 PARTYCTL_REMINDERS，再默认用户设置文件夹）",
            "the settings file (default: PARTYCTL_REMINDERS, or the file in the user's folder)",
        ),
    ),
]
DayOfRun = Annotated[
    date | None,
    any_day(
        "--as-of",
        say(
            "按这一天算“现在运行会新送”几份（默认今天）；其余总是现在的情况",
            "count the reminders that a run would send on this day (default: today); everything "
            "else is as it is now",
        ),
    ),
]
