"""What is said of a channel that did not take a message."""

from partyctl.errors import ChannelUnavailable
from partyctl.language import say
from partyctl.reminders.settings import Channel


def unavailable(channel: Channel, why: str) -> ChannelUnavailable:
    """A channel that did not take a message; `why` holds no address and no secret."""
    return ChannelUnavailable(
        say(
            f"提醒渠道 {channel.name} 没有送出：{why}。提醒仍在排队。",
            f"The channel {channel.name} did not take it: {why}. It stays queued.",
        ),
        f"partyctl remind test {channel.name}",
    )
