"""Kill a restore before its first file system call, then before its second call, and so on.

`python -m tests.support.killed.restore FOLDER FILE` restores the backup FILE over FOLDER/ledger.db.
After a kill that leaves a new combination of files, the program prints whether the ledger is the
old one or the restored one; any other ledger is an error. The program forks, so it is not a part
of pytest's process.
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
    """Restore in a child process that is killed before its nth file system call.

    Return True if the child made fewer than n calls, and therefore finished.
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
    """`old` or `restored`, for the ledger that is in place now; all its rows are compared."""
    if contents.whole(ledger) == old:
        return "old"
    assert contents.digests(ledger) == new
    assert contents.report(ledger).ok
    return "restored"


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
