"""Detect whether a ledger's file has changed since partyctl last noted its state.

Stored answers are valid only while the file is unchanged. Its state is noted in the user's state
folder: device and inode, owner, mode, size, times of the last change, and the first hundred bytes,
which contain SQLite's count of transactions. Any program that writes, restores, copies or replaces
the file changes at least one of these. A ledger copied from another machine has no note. This
module imports nothing that is slow to load.
"""

import os
import stat

from partyctl.ledger.file import places
from partyctl.ledger.file.digests import digest

HEADER_BYTES = 100
PLAIN = b"SQLite format 3\0"
WAL = 2
SIDE_FILES = ("-journal", "-wal", "-shm")
OURS_ALONE = 0o077
MOST_BYTES = 1024
READ = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


def opened(path: str) -> int:
    """Open a ledger's file for `look` and return the descriptor. Raises OSError.

    Do not close the descriptor while SQLite has the file open in this process: that would release
    SQLite's locks.
    """
    return os.open(path, READ)


def look(descriptor: int) -> str | None:
    """The file's present state; None for a file in which answers cannot be stored. Raises OSError.

    Answers can be stored in a regular file of this user that has only one name (no hard links). It
    must not be in WAL mode, because then the header does not count every transaction.
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
    seen = (
        status.st_dev,
        status.st_ino,
        status.st_mode,
        status.st_gid,
        status.st_size,
        status.st_mtime_ns,
        status.st_ctime_ns,
    )
    return f"{' '.join(map(str, seen))} {header.hex()}"


def look_at(path: str) -> str | None:
    """The present state of a file that this process does not have open. Raises OSError.

    Returns None if a write is in progress or was interrupted.
    """
    if any(os.path.lexists(path + each) for each in SIDE_FILES):
        return None
    descriptor = opened(path)
    try:
        return look(descriptor)
    finally:
        os.close(descriptor)


def note_of(path: str) -> str:
    """The path of the file that contains a ledger's noted state."""
    place = digest(os.path.abspath(path).encode("utf-8", "surrogateescape"))
    return os.path.join(places.state(), "answers", place[:32])


def _is_ours(status: os.stat_result) -> bool:
    return hasattr(os, "geteuid") and status.st_uid == os.geteuid()


def noted(path: str) -> str:
    """The noted state of a ledger; an empty string if others can write the note. Raises OSError."""
    descriptor = os.open(note_of(path), READ)
    try:
        status = os.fstat(descriptor)
        if not _is_ours(status) or status.st_mode & OURS_ALONE:
            return ""
        return os.read(descriptor, MOST_BYTES).decode("ascii", "replace")
    finally:
        os.close(descriptor)
