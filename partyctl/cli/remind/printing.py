"""Print the digests (reminder messages) in the outbox, and the settings."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from partyctl.cli.output.answers import tell
from partyctl.cli.output.histories import clock
from partyctl.contract.reminding import RemindStatus
from partyctl.language import comma_list, say, with_colon
from partyctl.ledger.reading.reminding.reminder_state import Last
from partyctl.ledger.reading.reminding.states import DeliveryState
from partyctl.reminders.settings import OFFICE, SCREEN, Settings
from partyctl.show.tables import Line, print_json, print_table
from partyctl.terms import stored_term

Object = dict[str, Any]
TONES = {
    DeliveryState.PENDING: "due",
    DeliveryState.SENDING: "due",
    DeliveryState.SENT: "met",
    DeliveryState.DEAD: "overdue",
    DeliveryState.CANCELLED: "waived",
}


def print_log(rows: Sequence[Mapping[str, Any]], *, as_json: bool) -> None:
    """Print the digests in the outbox."""
    if as_json:
        print_json(rows)
        return
    if not rows:
        tell(say("还没有送过提醒。", "Nothing was sent yet."))
        return
    headings = (
        "#",
        say("日期", "day"),
        say("渠道", "channel"),
        say("收件人", "to"),
        say("事项", "items"),
        say("状态", "state"),
        say("送出", "sent"),
    )
    print_table(headings, [_line(row) for row in rows])


def _line(row: Mapping[str, Any]) -> Line:
    state = stored_term(DeliveryState, row["state"])
    cells = (
        str(row["id"]),
        row["day"],
        row["channel"],
        row["recipient"],
        str(row["items"]),
        state.label,
        clock(row["sent_at"]) if row["sent_at"] else "",
    )
    why = row["last_error"] if state in (DeliveryState.PENDING, DeliveryState.DEAD) else None
    return Line(cells, TONES[state], why and f"→ {why}")


def print_status(
    settings: Settings,
    place: Path,
    last: Last,
    counted: tuple[int, int],
    day: date,
    *,
    as_json: bool,
) -> None:
    """Print the settings' path, the recipients' channels, the last run, and the counts of digests.

    `counted`: the number of queued digests, and the number of new digests that a run on `day` would
    send. Dead letters (digests that failed several times) are not counted as queued.
    """
    queued, to_send = counted
    if as_json:
        answer: RemindStatus = {
            "as_of": str(day),
            "config": str(place),
            "channels": [
                {"name": each.name, "kind": each.kind} for each in settings.channels.values()
            ],
            "recipients": [
                {"name": who, "channels": list(by)} for who, by in _recipients(settings).items()
            ],
            "last_run": last.at.isoformat() if last.at else None,
            "last_scheduled": last.scheduled_at.isoformat() if last.scheduled_at else None,
            "queued": queued,
            "dead": last.dead,
            "to_send": to_send,
        }
        print_json(answer)
        return
    exists = "" if place.exists() else say("（没有，用标准输出）", " (none: standard output)")
    lines = [
        (say("设置", "settings"), f"{place}{exists}"),
        *(
            (say("收件人", "recipient"), with_colon(who, comma_list(by)))
            for who, by in _recipients(settings).items()
        ),
        (say("上次运行", "last run"), clock(last.at.isoformat()) if last.at else "—"),
        (say("排队", "queued"), str(queued)),
        (say("多次未送出", "dead letters"), str(last.dead)),
        (say("现在运行会新送", "a run would send"), str(to_send)),
    ]
    names = (say("项目", "what"), say("内容", "state"))
    print_table(("", ""), [Line(each) for each in lines], in_file=names)


def _recipients(settings: Settings) -> dict[str, dict[str, str]]:
    """Return each recipient's channels with their addresses; the recipient `office` is included."""
    return {OFFICE: {SCREEN: ""}} | settings.recipients
