"""The operating system's lock on an open file or folder: it ends with the process that holds it.

Windows has no such lock, so it has no effect there. SQLite's own lock, under which records are
written, is separate and works everywhere.
"""

import sys

try:
    import fcntl
except ImportError:
    fcntl = None  # type: ignore[assignment]  # not on Windows


def is_known() -> bool:
    """Whether this system has such a lock."""
    return fcntl is not None


def take(descriptor: int, *, shared: bool = False) -> None:
    """Lock an open file at once. Raises BlockingIOError if somebody else holds the lock."""
    if sys.platform != "win32" and fcntl is not None:
        fcntl.flock(descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
