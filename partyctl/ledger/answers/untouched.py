"""Is a ledger's file still as partyctl left it? Answers that are kept in it hold only so long.

What the file looked like is noted in the user's state folder: its place on the disk, owner and mode,
size, the moments of its last change, and the first hundred bytes, where SQLite counts every
transaction. Whoever writes, restores, copies or replaces the file changes some of these, by whatever
program; a ledger from elsewhere has no note. Nothing is imported here that takes long to load.
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
    """A descriptor to look at the file with. Raises OSError.

    Close it while SQLite has the file open in this process, and SQLite's locks are gone.
    """
    return os.open(path, READ)


def look(descriptor: int) -> str | None:
    """What the file looks like now; None if no answer may be kept in such a file. Raises OSError.

    It is a regular file of ours with one name, plain or encrypted, and not in WAL mode, in which the
    header does not show every transaction.
    """
    status = os.fstat(descriptor)
    os.lseek(descriptor, 0, os.SEEK_SET)
    header = os.read(descriptor, HEADER_BYTES)
    if (
        not stat.S_ISREG(status.st_mode)
        or status.st_nlink != 1
        or status.st_uid != os.geteuid()
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
    """The same of a path, while nothing has it open here. Raises OSError.

    None where a write is under way, or was broken off.
    """
    if any(os.path.lexists(path + each) for each in SIDE_FILES):
        return None
    descriptor = opened(path)
    try:
        return look(descriptor)
    finally:
        os.close(descriptor)


def note_of(path: str) -> str:
    """The file in which it is noted what a ledger looks like."""
    place = digest(os.path.abspath(path).encode("utf-8", "surrogateescape"))
    return os.path.join(places.state(), "answers", place[:32])


def noted(path: str) -> str:
    """What a ledger looked like when partyctl left it; empty without a private note. Raises OSError."""
    descriptor = os.open(note_of(path), READ)
    try:
        status = os.fstat(descriptor)
        if status.st_uid != os.geteuid() or status.st_mode & OURS_ALONE:
            return ""
        return os.read(descriptor, MOST_BYTES).decode("ascii", "replace")
    finally:
        os.close(descriptor)
