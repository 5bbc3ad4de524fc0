"""Say in words why a mail was not sent.

The server's own text is left out, because it can contain the recipient's address. The code of its
answer is shown, because the mail server's administrator can look it up.
"""

import smtplib
import socket
import ssl

from partyctl.errors import ChannelUnavailable
from partyctl.language import say
from partyctl.law.engine.known import as_word
from partyctl.ledger.file.system_words import why
from partyctl.reminders.settings import Channel
from partyctl.reminders.unavailable import unavailable

LOGIN_WANTED = (530, 534, 538)
"""The codes with which a server answers if it requires a login, or another kind of login."""

UNREADABLE = -1
"""The code that smtplib gives to an answer that does not begin with a code."""


def refused(
    channel: Channel, error: smtplib.SMTPException | OSError | UnicodeError
) -> ChannelUnavailable:
    """Return the error for a mail that was not sent."""
    if isinstance(error, smtplib.SMTPAuthenticationError):
        told = say("服务器不接受用户名或密码", "the server refused the user or the password")
        return unavailable(channel, _with_code(told, error.smtp_code), _new_secret(channel))
    if isinstance(error, smtplib.SMTPException):
        return unavailable(channel, _told_by_server(error))
    if isinstance(error, OSError):
        return unavailable(channel, _not_reached(error))
    return _not_ascii(channel, error)


def _new_secret(channel: Channel) -> str:
    return f"partyctl remind secret {as_word(channel.name)}"


def _with_code(told: str, code: int) -> str:
    return say(f"{told}（SMTP {code}）", f"{told} (SMTP {code})")


def _told_by_server(error: smtplib.SMTPException) -> str:
    if isinstance(error, smtplib.SMTPServerDisconnected):
        if isinstance(error.__context__, TimeoutError):
            return _too_late()
        return say("服务器断开了连接", "the server closed the connection")
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return _of_the_recipient(error)
    if isinstance(error, smtplib.SMTPResponseException):
        return _of_an_answer(error)
    return _lacking(str(error))


def _of_the_recipient(error: smtplib.SMTPRecipientsRefused) -> str:
    code = next((code for code, _ in error.recipients.values()), UNREADABLE)
    if code >= 500:
        told = say("服务器不接受收件人的地址", "the server refused the recipient's address")
    else:
        told = say(
            "服务器暂时不接受给这个收件人的邮件",
            "the server does not accept mail for this recipient at present",
        )
    return _with_code(told, code)


def _of_an_answer(error: smtplib.SMTPResponseException) -> str:
    code = error.smtp_code
    if code == UNREADABLE:
        return say(
            "应答的不是邮件服务器；检查设置里的 server 和 port",
            "the answer is not from a mail server; check server and port in the settings",
        )
    if code in LOGIN_WANTED:
        told = say(
            "服务器要求登录；设置里写 user", "the server wants a login; set user in the settings"
        )
    elif isinstance(error, smtplib.SMTPSenderRefused):
        told = say(
            "服务器不接受设置里 from 的地址",
            "the server refused the sender's address; check from in the settings",
        )
    elif code >= 500:
        told = say("服务器拒收", "the server refused the mail")
    else:
        told = say("服务器暂时不收", "the server does not accept the mail at present")
    return _with_code(told, code)


def _lacking(text: str) -> str:
    """Say what the server does not support. `text`: the words of smtplib."""
    if "STARTTLS" in text:
        return say(
            '服务器不支持 STARTTLS；试试 security = "tls"',
            'the server does not support STARTTLS; try security = "tls"',
        )
    if "AUTH" in text.upper():
        return say(
            "服务器不支持用密码登录，或要先加密",
            "the server does not accept a login with a password, or only with encryption",
        )
    return say(
        "服务器不支持带中文等文字的邮箱地址",
        "the server does not support mail addresses with letters beyond a to z",
    )


def _not_reached(error: OSError) -> str:
    if isinstance(error, socket.gaierror):
        return say("找不到这个服务器名，或没有联网", "no server with this name was found")
    if isinstance(error, ssl.SSLCertVerificationError):
        return say("服务器的证书不可信", "the server's certificate is not trusted")
    if isinstance(error, ssl.SSLError):
        return say(
            "没能建立加密连接；检查设置里的 port 和 security",
            "no encrypted connection was made; check port and security in the settings",
        )
    if isinstance(error, TimeoutError):
        return _too_late()
    return why(error)


def _too_late() -> str:
    return say(
        "服务器没有及时应答；检查设置里的 port 和 security",
        "the server did not answer in time; check port and security in the settings",
    )


def _not_ascii(channel: Channel, error: UnicodeError) -> ChannelUnavailable:
    """Return the error for a text that the protocol cannot send."""
    if isinstance(error, UnicodeEncodeError) and error.encoding == "ascii":
        told = say(
            "用户名或密码里有英文字母、数字和常用符号以外的字符",
            "the user or the password has characters beyond English letters, digits and signs",
        )
        return unavailable(channel, told, _new_secret(channel))
    return unavailable(
        channel,
        say("设置里的 server 不是服务器名", "server in the settings is not a server's name"),
    )
