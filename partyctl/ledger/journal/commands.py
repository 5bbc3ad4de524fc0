"""A command as the journal records it: its name, author, computer, events and last entry."""

import os
import platform
import sys
from contextlib import suppress
from dataclasses import dataclass, field

from partyctl.ledger.journal.acts import Act
from partyctl.ledger.journal.capture import Change, Row
from partyctl.light import NamedTuple


class Head(NamedTuple):
    """The newest entry of a ledger's journal. The entry's hash covers all earlier entries."""

    ledger: str
    seq: int
    hash: str

    @property
    def short(self) -> str:
        """The head as printed on papers: 123-ab12cd34ef567890."""
        return f"{self.seq}-{self.hash[:16]}"


class Event(NamedTuple):
    """An event that changes no row, such as a restore, or the showing of a masked field."""

    act: Act
    record: str
    detail: Row
    row_table: str = ""
    row_key: str = ""


@dataclass
class Command:
    """A command that writes to the ledger.

    The journal contains the command's name, never its arguments.

    `restated`: rows whose entries contain only the current values, because the old values were
    erased. `head`: the journal's head after the command's entries were written.
    """

    name: str
    actor: str = ""
    host: str = ""
    events: list[Event] = field(default_factory=list)
    restated: list[Change] = field(default_factory=list)
    head: Head | None = None


def new_command(name: str, *events: Event) -> Command:
    """Make the Command for the journal, with the current user and this computer."""
    return Command(name, actor(), platform.node(), list(events))


def actor() -> str:
    """The author of an entry: the operating system's user, and the clerk named by PARTYCTL_CLERK."""
    clerk = os.environ.get("PARTYCTL_CLERK", "").strip()
    return f"{_user()} ({clerk})" if clerk else _user()


def _user() -> str:
    if sys.platform != "win32":
        with suppress(ImportError, KeyError):
            import pwd

            return pwd.getpwuid(os.getuid()).pw_name
    return os.environ.get("USERNAME", "?")
