"""Send mail with Python's standard library.

Each digest keeps its Message-ID, so a mail program recognises a digest that arrives twice. The
library apprise is not used for mail, because it gives every mail a new Message-ID.
"""

import smtplib
import ssl
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime

from partyctl.errors import WrongVersion
from partyctl.language import say
from partyctl.law.engine.known import as_word
from partyctl.reminders.digest import Letter
from partyctl.reminders.mail_refusals import refused
from partyctl.reminders.secrets import secret_of
from partyctl.reminders.settings import Channel, Security
from partyctl.reminders.values import key

SECONDS = 30
"""How many seconds to wait for each answer of a server.

A run claims a digest before it sends the digest: no other run may send it until the claim expires.
The claim lasts ten times as long as one answer may take (LEASE). It can expire too early only if
the server takes nearly this long for almost every answer.
"""

PORTS = {Security.TLS: 465, Security.STARTTLS: 587, Security.NONE: 25}
THIS_COMPUTER = ("localhost", "127.0.0.1", "::1")


def send(channel: Channel, address: str, letter: Letter) -> None:
    """Send a digest to the mail server.

    Raises ChannelUnavailable if sending fails, WrongVersion if the password is missing or would be
    sent unprotected, and the errors that `secret_of` raises.
    """
    _require_protected(channel)
    password = _password(channel) if channel.user else ""
    try:
        with _server(channel) as server:
            if channel.security is Security.STARTTLS:
                server.starttls(context=ssl.create_default_context())
            if channel.user:
                server.login(channel.user, password)
            server.send_message(message(channel, address, letter))
    except (smtplib.SMTPException, OSError, UnicodeError) as error:
        raise refused(channel, error) from None


def message(channel: Channel, address: str, letter: Letter) -> EmailMessage:
    """Write the mail as plain text and as HTML."""
    mail = EmailMessage()
    mail["Subject"] = letter.subject
    mail["From"] = channel.sender
    mail["To"] = address
    mail["Date"] = format_datetime(datetime.now(UTC))
    mail["Message-ID"] = letter.message_id
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(letter.text)
    mail.add_alternative(letter.html, subtype="html")
    return mail


def _server(channel: Channel) -> smtplib.SMTP:
    port = channel.port or PORTS[channel.security]
    if channel.security is Security.TLS:
        context = ssl.create_default_context()
        return smtplib.SMTP_SSL(channel.server, port, timeout=SECONDS, context=context)
    return smtplib.SMTP(channel.server, port, timeout=SECONDS)


def _require_protected(channel: Channel) -> None:
    """Refuse to send a password over an unprotected connection. Raises WrongVersion."""
    if channel.security is Security.NONE and channel.user and channel.server not in THIS_COMPUTER:
        raise WrongVersion(
            say(
                f"渠道 {channel.name} 会明文发送密码。",
                f"The channel {channel.name} would send its password unencrypted.",
            ),
            say(
                f'在提醒设置的 [channels.{key(channel.name)}] 下写 security = "starttls"',
                f"write under [channels.{key(channel.name)}] in the settings of reminders: "
                'security = "starttls"',
            ),
        )


def _password(channel: Channel) -> str:
    """Return the password of the channel's user. Raises WrongVersion if there is none."""
    password = secret_of(channel)
    if password is None:
        raise WrongVersion(
            say(
                f"渠道 {channel.name} 还没有密码。", f"The channel {channel.name} has no password."
            ),
            f"partyctl remind secret {as_word(channel.name)}",
        )
    return password
