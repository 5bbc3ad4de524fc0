"""The journal's data on a command: its author, name and moment, and the resulting head."""

import os
import platform
import sys
from contextlib import suppress
from dataclasses import dataclass, field

from partyctl.ledger.journal.acts import Act
from partyctl.ledger.journal.capture import Change, Row
from partyctl.light import NamedTuple


class Head(NamedTuple):
    """The ledger's mark and its newest entry. The entry's hash covers all earlier entries."""

    ledger: str
    seq: int
    hash: str

    @property
    def short(self) -> str:
        """A head in the form for papers: 123-ab12cd34ef567890."""
        return f"{self.seq}-{self.hash[:16]}"


class Event(NamedTuple):
    """An event that changes no row: a revealed field, an erasure, a restore, an undo."""

    act: Act
    record: str
    detail: Row
    row_table: str = ""
    row_key: str = ""


@dataclass
class Command:
    """A command that writes: its name (never its arguments), and the resulting head.

    `restated`: rows entered with only their current values.
    """

    name: str
    actor: str = ""
    host: str = ""
    events: list[Event] = field(default_factory=list)
    restated: list[Change] = field(default_factory=list)
    head: Head | None = None


def new_command(name: str, *events: Event) -> Command:
    """A command of this process, run by the current user."""
    return Command(name, actor(), platform.node(), list(events))


def actor() -> str:
    """The writer: the operating system's user, and the clerk named by PARTYCTL_CLERK."""
    clerk = os.environ.get("PARTYCTL_CLERK", "").strip()
    return f"{_user()} ({clerk})" if clerk else _user()


def _user() -> str:
    if sys.platform != "win32":
        with suppress(ImportError, KeyError):
            import pwd

            return pwd.getpwuid(os.getuid()).pw_name
    return os.environ.get("USERNAME", "?")
