"""The operating system's lock on an open file or folder: it ends with the process that holds it.

On Windows, `take` does nothing, because Windows has no lock of this kind. Writing records is safe
on Windows too, because SQLite has its own lock for writing, which works on all systems.
"""

import sys

try:
    import fcntl
except ImportError:
    fcntl = None  # type: ignore[assignment]  # not on Windows


def is_known() -> bool:
    """Whether this operating system can lock open files and folders."""
    return fcntl is not None


def take(descriptor: int, *, shared: bool = False) -> None:
    """Lock an open file or folder without waiting.

    Raises BlockingIOError if somebody else holds the lock.
    """
    if sys.platform != "win32" and fcntl is not None:
        fcntl.flock(descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
