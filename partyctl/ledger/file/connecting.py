"""Open a ledger's file: all connections of partyctl are made here.

A plain file is opened with Python's SQLite, and an encrypted file with SQLCipher, which is loaded
only when it is needed.
"""

import os
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from time import monotonic, process_time, sleep

from partyctl.ledger.file.broken_writes import is_hot, require_harmless
from partyctl.ledger.file.failures import damaged, is_busy, sqlite_errors
from partyctl.ledger.file.places import MARKER, AnyPath
from partyctl.ledger.file.sharing import Share, Sharing, alone, sharing
from partyctl.light import TYPE_CHECKING, Literal, cast

if TYPE_CHECKING:
    from types import ModuleType

    from partyctl.ledger.file.keys import Mark

Connection = sqlite3.Connection
"""An open ledger. SQLCipher's connection class has the same methods but is not a subclass of
Python's class. Therefore code casts a connection of an SQLAlchemy engine to this type, and never
checks a connection with isinstance."""

Mode = Literal["ro", "rw"]

PLAIN: type[Connection] = sharing(sqlite3)

BUSY_SECONDS = 30
"""How long a command on a terminal waits for other writers. Of 8 simultaneous writers, the slowest
waited 6.9 s in a test."""

UNATTENDED = 4
"""Commands without a terminal wait this many times as long, because cron repeats them only much
later."""

PAUSE = 0.004
"""The shortest pause, in seconds, between attempts to get the write lock.

The longest pause is twice as long. SQLite's own way of waiting is not used: its pauses grow, so the
process that has waited longest would try least often.
"""

STEPS, MOST_STEPS, MOST_SECONDS = 1_000_000, 2_000_000_000, 120
"""SQLite calls the progress handler every `STEPS` steps of its virtual machine. A query is stopped
when the connection has used more than `MOST_STEPS` steps and the process has used more than
`MOST_SECONDS` of processor time. No query of partyctl itself needs so many steps."""

IN_URI = {ord(sign): f"%{ord(sign):02x}" for sign in "%?#:\\"}
"""The escapes for characters of a path that have a special meaning in a URI."""

SETTINGS = ("trusted_schema = OFF", "cell_size_check = ON", "temp_store = MEMORY", "mmap_size = 0")
"""The settings of every connection: SQL in the file cannot call unsafe functions, and nothing is
written to /tmp."""

WRITING = (
    "foreign_keys = ON",
    "journal_mode = DELETE",
    "synchronous = EXTRA",
    "recursive_triggers = ON",
    "secure_delete = ON",
    "fullfsync = ON",
)
"""The settings of a connection that writes. The journal mode is DELETE, because in the mode WAL,
most versions of SQLite before 3.51.3 can lose commits when two processes write."""


def connect(
    path: AnyPath,
    mode: Mode,
    settings: tuple[str, ...] = (),
    *,
    like: AnyPath | None = None,
    seconds: float | None = None,
) -> Connection:
    """Connect to an existing file; the caller begins transactions.

    The file's first bytes show whether it is encrypted; its marker, the file `….key.json` next to
    it, names the key.
    `like`: the ledger that the caller will copy into the file, which is empty until then. If the
    ledger in `like` is encrypted, the file gets the ledger's key and a matching marker, because
    `Connection.backup` cannot copy from an encrypted file to a plain file.

    While the connection is open, no command of partyctl replaces the file (`sharing`).
    `seconds`: how long to wait for other processes; by default `patience()`.

    If the file has a marker, this function opens the file, reads its first bytes and closes the
    file, before SQLite opens it. Therefore do not call this function while the process holds a lock
    on the file: closing the file would release the lock. Raises NotPermitted if the key is missing
    or wrong, WrongVersion if SQLCipher is needed but not installed, BadInput if the marker does not
    match the file or the rollback journal is not harmless, and Busy if another process is replacing
    a ledger in this folder.

    If a process died while it was writing, its unfinished write must first be rolled back. Only a
    writable connection can roll back a write. So if there is a rollback journal, the connection is
    writable even if `mode` is "ro".
    """
    wait = patience() if seconds is None else seconds
    share = Share(folder_of(path), wait)
    try:
        connection = _open(path, "rw" if is_hot(path) else mode, like, wait)
        cast(Sharing, connection).share = share
        connection.set_progress_handler(_endurance(), STEPS)
        for setting in (*SETTINGS, *settings):
            connection.execute(f"PRAGMA {setting}").close()
    except BaseException as error:
        share.give_back()
        # SQLite's message quotes the damaged schema, so Python cannot decode the message.
        if isinstance(error, UnicodeDecodeError):
            raise damaged() from None
        raise
    return connection


def _endurance() -> Callable[[], bool]:
    """A progress handler that stops endless queries.

    A manipulated file can contain a view that returns rows without end.
    """
    left = count(MOST_STEPS // STEPS, -1)
    until = process_time() + MOST_SECONDS
    return lambda: next(left) <= 0 and process_time() > until


def _open(path: AnyPath, mode: Mode, like: AnyPath | None, wait: float) -> Connection:
    if like is not None and has_marker(like):
        from pathlib import Path

        from partyctl.ledger.file import markers

        markers.lend(Path(like), Path(path))
    address, mark = address_of(path, mode), _mark_of(path)
    if mark is not None:
        from partyctl.ledger.file import encryption, keys

        return encryption.open_file(address, keys.find(mark), wait)
    return sqlite3.connect(
        address,
        uri=True,
        timeout=wait,
        isolation_level=None,
        check_same_thread=False,
        factory=PLAIN,
    )


def patience() -> float:
    """How many seconds this process waits for other processes."""
    is_watched = sys.stderr is not None and sys.stderr.isatty()
    return BUSY_SECONDS if is_watched else BUSY_SECONDS * UNATTENDED


def begin(ledger: Connection) -> None:
    """Take the write lock.

    All waiting processes have the same chance to get the lock, no matter how long they have waited.
    Raises SQLite's error if other processes held the lock until the waiting time ended.
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
def alone_with(path: AnyPath) -> Iterator[None]:
    """Keep other processes out of a ledger's folder, to replace a file in it. Raises Busy."""
    with alone(folder_of(path), patience()):
        yield


def address_of(path: AnyPath, mode: Mode) -> str:
    """The URI with which SQLite opens an existing file but never creates a new file.

    Raises BadInput if the rollback journal next to the file is not harmless (`broken_writes`).
    """
    real = os.path.realpath(path)
    require_harmless(real)
    return f"file:{_escaped(real)}?mode={mode}"


def folder_of(path: AnyPath) -> str:
    """The folder that contains a file."""
    return os.path.dirname(path) or os.curdir


def _escaped(path: str) -> str:
    """A path as a part of a URI. Raises UnicodeEncodeError."""
    path.encode()
    return path.translate(IN_URI)


def has_marker(path: AnyPath) -> bool:
    """Whether a file has a marker and so may be encrypted. The check calls `stat` once."""
    return os.path.exists(f"{os.fspath(path)}{MARKER}")


def is_encrypted(path: AnyPath) -> bool:
    """Whether a file is encrypted. Raises BadInput.

    For an empty file: whether it will be encrypted when something is written to it.
    """
    return _mark_of(path) is not None


def opens_unasked(path: AnyPath) -> bool:
    """Whether a file is plain, or its key is kept in a key file (not in the keyring or typed)."""
    mark = _mark_of(path)
    if mark is None:
        return True
    from partyctl.ledger.file.keys import Kept

    return mark.kept is Kept.FILE


def module_for(path: AnyPath) -> "ModuleType":
    """The module that opens a file: Python's sqlite3, or SQLCipher's.

    Raises the errors that `connect` raises.
    """
    if not is_encrypted(path):
        return sqlite3
    from partyctl.ledger.file import encryption

    return encryption.driver()


def _mark_of(path: AnyPath) -> "Mark | None":
    if not has_marker(path):
        return None
    from pathlib import Path

    from partyctl.ledger.file import markers

    return markers.mark_of(Path(path))
