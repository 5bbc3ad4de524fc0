"""`partyctl remind`: send each reminder of a coming, due or overdue duty once.

The reminders are sent in digests: a digest is one message to one recipient through one channel.
"""

import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from partyctl.cli.input.dates import today
from partyctl.cli.input.options import AsJson, AsOf, any_day
from partyctl.cli.input.useless import refuse_beside
from partyctl.cli.output.answers import tell
from partyctl.cli.output.to_file import to_file
from partyctl.cli.remind.asking import look_on, now
from partyctl.cli.remind.options import Config, DayOfRun
from partyctl.cli.session import current
from partyctl.cli.session.failures import report
from partyctl.cli.session.group import Defaulting
from partyctl.contract.reminding import Digest, Sent, TrialSent, WouldSend
from partyctl.errors import BadUsage, Refused
from partyctl.language import say
from partyctl.ledger.file import handed_in
from partyctl.ledger.file.locking import locked
from partyctl.ledger.file.opening import require_current
from partyctl.ledger.reading.reminding import reminder_state
from partyctl.ledger.reading.reminding import reminders as lists
from partyctl.reminders import settings as setup
from partyctl.reminders.running import Delivery, Outcome, Run
from partyctl.reminders.settings_file import read
from partyctl.show.tables import print_json

SEND = "send"
Object = dict[str, Any]


class RemindGroup(Defaulting):
    """Make `remind` send the reminders if no verb is typed."""

    usual = SEND


app = typer.Typer(
    cls=RemindGroup,
    help=say(
        "提醒：即将到期、到期、逾期的，各说一次（由计划任务执行）",
        "Send each reminder of coming, due and overdue duties once (run by the schedule)",
    ),
    subcommand_metavar="[--dry-run] | test CHANNEL | log | status | secret CHANNEL",
    add_completion=False,
    rich_markup_mode=None,
)


def settings_at(config: Path | None, *, scheduled: bool = False) -> setup.Settings:
    """Return the settings of this run.

    If the given file `config` does not exist, a scheduled run gets the default settings, and any
    other run raises MissingInput.
    """
    return read(config if config is not None and scheduled else setup.place_of(config))


@app.command(
    SEND, help=say("送出提醒（send 可以不写）", "Send the reminders (`send` may be left out)")
)
def send(
    dry_run: Annotated[
        bool,
        typer.Option("--dry-run", help=say("只看会送什么，不送", "only show what would be sent")),
    ] = False,
    as_of: Annotated[
        date | None,
        any_day("--as-of", say("按哪一天（默认今天）", "send as of this day (default: today)")),
    ] = None,
    scheduled: Annotated[
        bool,
        typer.Option("--scheduled", help=say("由计划任务执行", "for scheduled runs only")),
    ] = False,
    trust_clock: Annotated[
        bool,
        typer.Option(
            "--trust-clock",
            help=say("电脑时钟回拨过，现在是对的", "the clock was wrong, but is correct now"),
        ),
    ] = False,
    config: Config = None,
    as_json: AsJson = False,
) -> None:
    """Send reminders, or show them. Exit with 69 if a channel cannot be reached."""
    day, settings = as_of or today(), settings_at(config, scheduled=scheduled)
    if dry_run:
        refuse_beside("--dry-run", trust_clock=trust_clock)
        print_deliveries(_would_send(settings, day), day, as_json=as_json)
        return
    _require_come(day)
    require_current(current.ledger_path())
    run = Run(current.ledger_path(), settings, look_on(day), day, now, quiet=as_json)
    with locked(current.ledger_path(), of="remind"):
        outcome = run.perform(scheduled=scheduled, trust_clock=trust_clock)
    raise typer.Exit(_answer(outcome, day, as_json=as_json))


def _require_come(day: date) -> None:
    if day > today():
        raise Refused(
            say(f"{day} 还没有到，不能提前送出。", f"{day} is in the future."),
            f"partyctl remind --dry-run --as-of {day}",
        )


def _would_send(settings: setup.Settings, day: date) -> list[Delivery]:
    from partyctl.reminders.running import would_send

    with current.reading(day) as reading:
        return list(would_send(reading.ledger, look_on(day)(reading.ledger), settings, day))


def print_deliveries(deliveries: Iterable[Delivery], day: date, *, as_json: bool) -> None:
    """Print what would be sent and to whom.

    If there is nothing to send, print nothing; with --json, print an empty list `digests`.
    """
    if as_json:
        answer: WouldSend = {
            "as_of": str(day),
            "digests": [delivery_as_object(each) for each in deliveries],
        }
        print_json(answer)
        return
    for each in deliveries:
        tell(f"—— {each.channel} → {each.recipient}")
        sys.stdout.write(each.letter.text)


def delivery_as_object(delivery: Delivery) -> Digest:
    """Return a digest as plain data for JSON."""
    return {
        "channel": delivery.channel,
        "recipient": delivery.recipient,
        "subject": delivery.letter.subject,
        "text": delivery.letter.text,
        "items": [
            {
                "rule": due.obligation.rule.id,
                "article": due.obligation.rule.article,
                "period": due.obligation.period,
                "due": str(due.obligation.due) if due.obligation.due else None,
                "status": due.obligation.status,
                "rung": due.rung,
            }
            for due in delivery.dues
        ],
    }


def _answer(outcome: Outcome, day: date, *, as_json: bool) -> int:
    """Report failures; with --json, print the sent digests; return the exit code."""
    if outcome.set_back:
        tell(
            say(
                "注意：电脑时间早于上次提醒的时间，没有安排新的提醒。"
                "时间没错的话：partyctl remind --trust-clock",
                "Note: the clock is earlier than at the last run; no new reminders were planned. "
                "If the clock is correct: partyctl remind --trust-clock",
            ),
            err=True,
        )
    code = max((report(failure) for failure in outcome.failures), default=0)
    if as_json:
        answer: Sent = {
            "as_of": str(day),
            "ok": not outcome.failures,
            "failed": len(outcome.failures),
            "digests": [delivery_as_object(each) for each in outcome.sent],
        }
        print_json(answer)
    return code


@app.command(
    "log",
    help=say("列出提醒，送出和没送出的，新的在前", "List the reminders, sent or not, newest first"),
)
@to_file("提醒记录", "Reminders")
def log(
    last: Annotated[
        int, typer.Option("--last", min=1, max=10_000, help=say("几条", "how many"))
    ] = 20,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """List the digests in the outbox, newest first."""
    from partyctl.cli.remind.printing import print_log

    with current.reading(as_of or today()) as reading:
        rows = lists.digests(reading.ledger, reading.on)[:last]
    print_log(rows, as_json=as_json)


@app.command(
    "status",
    help=say(
        "查看渠道、收件人、排队的和送不出的提醒",
        "Show channels, recipients, the queue, and failed reminders",
    ),
)
@to_file("提醒设置", "Reminders")
def status(config: Config = None, as_of: DayOfRun = None, as_json: AsJson = False) -> None:
    """Show the settings and the last run, and count the digests.

    Count the queued digests, the failed digests, and the new digests that a run would send.
    """
    from partyctl.cli.remind.printing import print_status

    day, place = as_of or today(), setup.place_of(config)
    settings = read(place)
    to_send = _would_send(settings, day)
    with current.reading(day) as reading:
        last, queued = reminder_state.last(reading.ledger), lists.waiting(reading.ledger)
    print_status(settings, place, last, (queued, len(to_send)), day, as_json=as_json)


@app.command("test", help=say("向一个渠道送一份试验提醒", "Send a trial message to a channel"))
def try_out(
    channel: Annotated[str, typer.Argument(metavar="CHANNEL", help=say("渠道", "the channel"))],
    recipient: Annotated[
        str | None,
        typer.Option(
            "--to", help=say("收件人（默认第一个）", "the recipient (default: the channel's first)")
        ),
    ] = None,
    config: Config = None,
    as_json: AsJson = False,
) -> None:
    """Send a trial message. Exit with 69 if the channel does not accept the message."""
    from partyctl.reminders.trial import send_trial

    told = send_trial(settings_at(config), channel, recipient, today())
    if as_json:
        answer: TrialSent = {"ok": True, "channel": channel, "recipient": told}
        print_json(answer)
    else:
        tell(
            say(
                f"试验提醒已交给 {channel}（收件人 {told}）",
                f"{channel} accepted a trial message for {told}",
            ),
            err=channel == setup.SCREEN,
        )


@app.command("secret", help=say("保存渠道的密码或地址", "Store a channel's password or address"))
def secret(
    channel: Annotated[str, typer.Argument(metavar="CHANNEL", help=say("渠道", "the channel"))],
    file: Annotated[
        Path | None,
        typer.Option(
            "--from", metavar="FILE", readable=False, help=say("从文件读", "the file to read")
        ),
    ] = None,
    config: Config = None,
) -> None:
    """Read a secret from the terminal, standard input or a file, and store it."""
    from partyctl.reminders import secrets

    known = settings_at(config).channel(channel)
    if known.kind not in (setup.Kind.MAIL, setup.Kind.CHAT):
        raise BadUsage(
            say(f"渠道 {channel} 用不着密码。", f"The channel {channel} has no secret."),
            f"partyctl remind test {channel}",
        )
    place = secrets.keep(known, _typed(channel, file))
    tell(say(f"已保存到{place}", f"Kept in {place}"))


def _typed(channel: str, file: Path | None) -> str:
    """Read the secret; it is never a command-line argument, which other users could see.

    Raises BadUsage if the secret is empty, and MissingInput if there is no file `file`.
    """
    if file is not None:
        text = handed_in.read_text(file)
    elif current.is_interactive():
        from getpass import getpass

        text = getpass(say(f"{channel} 的密码或地址：", f"Password or address of {channel}: "))
    else:
        text = sys.stdin.readline()
    if not text.strip():
        raise BadUsage(
            say("没有读到密码或地址。", "No secret was read."),
            f"partyctl remind secret {channel} --from …",
        )
    return text.strip()
