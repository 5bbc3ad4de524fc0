"""Commands as separate processes, as cron or a shell would start them.

Unless a test depends on Python's own start, the command's process is forked from a parent that has
already done all imports (`forking.py`).
"""

import os
import pty
import select
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import partyctl as package
from tests.support.forking import PARTYCTL, ready_for_all
from tests.support.waiting import PATIENCE

SOURCE = str(Path(package.__file__).parent.parent)
BARE = {"PATH": "/usr/bin:/bin", "PYTHONPATH": SOURCE}

STARTING = ("PYTHONIOENCODING", "PYTHONUTF8", "PYTHONCOERCECLOCALE", "LC_", "LANG")
"""Prefixes of environment variables that Python reads at its start, mainly for encodings."""

Done = subprocess.CompletedProcess[bytes]


def partyctl(
    line: str,
    env: Mapping[str, str] = BARE,
    *,
    redirected: str = "",
    fresh: bool = False,
    **settings: Any,
) -> Done:
    """Run a command line in a separate process; `redirected` is a redirection as in a shell.

    With `fresh`, a new Python is started, for tests of Python's own start. Without `fresh`, the
    process is forked, unless one of the arguments needs a new Python.
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


def run_in(
    folder: Path, words: Sequence[str], env: Mapping[str, str]
) -> subprocess.CompletedProcess[str]:
    """Run any program to its end in a folder; return its output as text."""
    return subprocess.run(
        words,
        cwd=folder,
        env=env,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


ON_A_TERMINAL = """
import os, signal, sys
os.close(os.open(os.ttyname(0), os.O_RDWR))  # now /dev/tty is this terminal
signal.signal(signal.SIGINT, signal.default_int_handler)  # a job in the background ignores it
sys.modules["keyring"] = None
from partyctl.cli.start.main import main
main()
"""


class Screen:
    """A terminal running partyctl: its input and its screen."""

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
        self.wait_for(question)  # getpass discards earlier input before it asks
        self.seen = ""
        os.write(self.terminal, f"{answer}\n".encode())

    def wait_for(self, text: str) -> None:
        while text not in self.seen and self._read():
            pass
        assert text in self.seen

    def leave(self) -> tuple[int, str]:
        while self._read():
            pass
        # Wait before the terminal is closed, because closing it sends SIGHUP to the process.
        code = self.process.wait(PATIENCE)
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
