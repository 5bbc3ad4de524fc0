"""Commands as processes of their own, as cron or a shell would start them.

Where nothing depends on how Python itself starts, the process is forked from one that has done its
imports (`forking.py`).
"""

import os
import pty
import select
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import partyctl as package
from tests.support.forking import PARTYCTL, ready_for_all
from tests.support.waiting import PATIENCE

SOURCE = str(Path(package.__file__).parent.parent)
BARE = {"PATH": "/usr/bin:/bin", "PYTHONPATH": SOURCE}

STARTING = ("PYTHONIOENCODING", "PYTHONUTF8", "PYTHONCOERCECLOCALE", "LC_", "LANG")
"""The environment variables that Python reads when it starts: the encodings, above all."""

Done = subprocess.CompletedProcess[bytes]


def partyctl(
    line: str,
    env: Mapping[str, str] = BARE,
    *,
    redirected: str = "",
    fresh: bool = False,
    **settings: Any,
) -> Done:
    """A command line in a process of its own; `redirected` as a shell would.

    `fresh` for tests of the start itself; the others' processes are forked where they can be.
    """
    fresh = fresh or bool(redirected or settings)
    if fresh or any(name.startswith(STARTING) for name in env):
        done = started(line, env, redirected, settings)
    else:
        done = ready_for_all().run(PARTYCTL, line.split(), env)
    assert b"Traceback" not in done.stderr, done.stderr.decode(errors="replace")
    assert done.returncode != 1, done.stderr.decode(errors="replace")
    return done


def started(line: str, env: Mapping[str, str], redirected: str, settings: dict[str, Any]) -> Done:
    args = [sys.executable, "-m", "partyctl", *line.split()]
    shell = ["sh", "-c", f'exec "$@" {redirected}', "sh"] if redirected else []
    settings = {"stdin": subprocess.DEVNULL, "env": env, "timeout": PATIENCE} | settings
    return subprocess.run([*shell, *args], capture_output=True, check=False, **settings)


ON_A_TERMINAL = """
import os, signal, sys
os.close(os.open(os.ttyname(0), os.O_RDWR))  # now /dev/tty is this terminal
signal.signal(signal.SIGINT, signal.default_int_handler)  # a job in the background ignores it
sys.modules["keyring"] = None
from partyctl.cli.start.main import main
main()
"""


class Screen:
    """A terminal with partyctl in it: what is typed, and what can be seen."""

    def __init__(self, *args: str) -> None:
        self.seen = ""
        self.terminal, end = pty.openpty()
        self.process = subprocess.Popen(
            [sys.executable, "-c", ON_A_TERMINAL, *args],
            **dict.fromkeys(("stdin", "stdout", "stderr"), end),
            start_new_session=True,
        )
        os.close(end)

    def answer(self, question: str, answer: str) -> None:
        self.wait_for(question)  # getpass asks once it has forgotten what was typed before
        self.seen = ""
        os.write(self.terminal, f"{answer}\n".encode())

    def wait_for(self, text: str) -> None:
        while text not in self.seen and self._read():
            pass
        assert text in self.seen

    def leave(self) -> tuple[int, str]:
        while self._read():
            pass
        code = self.process.wait(PATIENCE)  # before the terminal goes away, which would hang it up
        os.close(self.terminal)
        return code, self.seen

    def _read(self) -> bool:
        ready, _, _ = select.select([self.terminal], [], [], PATIENCE)
        try:
            read = os.read(self.terminal, 4096) if ready else b""
        except OSError:  # the other end was closed
            read = b""
        self.seen += read.decode(errors="replace")
        return bool(read)
