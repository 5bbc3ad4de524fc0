"""Send a trial message, to test a channel before it is used."""

from datetime import date
from hashlib import sha256

from partyctl.errors import NoSuchRecord
from partyctl.language import say
from partyctl.reminders import channels
from partyctl.reminders.digest import Letter
from partyctl.reminders.settings import OFFICE, Settings


def send_trial(settings: Settings, name: str, recipient: str | None, day: date) -> str:
    """Send a trial message through a channel. Returns the recipient's name.

    Raises NoSuchRecord, and the errors that `channels.send` raises.
    """
    channel = settings.channel(name)
    reached = [who for who in settings.recipients if name in settings.routes(who)]
    whom = recipient or next(iter(reached), OFFICE)
    routes = settings.routes(whom)
    if name not in routes and reached:
        raise NoSuchRecord(
            say(
                f"渠道 {name} 没有收件人“{whom}”；有：{'、'.join(reached)}。",
                f"The channel {name} does not reach “{whom}”; it reaches: {'、'.join(reached)}.",
            ),
            f"partyctl remind test {name} --to {reached[0]}",
        )
    channels.send(channel, whom, routes.get(name, ""), day, _trial(day, name, whom))
    return whom


def _trial(day: date, channel: str, whom: str) -> Letter:
    subject = say(f"党务提醒 {day}：试验", f"Reminder {day}: a trial")
    text = say(
        f"这是一份试验提醒，说明渠道 {channel} 可以用。不用办理。",
        f"This is a trial message: the channel {channel} works. You need not do anything.",
    )
    number = sha256(f"{day}|{channel}|{whom}|trial".encode()).hexdigest()[:32]
    page = f'<!DOCTYPE html>\n<html><head><meta charset="utf-8"></head><body><p>{text}</p></body></html>\n'
    return Letter(
        subject, f"{subject}\n\n{text}\n", page, text, f"<{number}@trial.partyctl.invalid>"
    )
