"""The one place where a ledger's file is opened: every connection of partyctl is made here.

A plain file is opened by Python's SQLite, an encrypted one by SQLCipher, which is loaded only then.
"""

import os
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from time import monotonic, process_time, sleep
from types import ModuleType
from typing import TYPE_CHECKING, Literal, cast
from urllib.parse import quote

from partyctl.ledger.file.broken_writes import is_hot, require_harmless
from partyctl.ledger.file.failures import damaged, is_busy, sqlite_errors
from partyctl.ledger.file.files import MARKER
from partyctl.ledger.file.sharing import Share, Sharing, alone, sharing

if TYPE_CHECKING:
    from partyctl.ledger.file.keys import Mark

Connection = sqlite3.Connection
"""What can be done with an open ledger. SQLCipher's has the same methods and is no subclass: what
comes from an engine is cast to this, never asked for its type."""

Mode = Literal["ro", "rw"]

PLAIN: type[Connection] = sharing(sqlite3)

BUSY_SECONDS = 30
"""How long somebody at a terminal waits for another writer; 8 at once waited 6.9 s when measured."""

UNATTENDED = 4
"""How many times as long a command waits that nobody looks at: cron's comes back much later."""

PAUSE = 0.004
"""Between two tries for the write lock. SQLite's own pauses grow: who waited longest tries least."""

STEPS, MOST_STEPS, MOST_SECONDS = 1_000_000, 2_000_000_000, 120
"""How often SQLite asks, in steps of its machine; after how many steps, and how many seconds of this
process's work, one connection has done more than any ledger needs."""

SETTINGS = ("trusted_schema = OFF", "cell_size_check = ON", "temp_store = MEMORY", "mmap_size = 0")
"""For every connection: nothing in the file may run code, nothing goes to /tmp."""

WRITING = (
    "foreign_keys = ON",
    "journal_mode = DELETE",
    "synchronous = EXTRA",
    "recursive_triggers = ON",
    "secure_delete = ON",
    "fullfsync = ON",
)
"""journal_mode DELETE: WAL of SQLite before 3.51.3 can lose commits of two processes."""


def connect(
    path: Path, mode: Mode, settings: tuple[str, ...] = (), *, like: Path | None = None
) -> Connection:
    """A connection to a file that exists; transactions are begun by whoever asks for them.

    The file says whether it is encrypted, the marker beside it with which key. `like` is for a
    copy into an empty file: it is to be encrypted, or not, as that ledger is, with the same key,
    and gets a marker that says so. Both ends of `Connection.backup` are then of one kind.

    As long as it is open, no other file takes this one's place (`using`).

    Where there is a marker the file's first bytes are read before it is opened, so it must not be
    called while this process holds a lock on that file: closing it would drop the lock. Raises
    NotPermitted without the key, BadInput for a file that the marker is not for, Busy.

    A ledger whose writer died has a hot journal, which only a connection that may write can roll
    back, even for a reader.
    """
    share = Share(path.parent, patience())
    try:
        connection = _open(path, "rw" if is_hot(path) else mode, like)
        cast(Sharing, connection).share = share
        connection.set_progress_handler(_endurance(), STEPS)
        for setting in (*SETTINGS, *settings):
            connection.execute(f"PRAGMA {setting}").close()
    except BaseException as error:
        share.give_back()
        if isinstance(error, UnicodeDecodeError):  # in what SQLite says of a damaged schema
            raise damaged() from None
        raise
    return connection


def _endurance() -> Callable[[], bool]:
    """What SQLite asks now and then, whether to stop: a view in a file from elsewhere may be endless."""
    left = count(MOST_STEPS // STEPS, -1)
    until = process_time() + MOST_SECONDS
    return lambda: next(left) <= 0 and process_time() > until


def _open(path: Path, mode: Mode, like: Path | None) -> Connection:
    if like is not None and has_marker(like):
        from partyctl.ledger.file import markers

        markers.lend(like, path)
    address, mark = address_of(path, mode), _mark_of(path)
    if mark is not None:
        from partyctl.ledger.file import encryption, keys

        return encryption.open_file(address, keys.find(mark), patience())
    return sqlite3.connect(
        address,
        uri=True,
        timeout=patience(),
        isolation_level=None,
        check_same_thread=False,
        factory=PLAIN,
    )


def patience() -> float:
    """For how many seconds this process waits for others."""
    is_watched = sys.stderr is not None and sys.stderr.isatty()
    return BUSY_SECONDS if is_watched else BUSY_SECONDS * UNATTENDED


def begin(ledger: Connection) -> None:
    """Take the write lock; of those who wait, each has the same chance, however long it has waited.

    Raises an error of SQLite where others held it all the time.
    """
    until = monotonic() + patience()
    ledger.execute("PRAGMA busy_timeout = 0").close()
    try:
        while not _began(ledger, last=monotonic() > until):
            sleep(PAUSE * (1 + os.urandom(1)[0] / 255))
    finally:
        ledger.execute(f"PRAGMA busy_timeout = {round(patience() * 1000)}").close()


def _began(ledger: Connection, *, last: bool) -> bool:
    try:
        ledger.execute("BEGIN IMMEDIATE").close()
    except sqlite_errors("OperationalError") as error:
        if last or not is_busy(error):
            raise
        return False
    return True


@contextmanager
def alone_with(path: Path) -> Iterator[None]:
    """While nobody else has a ledger open: now another file may take its place. Raises Busy."""
    with alone(path.parent, patience()):
        yield


def address_of(path: Path, mode: Mode) -> str:
    """A file as SQLite is told to open it, and never to create it.

    Raises BadInput for one beside which lies a journal that would have SQLite delete other files.
    """
    require_harmless(path.resolve())
    return f"file:{quote(str(path.resolve()))}?mode={mode}"


def has_marker(path: Path) -> bool:
    """Whether a file may be encrypted: most ledgers are not, and pay one look for it."""
    return Path(f"{path}{MARKER}").exists()


def is_encrypted(path: Path) -> bool:
    """Whether a file is encrypted, or, being empty, will be. Raises BadInput."""
    return _mark_of(path) is not None


def module_for(path: Path) -> ModuleType:
    """The module that opens a file: Python's own, or SQLCipher's. Raises as connect."""
    if not is_encrypted(path):
        return sqlite3
    from partyctl.ledger.file import encryption

    return encryption.driver()


def _mark_of(path: Path) -> "Mark | None":
    if not has_marker(path):
        return None
    from partyctl.ledger.file import markers

    return markers.mark_of(path)
