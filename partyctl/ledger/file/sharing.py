"""A lock shared by all processes that use a ledger, so that no process replaces a ledger in use.

While SQLite writes, a file beside the ledger, the rollback journal, contains the data needed to
undo the write. SQLite finds the rollback journal by the journal's name. If a ledger were replaced
while a process had the old file open, that process could delete the rollback journal of the new
file, because both journals have the same name. The process that writes the new file would then get
a disk error, and if that process were killed, its write could not be rolled back. So a ledger is
replaced only while no other process has it open. The lock is an operating-system lock on the
ledger's folder, so it needs no lock file, and it ends with the process. On file systems without
locks (some network shares), the lock has no effect.
"""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager

from partyctl.errors import Busy
from partyctl.language import say
from partyctl.ledger.file import system_lock
from partyctl.ledger.file.deferred_triggers import arming
from partyctl.ledger.file.flags import FOLDER
from partyctl.ledger.file.places import AnyPath
from partyctl.light import Any, Protocol

PAUSE = 0.005

_alone: set[tuple[int, int]] = set()
"""The folders that this process has locked exclusively."""


class Share:
    """A shared lock on a folder that contains ledgers; `give_back` releases the lock. Raises Busy."""

    def __init__(self, folder: AnyPath, seconds: float) -> None:
        self.descriptor = _open(folder)
        if self.descriptor is not None and _name_of(self.descriptor) not in _alone:
            _lock(self.descriptor, seconds, shared=True)

    def give_back(self) -> None:
        """Release the lock, so that another file can replace the ledger."""
        if self.descriptor is not None:
            os.close(self.descriptor)
            self.descriptor = None


class Sharing(Protocol):
    """A connection that releases its `Share` when it is closed."""

    share: Share | None


def sharing(driver: Any) -> type[Any]:  # noqa: ANN401 - a module has no type of its own
    """A connection class that implements Sharing, made for sqlite3 or for SQLCipher (`driver`)."""

    class Connection(arming(driver)):  # type: ignore[misc]  # SQLite's or SQLCipher's
        share: Share | None = None

        def close(self) -> None:
            try:
                super().close()
            finally:
                if self.share is not None:
                    self.share.give_back()

    return Connection


@contextmanager
def alone(folder: AnyPath, seconds: float) -> Iterator[None]:
    """Lock a folder exclusively.

    During the `with` block, no other process has a ledger of this folder open or can open one.
    Raises Busy.
    """
    descriptor = _open(folder)
    if descriptor is None:
        yield
        return
    name = _name_of(descriptor)
    try:
        _lock(descriptor, seconds)
        _alone.add(name)
        yield
    finally:
        _alone.discard(name)
        os.close(descriptor)


def _open(folder: AnyPath) -> int | None:
    if not system_lock.is_known():  # Windows: an open file cannot be replaced, so no lock is needed
        return None
    try:
        return os.open(folder, os.O_RDONLY | FOLDER)
    except OSError:  # opening the ledger will raise an error that gives the cause
        return None


def _name_of(descriptor: int) -> tuple[int, int]:
    status = os.fstat(descriptor)
    return status.st_dev, status.st_ino


def _lock(descriptor: int, seconds: float, *, shared: bool = False) -> None:
    until = time.monotonic() + seconds
    while True:
        try:
            return system_lock.take(descriptor, shared=shared)
        except BlockingIOError:
            if time.monotonic() > until:
                raise _in_use() from None
            time.sleep(PAUSE)
        except OSError:  # this file system does not support locks
            return None


def _in_use() -> Busy:
    return Busy(
        say("台账正忙：另一个进程正在使用。", "The ledger is busy: another process has it open."),
        say("稍后再试同一条命令", "run the command again a little later"),
    )
