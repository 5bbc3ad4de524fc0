"""`partyctl schedule`: let cron, systemd or Windows run `remind`."""

import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer

from partyctl.cli.input.dates import today
from partyctl.cli.input.options import AsJson, unused_day
from partyctl.cli.output.answers import tell, tell_unused_day
from partyctl.cli.output.histories import clock
from partyctl.cli.remind.options import Config
from partyctl.cli.session import current
from partyctl.cli.session.group import noun
from partyctl.contract.reminding import Schedule, ScheduleChanged
from partyctl.errors import BadUsage
from partyctl.language import say
from partyctl.ledger.reading.reminding import reminder_state
from partyctl.ledger.writing import outbox
from partyctl.reminders import schedule
from partyctl.reminders.settings import place_of
from partyctl.show.tables import print_json
from partyctl.text import half_width

app = noun("计划任务：按时自动提醒", "Schedule the reminders")


def read_time(text: str) -> schedule.Times:
    """Parse a time of day: 8:30. Raises BadUsage."""
    hour, colon, minute = half_width(text).partition(":")
    try:
        if not (colon and hour.isascii() and minute.isascii() and len(text) <= 5):
            raise ValueError(text)
        moment = datetime.combine(date.min, datetime.min.time()).replace(
            hour=int(hour), minute=int(minute)
        )
    except ValueError:
        raise BadUsage(
            say(f"时间“{text}”读不出来。", f"Cannot read the time “{text}”."), "--at 08:30"
        ) from None
    return schedule.daily_at(moment.hour, moment.minute)


At = Annotated[
    schedule.Times | None,
    typer.Option(
        "--at",
        parser=read_time,
        metavar="HH:MM",
        help=say(
            "每天一次（默认 8:00–18:45 每刻钟）",
            "once a day at this time (default: every 15 minutes from 8:00 to 18:45)",
        ),
    ),
]


def _line(at: schedule.Times | None, config: Path | None) -> str:
    args = schedule.command(current.ledger_path(), place_of(config))
    return schedule.cron_line(args, at or schedule.OFFICE_HOURS)


@app.command(
    "print",
    help=say(
        "打印 crontab 行、systemd 单元或 Windows 计划任务，不改系统",
        "Only print a crontab line, systemd units or a Windows task",
    ),
)
def print_schedule(
    cron: Annotated[bool, typer.Option("--cron", help=say("crontab 行", "a crontab line"))] = False,
    systemd: Annotated[
        bool, typer.Option("--systemd", help=say("systemd 单元", "systemd units"))
    ] = False,
    windows: Annotated[
        bool,
        typer.Option(
            "--windows", help=say("Windows 任务计划程序的 XML", "XML for Windows' Task Scheduler")
        ),
    ] = False,
    at: At = None,
    config: Config = None,
) -> None:
    """Print a line for cron, units for systemd, or a task for Windows."""
    if cron + systemd + windows > 1:
        raise BadUsage(
            say(
                "--cron、--systemd、--windows 选一个。",
                "Choose one of --cron, --systemd and --windows.",
            ),
            "partyctl schedule print --cron",
        )
    if windows:
        _print_task(at, config)
    elif systemd:
        _print_units(at, config)
    else:
        sys.stdout.write(f"{_line(at, config)}\n")


def _print_task(at: schedule.Times | None, config: Path | None) -> None:
    from partyctl.reminders import task_scheduler

    args = schedule.command(current.ledger_path(), place_of(config))
    times = at or schedule.OFFICE_HOURS
    sys.stdout.write(task_scheduler.task(args, times, schedule.environment()))
    told = say("存成文件后导入：", "Save this task as a file, and import the file: ")
    tell(f"{told}schtasks /Create /TN {schedule.UNIT} /XML FILE.xml", err=True)


def _print_units(at: schedule.Times | None, config: Path | None) -> None:
    args = schedule.command(current.ledger_path(), place_of(config))
    for name, text in schedule.units(args, at or schedule.OFFICE_HOURS).items():
        sys.stdout.write(f"# ~/.config/systemd/user/{name}\n{text}\n")
    sys.stdout.write(f"# systemctl --user enable --now {schedule.UNIT}.timer\n")


@app.command(
    help=say(
        "把提醒写进自己的 crontab（先备份，其余各行不动）",
        "Add the reminders to your crontab (a backup is kept)",
    )
)
def install(at: At = None, config: Config = None, as_json: AsJson = False) -> None:
    """Put this ledger's line, between two marks, into the user's crontab; other lines stay."""
    ledger, line = current.ledger_path(), _line(at, config)
    with outbox.opened(ledger) as opened:
        kept = _change(ledger, line)
        outbox.schedule(opened, today(), datetime.now(UTC))
    _answer(say(f"已写进 crontab：{line}", f"In the crontab: {line}"), kept, as_json=as_json)


@app.command(
    help=say(
        "从自己的 crontab 去掉提醒（先备份）",
        "Remove the reminders from your crontab (a backup is kept)",
    )
)
def remove(as_json: AsJson = False) -> None:
    """Remove this ledger's line from the user's crontab; all other lines stay."""
    ledger = current.ledger_path()
    with outbox.opened(ledger) as opened:
        kept = _change(ledger, None)
        outbox.unschedule(opened)
    _answer(say("已从 crontab 拿掉", "Removed from the crontab"), kept, as_json=as_json)


def _change(ledger: Path, line: str | None) -> Path | None:
    from partyctl.reminders import crontab

    old = crontab.read()
    return crontab.replace(old, schedule.with_block(old, ledger, line))


def _answer(sentence: str, kept: Path | None, *, as_json: bool) -> None:
    if as_json:
        answer: ScheduleChanged = {"ok": True, "backup": str(kept) if kept else None}
        print_json(answer)
        return
    tell(sentence)
    if kept is not None:
        tell(say(f"原来的 crontab 存在 {kept}", f"The old crontab is kept in {kept}"))


@app.command(
    help=say(
        "装了没有，上次什么时候运行",
        "Show whether the schedule is installed, and its last run",
    )
)
def show(
    as_of: Annotated[
        date | None,
        unused_day("总是现在的情况", "the schedule is shown as it is now"),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show this ledger's line in the crontab, and when the schedule last ran."""
    from partyctl.reminders import crontab

    tell_unused_day(as_of, say("总是现在的情况", "the schedule is shown as it is now"))
    ledger = current.ledger_path()
    with current.reading(today()) as reading:
        last = reminder_state.last(reading.ledger)
    lines = schedule.block_of(crontab.read(), ledger)
    stale = last.is_stale(datetime.now(UTC))
    if as_json:
        answer: Schedule = {
            "installed": bool(lines),
            "lines": lines,
            "last_run": last.scheduled_at.isoformat() if last.scheduled_at else None,
            "stale": stale,
        }
        print_json(answer)
        return
    for line in lines or [
        say("没有装：partyctl schedule install", "Not installed: partyctl schedule install")
    ]:
        tell(line)
    if last.scheduled_at is not None:
        when = clock(last.scheduled_at.isoformat())
        tell(say(f"上次由计划任务运行：{when}", f"The schedule last ran: {when}"))
