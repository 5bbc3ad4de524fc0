"""Send mail with Python's standard library.

Each digest keeps its Message-ID, so a mail program recognises a digest that arrives twice. The
library apprise is not used for mail, because it gives every mail a new Message-ID.
"""

import smtplib
import ssl
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime

from partyctl.errors import ChannelUnavailable, WrongVersion
from partyctl.language import say
from partyctl.ledger.file.system_words import why
from partyctl.reminders.digest import Letter
from partyctl.reminders.secrets import secret_of
from partyctl.reminders.settings import Channel, Security
from partyctl.reminders.unavailable import unavailable

SECONDS = 30
"""How many seconds to wait for each answer of a server.

The claim of a run on a digest lasts ten times as long (LEASE), so that another run does not send
the digest in the meantime, unless the server takes nearly this long for almost every answer.
"""

PORTS = {Security.TLS: 465, Security.STARTTLS: 587, Security.NONE: 25}
THIS_COMPUTER = ("localhost", "127.0.0.1", "::1")


def send(channel: Channel, address: str, letter: Letter) -> None:
    """Send a digest to the mail server.

    Raises ChannelUnavailable if sending fails, WrongVersion if the password would be sent
    unprotected, and the errors that `secret_of` raises.
    """
    _require_protected(channel)
    password = secret_of(channel) if channel.user else None
    try:
        with _server(channel) as server:
            if channel.security is Security.STARTTLS:
                server.starttls(context=ssl.create_default_context())
            if channel.user:
                server.login(channel.user, password or "")
            server.send_message(message(channel, address, letter))
    except smtplib.SMTPException as error:
        raise _refused(channel, error) from None
    except OSError as error:
        raise unavailable(channel, why(error)) from None


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
            'security = "starttls"',
        )


def _refused(channel: Channel, error: smtplib.SMTPException) -> ChannelUnavailable:
    """Return an error that gives only the code of the server's answer.

    The text of the answer is left out, because it can contain the recipient's address.
    """
    code = getattr(error, "smtp_code", None)
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code = next((code for code, _ in error.recipients.values()), None)
    return unavailable(channel, f"SMTP {code}" if code else type(error).__name__)
