"""The error for a message that a channel did not accept."""

from partyctl.bilingual import many
from partyctl.errors import ChannelUnavailable, PartyctlError
from partyctl.language import say
from partyctl.law.engine.known import as_word
from partyctl.reminders.settings import Channel


def unavailable(channel: Channel, why: str, remedy: str | None = None) -> ChannelUnavailable:
    """Return the error for a message that a channel did not accept.

    `why` must not contain addresses or secrets.
    """
    return ChannelUnavailable(
        say(
            f"提醒渠道 {channel.name} 没有送出：{why}。",
            f"The channel {channel.name} did not accept the message: {why}.",
        ),
        remedy or f"partyctl remind test {as_word(channel.name)}",
    )


def tried_again(error: PartyctlError, attempt: int, *, is_dead: bool) -> PartyctlError:
    """Say in the error when the reminder will be sent again.

    Only a ChannelUnavailable is changed; any other error is returned as it is.

    `is_dead`: whether the reminder is now a dead letter, after `attempt` attempts.
    """
    if not is_dead:
        return _with(error, say("提醒仍在排队。", " It stays queued."))
    return _with(
        error,
        say(
            f"已经 {attempt} 次没有送出，以后每天再试一次。",
            f" It failed {many(attempt, 'time')}; from now on, partyctl tries once a day.",
        ),
    )


def trial_failed(error: ChannelUnavailable) -> PartyctlError:
    """Add to the error that the trial message was not sent. Trial messages are never queued."""
    return _with(error, say("试验提醒没有送出。", " The trial message was not sent."))


def _with(error: PartyctlError, fate: str) -> PartyctlError:
    if not isinstance(error, ChannelUnavailable):
        return error
    return ChannelUnavailable(f"{error.sentence}{fate}", error.remedy)
