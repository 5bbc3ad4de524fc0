"""Send a trial message, to test a channel before it is used."""

from datetime import date
from hashlib import sha256
from html import escape
from shlex import quote

from partyctl.errors import ChannelUnavailable, NoSuchRecord
from partyctl.language import comma_list, say
from partyctl.law.engine.known import as_word
from partyctl.reminders import channels
from partyctl.reminders.digest import Letter
from partyctl.reminders.settings import OFFICE, Channel, Kind, Settings
from partyctl.reminders.unavailable import trial_failed


def send_trial(settings: Settings, name: str, recipient: str | None, day: date) -> str:
    """Send a trial message through a channel. Returns the recipient's name.

    If no recipient uses the channel, the message goes to the office; on a mail channel,
    NoSuchRecord is raised instead, because the settings have no address of the office for this
    channel. NoSuchRecord is also raised if the channel does not exist, or if the given recipient
    does not use it. Also raises the errors that `channels.send` raises.
    """
    channel = settings.channel(name)
    people = dict.fromkeys((*settings.recipients, OFFICE))
    reached = [who for who in people if name in settings.routes(who)]
    whom = recipient or next(iter(reached), OFFICE)
    routes = settings.routes(whom)
    if name not in routes and (reached or recipient or channel.kind is Kind.MAIL):
        raise _not_reached(channel, whom, reached)
    try:
        channels.send(channel, whom, routes.get(name, ""), day, _trial(day, name, whom))
    except ChannelUnavailable as error:
        raise trial_failed(error) from None
    return whom


def _not_reached(channel: Channel, whom: str, reached: list[str]) -> NoSuchRecord:
    name = channel.name
    if reached:
        known = comma_list(reached)
        return NoSuchRecord(
            say(
                f"渠道 {name} 没有收件人“{whom}”；有：{known}。",
                f"The channel {name} does not reach “{whom}”; it reaches: {known}.",
            ),
            f"partyctl remind test {as_word(name)} --to {quote(reached[0])}",
        )
    return NoSuchRecord(
        say(f"没有收件人用渠道 {name}。", f"No recipient uses the channel {name}."),
        say(
            f"在提醒设置的 [recipients.office] 下写 {channel.line}",
            f"write under [recipients.office] in the settings of reminders: {channel.line}",
        ),
    )


def _trial(day: date, channel: str, whom: str) -> Letter:
    subject = say(f"党务提醒 {day}：试验", f"Reminder {day}: a trial")
    text = say(
        f"这是一份试验提醒，说明渠道 {channel} 可以用。不用办理。",
        f"This is a trial message: the channel {channel} works. You need not do anything.",
    )
    number = sha256(f"{day}|{channel}|{whom}|trial".encode()).hexdigest()[:32]
    head = '<!DOCTYPE html>\n<html><head><meta charset="utf-8"></head>'
    page = f"{head}<body><p>{escape(text)}</p></body></html>\n"
    return Letter(
        subject, f"{subject}\n\n{text}\n", page, text, f"<{number}@trial.partyctl.invalid>"
    )
