"""Send digests to chats and other services through apprise (WeCom, DingTalk, Feishu, desktop).

The address of a chat is a secret, because anybody who knows the address can write to the chat.
"""

import logging
import warnings

from partyctl.errors import ChannelUnavailable, WrongVersion
from partyctl.language import say
from partyctl.law.engine.known import as_word
from partyctl.reminders.digest import Letter
from partyctl.reminders.secrets import secret_of
from partyctl.reminders.settings import Channel
from partyctl.reminders.unavailable import unavailable

EXAMPLE = "wecombot://KEY、dingtalk://SECRET@TOKEN、feishu://TOKEN、lark://TOKEN"


def send(channel: Channel, letter: Letter) -> None:
    """Send a digest to a chat.

    Raises ChannelUnavailable if sending fails, WrongVersion if there is no valid address, and the
    errors that `secret_of` raises.
    """
    address = secret_of(channel)
    if address is None:
        raise WrongVersion(
            say(f"渠道 {channel.name} 还没有地址。", f"The channel {channel.name} has no address."),
            f"partyctl remind secret {as_word(channel.name)}",
        )
    with warnings.catch_warnings():
        # Hide warnings about deprecated modules that apprise loads, because users cannot do
        # anything about them.
        warnings.simplefilter("ignore", DeprecationWarning)
        taken = _handed(channel, address, letter)
    if not taken:
        why = say("对方没有接收，或连不上", "it was refused, or the service cannot be reached")
        raise unavailable(channel, why)


def _handed(channel: Channel, address: str, letter: Letter) -> bool:
    """Whether the service accepted the digest."""
    try:
        import apprise
    except ImportError:
        raise _not_installed(channel) from None
    # apprise would print its log, which contains addresses.
    logging.getLogger("apprise").disabled = True
    chat = apprise.Apprise(asset=apprise.AppriseAsset(async_mode=False))
    if not chat.add(address):
        raise WrongVersion(
            say(
                f"渠道 {channel.name} 的地址读不通；写作 {EXAMPLE}。",
                f"The address of {channel.name} is not valid; write {EXAMPLE}.",
            ),
            f"partyctl remind secret {as_word(channel.name)}",
        )
    told = {"title": letter.subject, "body": letter.text}
    return bool(chat.notify(**told, body_format=apprise.NotifyFormat.TEXT))


def _not_installed(channel: Channel) -> ChannelUnavailable:
    why = say("没有安装 apprise", "apprise is not installed")
    return unavailable(channel, why, "pip install 'partyctl[notify]'")
