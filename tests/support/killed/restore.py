"""Kill a restore before its first file system call, then before its second call, and so on.

`python -m tests.support.killed.restore FOLDER FILE`: the ledger is FOLDER/ledger.db, the backup FILE.
If a kill leaves other files than all earlier kills, the program prints whether the old or the restored
ledger is there; anything else is an error. This is a separate program because it forks.
"""

import os
import re
import shutil
import signal
import sys
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

from partyctl.ledger.maintenance import restoring
from tests.support import ledger_contents as contents

CALLS = ("link", "rename", "replace", "unlink", "mkdir")
FINISHED = 9


def kill_before(nth: int) -> None:
    """From now on, kill this process just before its nth file system call."""
    calls = 0

    def dying(real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            nonlocal calls
            calls += 1
            if calls == nth:
                os.kill(os.getpid(), signal.SIGKILL)
            return real(*args, **kwargs)

        return call

    for name in CALLS:
        setattr(os, name, dying(getattr(os, name)))


def restore_killed(nth: int, file: Path, ledger: Path) -> bool:
    """Restore in a child that is killed before its nth call.

    Return True if the child finished because it made fewer calls.
    """
    child = os.fork()
    if child == 0:
        kill_before(nth)
        restoring.restore(file, ledger)
        os._exit(FINISHED)
    _, status = os.waitpid(child, 0)
    return os.WIFEXITED(status) and os.WEXITSTATUS(status) == FINISHED


def main(folder: Path, file: Path) -> None:
    kept, ledger = folder.with_name("kept"), folder / "ledger.db"
    shutil.copytree(folder, kept)
    old, new = contents.whole(ledger), contents.digests(file)
    seen: list[list[str]] = []
    for nth in count(1):
        shutil.rmtree(folder)
        shutil.copytree(kept, folder)
        finished = restore_killed(nth, file, ledger)
        if names(folder) not in seen:  # many kills leave the same files as an earlier kill
            seen.append(names(folder))
            sys.stdout.write(f"{which(ledger, old, new)}\n")
            restoring.restore(file, ledger)
            assert which(ledger, old, new) == "restored"
            assert ledger.stat().st_nlink == 1
        if finished:
            break


def names(folder: Path) -> list[str]:
    """The files in a folder with their sizes; moments and random digits in the names are removed."""
    found = [path for path in folder.rglob("*") if path.is_file()]
    return sorted(f"{re.sub('[0-9a-f]+', '#', path.name)} {path.stat().st_size}" for path in found)


def which(ledger: Path, old: dict[str, str], new: dict[str, str]) -> str:
    """Which of the two ledgers is in place; all rows are compared."""
    if contents.whole(ledger) == old:
        return "old"
    assert contents.digests(ledger) == new
    assert contents.report(ledger).ok
    return "restored"


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
