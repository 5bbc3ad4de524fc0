"""Store the journal's head (number and hash of the newest entry) outside the ledger too.

Every command that writes records does this. The chain itself cannot show that its last entries were
removed, or that the whole chain was rewritten. To hide such a change, an attacker would also have
to change the heads that are kept outside the ledger: in this user's file of heads, in the backups'
manifests and on printed papers.
"""

import os
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from partyctl.errors import PartyctlError
from partyctl.ledger.file import handed_in, places
from partyctl.ledger.file.files import create_folder
from partyctl.light import NamedTuple

if TYPE_CHECKING:
    from partyctl.ledger.journal.commands import Head

LONGEST_NUMBER = 16
"""A line of the file of heads is skipped if its entry number has this many digits or more."""


MOST_MB = 100
"""The size limit of the file of heads. Each command that writes records adds about
a hundred bytes to the file."""

PROMISE = "promise"
"""In a line that announces a restore, this word follows the time."""


class Anchor(NamedTuple):
    """A head kept outside the ledger: the ledger's mark, the entry's number, the start of its hash.

    The mark, which identifies a ledger, is the start of the hash of its first journal entry.

    `is_promise`: whether the head was announced before a restore. Only an announced restore
    explains why older heads are missing from the chain.
    """

    ledger: str
    seq: int
    hash: str
    path: str = ""
    is_promise: bool = False


def heads_file() -> Path:
    """The path of this user's file of heads, for all ledgers."""
    return Path(places.heads())


def keep(head: "Head", ledger: Path) -> None:
    """Append a head and its ledger's path to the file of heads.

    If the file cannot be written, the command continues. `doctor` warns if the file has no head of
    the ledger.
    """
    _append(f"{_named(head)} {place_of(ledger)}")


def promise(head: "Head") -> None:
    """Announce a restore: write the ledger's future head into the file of heads.

    The announcement reveals forged restores: somebody could remove the journal's last entries and
    add a restore entry as the reason, but then no line in the file of heads would announce that
    restore entry.
    """
    _append(f"{PROMISE} {_named(head)}")


def _named(head: "Head") -> str:
    return f"{head.ledger} {head.seq} {head.hash[:16]}"


def _append(said: str) -> None:
    line = f"{datetime.now(UTC).isoformat(timespec='seconds')} {said}\n"
    with suppress(OSError):
        file = heads_file()
        create_folder(file.parent)
        descriptor = os.open(file, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600)
        try:
            os.write(descriptor, line.encode())
        finally:
            os.close(descriptor)


def place_of(ledger: Path) -> str:
    """A ledger's path as it is written in the file of heads, without spaces."""
    return quote(str(ledger.absolute()))


def mark_at(ledger: Path) -> str | None:
    """Return the mark of the ledger that was at a path when this user last wrote there, or None.

    The search begins at the end of the file, because the file can contain the commands of many
    years.
    """
    with suppress(OSError, PartyctlError):
        said = handed_in.read(heads_file(), MOST_MB)
        end = said.rfind(f" {place_of(ledger)}\n".encode())
        words = said[said.rfind(b"\n", 0, max(end, 0)) + 1 : max(end, 0)].split()
        return words[1].decode("ascii") if len(words) == 4 else None
    return None


def read(file: Path) -> Iterator[Anchor]:
    """Read the heads in a file, skipping other lines. Raises the errors that `handed_in.read` raises."""
    for line in _lines(file):
        words = line.split()[1:]
        is_promise = words[:1] == [PROMISE]
        words = words[1:] if is_promise else words
        if len(words) in (3, 4) and words[1].isdecimal() and len(words[1]) < LONGEST_NUMBER:
            place = words[3] if len(words) == 4 else ""
            yield Anchor(words[0], int(words[1]), words[2], place, is_promise)


def _lines(file: Path) -> list[str]:
    return handed_in.read(file, MOST_MB).decode("utf-8", "replace").splitlines()
