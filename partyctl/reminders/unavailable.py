"""The error for a message that a channel did not accept."""

from partyctl.errors import ChannelUnavailable
from partyctl.language import say
from partyctl.reminders.settings import Channel


def unavailable(channel: Channel, why: str, remedy: str | None = None) -> ChannelUnavailable:
    """Return the error for a message that a channel did not accept.

    `why` must not contain addresses or secrets.
    """
    return ChannelUnavailable(
        say(
            f"提醒渠道 {channel.name} 没有送出：{why}。提醒仍在排队。",
            f"The channel {channel.name} did not accept it: {why}. It stays queued.",
        ),
        remedy or f"partyctl remind test {channel.name}",
    )
