"""Send a digest (one message with all reminders for a recipient) through a channel.

If sending fails, an error is raised (usually ChannelUnavailable), and the digest stays in the
queue.

A digest that is sent to a folder or to the desktop becomes a file, which is written atomically. In
a folder, the file's name contains the day and the recipient. On the desktop, the file's name
contains only the recipient; the file for the office (the default recipient) has no recipient in its
name. A digest replaces an earlier file of the same name. If the process is killed after it sent a
mail or chat message but before it recorded that the message was sent, the next run sends the
message again. Two copies of a mail have the same Message-ID. Two copies of a chat message show the
same reference number.
"""

import sys
from datetime import date
from pathlib import Path

from partyctl.ledger.file.files import write
from partyctl.ledger.file.system_words import why
from partyctl.reminders.digest import Letter
from partyctl.reminders.settings import OFFICE, Channel, Kind
from partyctl.reminders.unavailable import unavailable

UNSAFE = frozenset('/\\:*?"<>|')


def send(channel: Channel, recipient: str, address: str, day: date, letter: Letter) -> None:
    """Send a digest through a channel.

    Raises ChannelUnavailable if sending fails, WrongVersion if the settings are invalid, the errors
    that `secret_of` raises, and OSError if the digest cannot be printed.
    """
    match channel.kind:
        case Kind.STDOUT:
            sys.stdout.write(letter.text)
            sys.stdout.flush()
        case Kind.FILE | Kind.DESKTOP:
            _write(channel, recipient, day, letter)
        case Kind.MAIL:
            from partyctl.reminders import mail

            mail.send(channel, address, letter)
        case Kind.CHAT:
            from partyctl.reminders import chat

            chat.send(channel, letter)


def _write(channel: Channel, recipient: str, day: date, letter: Letter) -> None:
    text = letter.markdown if channel.markdown else letter.html
    try:
        write(_file_of(channel, recipient, day), text)
    except OSError as error:
        raise unavailable(channel, why(error)) from None


def _file_of(channel: Channel, recipient: str, day: date) -> Path:
    if channel.kind is Kind.DESKTOP:
        whose = "" if recipient == OFFICE else f"-{_named(recipient)}"
        return (channel.folder or _desktop()) / f"党务提醒{whose}.html"
    assert channel.folder is not None
    return channel.folder / f"{day}-{_named(recipient)}.{'md' if channel.markdown else 'html'}"


def _named(recipient: str) -> str:
    """Make a recipient's name safe for use in a file name."""
    return "".join("_" if each in UNSAFE else each for each in recipient)


def _desktop() -> Path:
    from platformdirs import user_desktop_path

    return user_desktop_path()
