"""SQLite's rollback journal, and the check that a journal is harmless.

A journal can end with the name of another file: the super-journal of a write to several databases.
When SQLite opens the ledger, it deletes the file that the journal names, whatever that file is.
partyctl never writes to two databases at once, so a journal of partyctl's own writes names no other
file.
"""

import os
import stat

from partyctl.errors import BadInput
from partyctl.language import say
from partyctl.ledger.file.flags import NO_LINK, NO_WAIT, RAW
from partyctl.ledger.file.places import AnyPath

NAMES_ANOTHER_FILE = bytes.fromhex("d9d505f920a163d7")
"""A journal that names a super-journal ends with these eight bytes."""


def journal_of(path: AnyPath) -> str:
    """The path of the rollback journal, in which SQLite saves pages before a write changes them."""
    return f"{os.fspath(path)}-journal"


def is_hot(path: AnyPath) -> bool:
    """Whether a write to the file is in progress or was interrupted."""
    return os.path.exists(journal_of(path))


def require_harmless(path: AnyPath) -> None:
    """Check SQLite's rollback journal beside a ledger before SQLite reads it.

    Raises BadInput if the journal contains the name of another file or is not a regular file.
    """
    journal = journal_of(path)
    try:
        descriptor = os.open(journal, os.O_RDONLY | NO_LINK | NO_WAIT | RAW)
    except FileNotFoundError:
        return
    except OSError:  # a link, a socket, or a regular file that we cannot read
        if stat.S_ISREG(os.lstat(journal).st_mode):
            raise
        raise _strange(path, journal) from None
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise _strange(path, journal)
        length = len(NAMES_ANOTHER_FILE)
        os.lseek(descriptor, max(status.st_size - length, 0), os.SEEK_SET)
        if os.read(descriptor, length) == NAMES_ANOTHER_FILE:
            raise _strange(path, journal)
    finally:
        os.close(descriptor)


def _strange(path: AnyPath, journal: str) -> BadInput:
    import shlex

    name = os.path.basename(journal)
    return BadInput(
        say(
            f"{path} 旁边的 {name} 不是 partyctl 写的：打开台账会使 SQLite 删除别的文件。"
            "没有打开。",
            f"{journal} was not written by partyctl, and would make SQLite delete another "
            "file if the ledger were opened. The ledger was not opened.",
        ),
        f"mv {shlex.quote(journal)} {shlex.quote(f'{journal}.strange')}",
    )
