"""Note which ledger files were compared (checked), so that an unchanged file is not compared again.

To compare a file means to check its schema against the journal, and its rows against the
constraints of their tables. In a large ledger, only the schema is checked, and no note is written.
A note is valid for one state of the file (`untouched`). If a file has no note, a command that
reads records compares the file and then writes the note. If a command changes a plain file that has
a note, it writes a new note for the file's new state, unless somebody else wrote to the file
meanwhile. If the file's state is in doubt, no note is written, and the next command that reads
records compares the file (docs/decisions/008).
"""

import os
import sqlite3
from contextlib import suppress

from partyctl.ledger.file import untouched
from partyctl.ledger.file.comparison.table_checks import QUESTIONS, is_large, require_kept
from partyctl.ledger.file.places import AnyPath
from partyctl.ledger.file.untouched import COMPARED

OPTIONAL_LOCKS = "PARTYCTL_OPTIONAL_LOCKS"

COUNTER = slice(24, 28)
"""The bytes in a plain file's header that contain SQLite's count of transactions."""


def may_note() -> bool:
    """Whether a command that only reads is allowed to write notes and store answers.

    With the environment variable PARTYCTL_OPTIONAL_LOCKS=0, no reading command writes notes or
    stores answers.
    """
    return os.environ.get(OPTIONAL_LOCKS, "") != "0"


def is_noted(path: AnyPath, seen: str | None) -> bool:
    """Whether a note says that the file was compared in the state `seen`."""
    with suppress(OSError):
        return seen is not None and untouched.noted(os.fspath(path), COMPARED) == _note_of(seen)
    return False


def note(path: AnyPath, seen: str) -> None:
    """Note that the file was compared in the state `seen`. File-system errors are ignored."""
    with suppress(OSError):
        untouched.note(os.fspath(path), _note_of(seen), COMPARED)


def _note_of(seen: str) -> str:
    """The content of a note.

    A note contains the file's state, and the modification time of `table_checks.sql`. So if this
    file of queries changes, all notes become invalid.
    """
    return f"{seen} {os.stat(QUESTIONS).st_mtime_ns}"


class Look:
    """A ledger's file as it was before SQLite opened it in this process."""

    def __init__(self, path: AnyPath) -> None:
        self.path = path
        self.seen: str | None = None
        self.is_past = False
        with suppress(OSError):
            self.seen = untouched.look_at(os.fspath(path))
            self.is_past = untouched.is_past(os.stat(path))
        self.is_noted = is_noted(path, self.seen)

    @property
    def is_unchanged(self) -> bool:
        """Whether the file is certainly unchanged since this object was created.

        The file is not opened here, because closing any descriptor of a file releases the locks
        that SQLite holds on it.
        """
        with suppress(OSError):
            times = untouched.place_and_times(os.stat(self.path))
            return self.seen is not None and self.seen.startswith(times)
        return False

    @property
    def is_compared(self) -> bool:
        """Whether the file was compared in its present state."""
        return self.is_noted and self.is_unchanged

    def require_compared(self, ledger: sqlite3.Connection) -> None:
        """Check the open ledger's schema and rows (in a large ledger only the schema).

        A file that was already compared is not checked. Raises Tampered, and errors of SQLite.
        """
        # This query takes SQLite's read lock, so nobody can commit to the file during the check.
        ledger.execute("PRAGMA user_version").fetchone()
        if self.is_compared:
            return
        is_fixed = self.is_past and self.is_unchanged
        from partyctl.ledger.file.sealed_schema import require_as_sealed  # imports json

        require_as_sealed(ledger)
        if is_large(self.path, ledger):
            return
        require_kept(ledger)
        if is_fixed and self.seen is not None and may_note():
            note(self.path, self.seen)

    def carry_over(self) -> None:
        """Note a compared file's new state after our own write, so that it is not compared again.

        Nothing is noted if the transaction counter in the header shows that somebody else wrote
        meanwhile, or if the file is encrypted, because then the counter cannot be read.
        """
        with suppress(OSError):
            seen = untouched.settled_at(os.fspath(self.path))
            before, after = _transactions(self.seen), _transactions(seen)
            if seen is not None and before is not None and after == before + 1:
                note(self.path, seen)


def _transactions(seen: str | None) -> int | None:
    """SQLite's count of transactions, from the header in `seen`; None if unknown or encrypted."""
    header = bytes.fromhex((seen or "").rpartition(" ")[2])
    return int.from_bytes(header[COUNTER], "big") if header.startswith(untouched.PLAIN) else None
