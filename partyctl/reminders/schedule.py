"""Run `remind` on a schedule: lines for cron, units for systemd, and our block in a crontab.

In paths, `%` is escaped for cron, and `%`, `$` and quotes are escaped for systemd, because these
characters have a special meaning. Paths with line breaks are refused, because neither cron nor
systemd accepts them.
"""

import os
import shlex
import sys
from collections.abc import Mapping
from pathlib import Path

from partyctl.errors import BadUsage, Refused
from partyctl.language import say
from partyctl.light import NamedTuple

PASSED_ON = ("PARTYCTL_LANG", "PARTYCTL_TZ")
"""The environment variables that the schedule sets for a run, because cron itself sets only a few."""

UNIT = "partyctl-remind"


class Times(NamedTuple):
    """The times of scheduled runs.

    `cron` and `systemd` have their own notations; Windows needs the start, the interval (`every`)
    and the duration (`during`).
    """

    cron: str
    systemd: str
    start: str
    every: str = ""
    during: str = ""


OFFICE_HOURS = Times(
    "*/15 8-18 * * *", "*-*-* 08..18:00/15:00", "08:00:00", "PT15M", during="PT10H46M"
)
"""`remind` runs every quarter of an hour, from 8:00 to 18:45.

So reminders are sent even if the computer is switched on late, and a message that could not be sent
is sent again at a later run (`deliveries.RETRIES`). A run with nothing to send costs as much as
`check`, and prints nothing.
"""


def daily_at(hour: int, minute: int) -> Times:
    """Return the times for one run a day."""
    clock = f"{hour:02d}:{minute:02d}:00"
    return Times(f"{minute} {hour} * * *", f"*-*-* {clock}", clock)


def command(ledger: Path, config: Path) -> list[str]:
    """Return the arguments of a scheduled run, with absolute paths.

    Raises BadUsage if an argument or an environment variable contains a line break or another
    unprintable character.
    """
    args = [sys.executable, "-m", "partyctl", "--ledger", str(ledger.absolute())]
    args += ["remind", "--scheduled", "--config", str(config.absolute())]
    for arg in (*args, *environment().values()):
        if not arg.isprintable():
            raise BadUsage(
                say(
                    f"{arg!r} 里有换行或其他不可打印的字符，不能写进计划任务。",
                    f"{arg!r} contains a line break or another unprintable character, which a "
                    "schedule cannot contain.",
                ),
                say("给文件换个名字", "give the file another name"),
            )
    return args


def environment() -> Mapping[str, str]:
    """Return the values of the environment variables for a scheduled run, keyed by name."""
    return {name: os.environ[name] for name in PASSED_ON if os.environ.get(name)}


def cron_line(args: list[str], times: Times) -> str:
    """Return a line for a crontab. `%` is escaped, because it would end the command."""
    words = [f"{name}={shlex.quote(value)}" for name, value in environment().items()]
    line = " ".join([*words, *map(shlex.quote, args)])
    return f"{times.cron} {line}".replace("%", r"\%")


def units(args: list[str], times: Times) -> dict[str, str]:
    """Return the texts of a service and its timer, keyed by file name."""
    settings = "".join(
        f"Environment={_quoted(f'{name}={value}', variables=False)}\n"
        for name, value in environment().items()
    )
    started = " ".join(_quoted(arg) for arg in args)
    return {
        f"{UNIT}.service": f"[Unit]\nDescription=partyctl remind\n\n[Service]\nType=oneshot\n"
        f"{settings}ExecStart={started}\n",
        f"{UNIT}.timer": f"[Unit]\nDescription=partyctl remind\n\n[Timer]\n"
        f"OnCalendar={times.systemd}\nPersistent=true\n\n[Install]\nWantedBy=timers.target\n",
    }


def _quoted(arg: str, *, variables: bool = True) -> str:
    """Quote an argument for systemd."""
    escaped = arg.replace("\\", r"\\").replace('"', r"\"").replace("%", "%%")
    return f'"{escaped.replace("$", "$$") if variables else escaped}"'


# The block of a ledger in a crontab


def _marks(ledger: Path) -> tuple[str, str]:
    return (
        f"# >>> partyctl remind {ledger.absolute()}",
        f"# <<< partyctl remind {ledger.absolute()}",
    )


def block_of(crontab: str, ledger: Path) -> list[str]:
    """Return the lines of a ledger's block in the crontab, without the marks around the block.

    Return an empty list if the ledger has no block. Raises Refused.
    """
    lines = _lines(crontab)
    found = _place(lines, ledger)
    return lines[found[0] + 1 : found[1]] if found else []


def with_block(crontab: str, ledger: Path, line: str | None) -> str:
    """Return the crontab with `line` in the ledger's block, or without the block if `line` is None.

    Raises Refused.

    All other lines are left unchanged.
    """
    lines = _lines(crontab)
    first, last = _marks(ledger)
    block = [] if line is None else [first, line, last]
    found = _place(lines, ledger)
    if found:
        lines[found[0] : found[1] + 1] = block
    else:
        lines += block
    return "".join(f"{each}\n" for each in lines)


def _lines(crontab: str) -> list[str]:
    """Split the crontab as cron does: only a line feed ends a line."""
    return crontab.removesuffix("\n").split("\n") if crontab else []


def _place(lines: list[str], ledger: Path) -> tuple[int, int] | None:
    first, last = _marks(ledger)
    counts = lines.count(first), lines.count(last)
    if counts == (0, 0):
        return None
    if counts == (1, 1) and lines.index(first) < lines.index(last):
        return lines.index(first), lines.index(last)
    raise Refused(
        say(
            "crontab 里 partyctl 的标记不成对，没有改动。",
            "partyctl's begin and end marks in the crontab do not match; nothing was changed.",
        ),
        "crontab -e",
    )
