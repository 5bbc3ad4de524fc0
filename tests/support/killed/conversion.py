"""Kill the encryption or decryption of a ledger just before its first step on a file in the
ledger's folder, then before the second step, and so on.

`python -m tests.support.killed.conversion LEDGER KEY|-` encrypts with a new key file KEY. With `-`
in place of KEY, it decrypts. For each step, the program prints whether the process was killed, and
whether the ledger's file was replaced. The program forks, so it is not a part of pytest's process.
"""

import json
import os
import signal
import sys
from contextlib import closing
from pathlib import Path

from partyctl.ledger.file import keys
from partyctl.ledger.file.connecting import connect
from partyctl.ledger.journal.read_chain import Report
from partyctl.ledger.journal.verification import verify
from partyctl.ledger.maintenance.conversion import convert

STEPS = ("open", "os.rename", "os.remove", "os.link", "os.truncate")
OURS = {"ledger.db", "ledger.db.key.json", "ledger.db.lock"}


def report_of(ledger: Path) -> Report:
    with closing(connect(ledger, "ro")) as opened:
        return verify(opened)


def kill_at(step: int, folder: str) -> None:
    """Kill this process just before its nth operation (one of STEPS) on a file in a folder."""
    count = 0

    def look(event: str, args: tuple[object, ...]) -> None:
        nonlocal count
        if event in STEPS and any(str(arg).startswith(folder) for arg in args):
            count += 1
            if count == step:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(look)


def converted(ledger: Path, key: str, step: int) -> int:
    process = os.fork()
    if process == 0:
        kill_at(step, str(ledger.parent))
        convert(ledger, None if key == "-" else keys.new_key(ledger, Path(key)))
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


def restore(contents: dict[Path, bytes]) -> None:
    (folder,) = {each.parent for each in contents}
    for each in folder.iterdir():
        each.unlink()
    for each, content in contents.items():
        each.write_bytes(content)
        each.chmod(0o600)


def killed_at_every_step(ledger: Path, key: str) -> list[tuple[bool, bool]]:
    before, outcomes = report_of(ledger), []
    original = {each: each.read_bytes() for each in ledger.parent.iterdir()}
    for step in range(1, 100):
        restore(original)
        code = converted(ledger, key, step)
        assert report_of(ledger) == before, f"step {step}: another ledger"
        outcomes.append((code == -signal.SIGKILL, ledger.read_bytes() != original[ledger]))
        if code == 0:
            break
        convert(ledger, None)
        left = {each.name for each in ledger.parent.iterdir()} - OURS
        assert not left, f"step {step}: {left} is left"
    return outcomes


if __name__ == "__main__":
    sys.stdout.write(json.dumps(killed_at_every_step(Path(sys.argv[1]), sys.argv[2])))
