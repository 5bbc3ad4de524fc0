"""The journal that SQLite rolls a broken write back with, and what nobody else may put there.

A journal may end with the name of another file, the super-journal of a write to several databases.
Whoever opens the ledger then has SQLite delete that file, whatever it is. partyctl never writes to
two databases at once: a journal of its own names no other file.
"""

import os
import shlex
import stat
from pathlib import Path

from partyctl.errors import BadInput
from partyctl.language import say

NAMES_ANOTHER_FILE = bytes.fromhex("d9d505f920a163d7")
"""The last eight bytes of a journal that ends with the name of a super-journal."""


def journal_of(path: Path) -> Path:
    """Where SQLite keeps what a write is about to change."""
    return Path(f"{path}-journal")


def is_hot(path: Path) -> bool:
    """Whether a write is going on, or broke off."""
    return journal_of(path).exists()


def require_harmless(path: Path) -> None:
    """Make sure, before SQLite sees it, that the journal beside a file speaks of that file alone.

    Raises BadInput for one that names another file, or that is no regular file.
    """
    journal = journal_of(path)
    try:
        descriptor = os.open(journal, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except FileNotFoundError:
        return
    except OSError:  # a link, a socket; what we may not read, SQLite may not either
        if stat.S_ISREG(journal.lstat().st_mode):
            raise
        raise _strange(path, journal) from None
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise _strange(path, journal)
        length = len(NAMES_ANOTHER_FILE)
        if os.pread(descriptor, length, max(status.st_size - length, 0)) == NAMES_ANOTHER_FILE:
            raise _strange(path, journal)
    finally:
        os.close(descriptor)


def _strange(path: Path, journal: Path) -> BadInput:
    return BadInput(
        say(
            f"{path} 旁边的 {journal.name} 不是 partyctl 写的：打开台账会使 SQLite 删除别的文件。"
            "没有打开。",
            f"{journal} was not written by partyctl: it would have SQLite delete another file. "
            "Nothing was opened.",
        ),
        f"mv {shlex.quote(str(journal))} {shlex.quote(f'{journal}.strange')}",
    )
