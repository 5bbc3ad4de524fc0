"""Who has a ledger open: all share it, but for whoever puts another file in its place.

SQLite knows a write that broke off by the name of its journal. A process that has the old file
open takes the journal of a write to the new one for its own, and deletes it: whoever writes then
gets a disk error, and, if killed, has nothing to roll back with. So a ledger is replaced while
nobody has it open. The lock is the operating system's, on the folder: it needs no file, and goes
with the process. Where the file system has none (some network shares), nothing is kept out.
"""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

from partyctl.errors import Busy
from partyctl.language import say
from partyctl.ledger.file.deferred_triggers import arming

try:
    import fcntl
except ImportError:  # Windows, which lets nobody replace a file that is open
    fcntl = None  # type: ignore[assignment]  # not on Windows

PAUSE = 0.005

_alone: set[tuple[int, int]] = set()
"""The folders that this process has to itself."""


class Share:
    """A part in the use of a folder's ledgers, until it is given back. Raises Busy."""

    def __init__(self, folder: Path, seconds: float) -> None:
        self.descriptor = _open(folder)
        if self.descriptor is not None and _name_of(self.descriptor) not in _alone:
            _lock(self.descriptor, fcntl.LOCK_SH, seconds)

    def give_back(self) -> None:
        """From now on, another file may take the place of one that was open."""
        if self.descriptor is not None:
            os.close(self.descriptor)
            self.descriptor = None


class Sharing(Protocol):
    """A connection that gives its share back when it is closed."""

    share: Share | None


def sharing(driver: Any) -> type[Any]:  # noqa: ANN401 - a module has no type of its own
    """A kind of connection, SQLite's or SQLCipher's, that is Sharing."""

    class Connection(arming(driver)):  # type: ignore[misc]  # which of the two, only the file says
        share: Share | None = None

        def close(self) -> None:
            try:
                super().close()
            finally:
                if self.share is not None:
                    self.share.give_back()

    return Connection


@contextmanager
def alone(folder: Path, seconds: float) -> Iterator[None]:
    """Nobody else has a ledger of a folder open, or opens one. Raises Busy."""
    descriptor = _open(folder)
    if descriptor is None:
        yield
        return
    name = _name_of(descriptor)
    try:
        _lock(descriptor, fcntl.LOCK_EX, seconds)
        _alone.add(name)
        yield
    finally:
        _alone.discard(name)
        os.close(descriptor)


def _open(folder: Path) -> int | None:
    if fcntl is None:
        return None
    try:
        return os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except OSError:  # whoever opens the ledger itself is told better what is wrong
        return None


def _name_of(descriptor: int) -> tuple[int, int]:
    status = os.fstat(descriptor)
    return status.st_dev, status.st_ino


def _lock(descriptor: int, how: int, seconds: float) -> None:
    until = time.monotonic() + seconds
    while True:
        try:
            return fcntl.flock(descriptor, how | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > until:
                raise _in_use() from None
            time.sleep(PAUSE)
        except OSError:  # no such locks on this file system
            return None


def _in_use() -> Busy:
    return Busy(
        say("台账正忙：另一个进程正在使用。", "The ledger is busy: another process has it open."),
        say("稍后再试同一条命令", "the same command again, a little later"),
    )
