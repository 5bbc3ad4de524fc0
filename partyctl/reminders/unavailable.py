"""The error for a channel that did not accept a message."""

from partyctl.errors import ChannelUnavailable
from partyctl.language import say
from partyctl.reminders.settings import Channel


def unavailable(channel: Channel, why: str, remedy: str | None = None) -> ChannelUnavailable:
    """The error for a channel that did not accept a message; `why` contains no address or secret."""
    return ChannelUnavailable(
        say(
            f"提醒渠道 {channel.name} 没有送出：{why}。提醒仍在排队。",
            f"The channel {channel.name} did not accept it: {why}. It stays queued.",
        ),
        remedy or f"partyctl remind test {channel.name}",
    )
