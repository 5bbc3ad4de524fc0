"""Detect whether a ledger's file has changed since partyctl last noted its state.

While the file is unchanged, stored answers are valid, and schema and rows are not checked again.
The file's state is noted in the user's state folder: device and inode, mode, group, size, times of
the last change, and the first hundred bytes, which contain SQLite's count of transactions. Any
program that writes, restores, copies or replaces the file changes at least one of the noted values.
A ledger copied from another machine has no valid note, so it counts as changed. This module imports
nothing that is slow to load.
"""

import os
import stat
import sys
import time

from partyctl.ledger.file import places
from partyctl.ledger.file.digests import digest
from partyctl.ledger.file.flags import NO_LINK, NO_WAIT

# `typing` is not imported, because the import takes a tenth of the time of printing a stored answer.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

ANSWERS, COMPARED = "answers", "compared"
"""The two kinds of notes about a file's state. A note of the first kind says that the file's stored
answers are valid; a note of the second kind says that its schema and rows were checked."""

LINUX_CLOCK = 5
"""CLOCK_REALTIME_COARSE, the clock of Linux's file systems. This clock advances only every few
milliseconds."""

LONGEST_TICK = 0.02
SECONDS_PER_TRY = 0.001
COARSE = 10_000_000
"""A hundredth of a second, in nanoseconds. A file system that stores times only in hundredths of a
second (FAT, on a USB stick) does not show every change."""

HEADER_BYTES = 100
PLAIN = b"SQLite format 3\0"
WAL = 2
SIDE_FILES = ("-journal", "-wal", "-shm")
OURS_ALONE = 0o077
MOST_BYTES = 1024
READ = os.O_RDONLY | NO_LINK | NO_WAIT


def opened(path: str) -> int:
    """Open a ledger's file and return the descriptor, which `look` needs. Raises OSError.

    Do not close the descriptor while SQLite has the file open in this process, because closing it
    would release SQLite's locks.
    """
    return os.open(path, READ)


def look(descriptor: int) -> str | None:
    """Return the file's present state, or None if the state cannot be noted. Raises OSError.

    The state can be noted for a regular file of this user that has only one name (no hard links)
    and at least HEADER_BYTES bytes. The state of a file in WAL mode cannot be noted, because the
    file's header does not count the transactions of WAL mode.
    """
    status = os.fstat(descriptor)
    os.lseek(descriptor, 0, os.SEEK_SET)
    header = os.read(descriptor, HEADER_BYTES)
    if (
        not stat.S_ISREG(status.st_mode)
        or status.st_nlink != 1
        or not _is_ours(status)
        or len(header) < HEADER_BYTES
        or (header.startswith(PLAIN) and WAL in header[18:20])
    ):
        return None
    return place_and_times(status) + header.hex()


def place_and_times(status: os.stat_result) -> str:
    """The first part of a file's state, which can be read without opening the file."""
    seen = (
        status.st_dev,
        status.st_ino,
        status.st_mode,
        status.st_gid,
        status.st_size,
        status.st_mtime_ns,
        status.st_ctime_ns,
    )
    return f"{' '.join(map(str, seen))} "


def look_at(path: str) -> str | None:
    """The present state of a file that this process does not have open. Raises OSError.

    Returns None if the state cannot be noted (`look`), or a write is in progress or was
    interrupted.
    """
    return _looked_at(path, look)


def settled_at(path: str) -> str | None:
    """Like `look_at`, but wait first until the state can be noted (see `settled`)."""
    return _looked_at(path, settled)


def _looked_at(path: str, way: "Callable[[int], str | None]") -> str | None:
    if any(os.path.lexists(path + each) for each in SIDE_FILES):
        return None
    descriptor = opened(path)
    try:
        return way(descriptor)
    finally:
        os.close(descriptor)


def now() -> int:
    """The present time in nanoseconds, by the clock that sets the times of files."""
    if sys.platform == "linux":
        return time.clock_gettime_ns(LINUX_CLOCK)
    return time.time_ns()


def is_past(status: os.stat_result) -> bool:
    """Whether every later change to a file will certainly alter the file's times (mtime or ctime).

    If two changes come within one tick (smallest step) of the clock, the second change does not
    alter the file's times. So partyctl does not note the state of a file that was changed within
    the present tick.
    """
    changed = max(status.st_mtime_ns, status.st_ctime_ns)
    return changed % COARSE != 0 and changed < now()


def settled(descriptor: int) -> str | None:
    """Wait until every later change will certainly alter the file's times; return the file's state.

    Returns None if the state cannot be noted (`look`), the wait takes too long, or the file changes
    meanwhile. Raises OSError.
    """
    seen = look(descriptor)
    until = time.monotonic() + LONGEST_TICK
    while not is_past(os.fstat(descriptor)):
        if time.monotonic() > until:
            return None
        time.sleep(SECONDS_PER_TRY)
    return seen if look(descriptor) == seen else None


def note_of(path: str, what: str = ANSWERS) -> str:
    """The path of the note that contains a ledger's state."""
    place = digest(os.path.abspath(path).encode("utf-8", "surrogateescape"))
    return os.path.join(places.state(), what, place[:32])


def _is_ours(status: os.stat_result) -> bool:
    return hasattr(os, "geteuid") and status.st_uid == os.geteuid()


def noted(path: str, what: str = ANSWERS) -> str:
    """The noted state of a ledger; an empty string if others own the note or can read or change it.

    Raises OSError.
    """
    descriptor = os.open(note_of(path, what), READ)
    try:
        status = os.fstat(descriptor)
        if not _is_ours(status) or status.st_mode & OURS_ALONE:
            return ""
        return os.read(descriptor, MOST_BYTES).decode("ascii", "replace")
    finally:
        os.close(descriptor)


def note(path: str, seen: str | None, what: str = ANSWERS) -> None:
    """Note the state of a ledger (None: the state is unknown). Raises OSError."""
    place = note_of(path, what)
    if not os.path.isdir(os.path.dirname(place)):
        from pathlib import Path

        from partyctl.ledger.file.files import create_folder

        create_folder(Path(place).parent)
    descriptor = os.open(place, os.O_CREAT | os.O_TRUNC | os.O_WRONLY | NO_LINK, 0o600)
    try:
        os.write(descriptor, (seen or "").encode())
    finally:
        os.close(descriptor)
