"""Note that a ledger's schema and rows were compared, so that an unchanged file is not compared again.

The note is for one state of the file (`untouched`). A question compares a file without a note, and notes it.
A write carries the note over to the file's next state if it found the file as noted, and nobody else wrote in
the meantime. In case of doubt there is no note, and the next question compares (docs/decisions/008).
"""

import os
import sqlite3
from contextlib import suppress
from pathlib import Path

from partyctl.ledger.file import untouched
from partyctl.ledger.file.comparison.table_checks import QUESTIONS, is_large, require_kept
from partyctl.ledger.file.sealed_schema import require_as_sealed
from partyctl.ledger.file.untouched import COMPARED

OPTIONAL_LOCKS = "PARTYCTL_OPTIONAL_LOCKS"

COUNTER = slice(24, 28)
"""Where the header of a plain file counts its transactions."""


def may_note() -> bool:
    """Whether a question may note or store anything."""
    return os.environ.get(OPTIONAL_LOCKS, "") != "0"


def is_noted(path: Path, seen: str | None) -> bool:
    """Whether the rows were compared when the file was in this state."""
    with suppress(OSError):
        return seen is not None and untouched.noted(str(path), COMPARED) == _note_of(seen)
    return False


def note(path: Path, seen: str) -> None:
    """Note that the rows of the file in this state were compared. A failure has no effect on the command."""
    with suppress(OSError):
        untouched.note(str(path), _note_of(seen), COMPARED)


def _note_of(seen: str) -> str:
    """The state, and which comparison was made."""
    return f"{seen} {QUESTIONS.stat().st_mtime_ns}"


class Look:
    """A ledger's file as it was before SQLite opened it in this process."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.seen: str | None = None
        self.is_past = False
        with suppress(OSError):
            self.seen = untouched.look_at(str(path))
            self.is_past = untouched.is_past(path.stat())
        self.is_noted = is_noted(path, self.seen)

    @property
    def is_unchanged(self) -> bool:
        """Whether the file is still as it was. This does not open it, so SQLite keeps its locks."""
        with suppress(OSError):
            times = untouched.place_and_times(self.path.stat())
            return self.seen is not None and self.seen.startswith(times)
        return False

    @property
    def is_compared(self) -> bool:
        """Whether the file is still as it was, and its rows were compared then."""
        return self.is_noted and self.is_unchanged

    def require_compared(self, ledger: sqlite3.Connection) -> None:
        """Check the schema and the rows of the open ledger, unless they were compared in this state.

        Raises Tampered, and errors of SQLite.
        """
        ledger.execute("PRAGMA user_version").fetchone()  # from now on SQLite lets nobody write
        if self.is_compared:
            return
        is_fixed = self.is_past and self.is_unchanged
        require_as_sealed(ledger)
        if is_large(self.path):
            return
        require_kept(ledger)
        if is_fixed and self.seen is not None and may_note():
            note(self.path, self.seen)

    def carry_over(self) -> None:
        """Note the file's next state, after one write of this process to a file that was compared.

        Not if somebody else wrote in the meantime. The counter shows that, but not in an encrypted file.
        """
        with suppress(OSError):
            seen = untouched.settled_at(str(self.path))
            before, after = _transactions(self.seen), _transactions(seen)
            if seen is not None and before is not None and after == before + 1:
                note(self.path, seen)


def _transactions(seen: str | None) -> int | None:
    """How many transactions the file's header counts; None if it is encrypted."""
    header = bytes.fromhex((seen or "").rpartition(" ")[2])
    return int.from_bytes(header[COUNTER], "big") if header.startswith(untouched.PLAIN) else None
