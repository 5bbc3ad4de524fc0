"""The lock that allows only one backup, migration, restore or conversion of a ledger at a time.

The lock is an operating-system lock on a file next to the ledger. The lock ends with the process
that holds it, so nobody has to clear a stale lock by hand. The lock file stays: if it were removed,
two processes could lock two files of the same name. Commands that write a record do not need this
lock, because SQLite's own lock protects their writes.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from partyctl.errors import Busy
from partyctl.language import say
from partyctl.ledger.file import leftovers, system_lock
from partyctl.ledger.file.files import create_folder
from partyctl.ledger.file.flags import NO_LINK


@contextmanager
def locked(ledger: Path, *, of: str = "") -> Iterator[None]:
    """Until the `with` block ends, allow no other backup, migration, restore or conversion.

    Raises Busy at once if another process holds the lock. `of`: the name of a task with a separate
    lock (`remind`), which only prevents a second run of this task. Without `of`, drafts of killed
    commands are removed first.
    """
    descriptor = None
    if system_lock.is_known():  # Windows has no lock of this kind: two tasks can run at once
        descriptor = _open(Path(f"{ledger}.{of}.lock" if of else f"{ledger}.lock"))
    if descriptor is None:
        yield
        return
    try:
        try:
            system_lock.take(descriptor)
        except BlockingIOError:
            raise _held(descriptor, of) from None
        os.ftruncate(descriptor, 0)
        os.write(descriptor, str(os.getpid()).encode())
        if not of:
            leftovers.clear(ledger)
        yield
    finally:
        os.close(descriptor)


def is_held(ledger: Path) -> bool:
    """Whether a ledger is being backed up, migrated, restored or converted."""
    try:
        descriptor = os.open(f"{ledger}.lock", os.O_RDWR | NO_LINK)
    except OSError:
        return False
    try:
        system_lock.take(descriptor)
        return False
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)


def _open(file: Path) -> int | None:
    """Open the lock file. Return None in a read-only folder, where no file can be replaced."""
    create_folder(file.parent)
    try:
        return os.open(file, os.O_CREAT | os.O_RDWR | NO_LINK, 0o600)
    except OSError:
        if file.exists() or os.access(file.parent, os.W_OK):
            raise
        return None


def _held(descriptor: int, of: str) -> Busy:
    holder = os.read(descriptor, 20).decode(errors="replace") or "?"
    doing = of and f"partyctl {of}"
    chinese = "备份、升级、恢复或加密、解密这本台账"
    english = "a backup, migration, restore, encryption or decryption"
    return Busy(
        say(
            f"另一个进程（{holder}）正在{doing or chinese}。",
            f"Another process ({holder}) runs {doing or english}.",
        ),
        say("等它结束，再执行同一条命令", "run the command again when that process has ended"),
    )
