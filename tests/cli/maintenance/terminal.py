"""A command on a real pseudo-terminal: wait for its output, then type an answer."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterable
from itertools import count
from pathlib import Path

from tests.support.waiting import PATIENCE, wait_until

CTRL_C = "\x03"
POLLS_A_PRESS = 400
"""If the command has not ended after this many checks (20 seconds), we press Ctrl-C again."""


class OnTerminal:
    """A `partyctl` process whose input and output are a terminal."""

    def __init__(self, args: Iterable[str], folder: Path, **env: str) -> None:
        self.master, slave = os.openpty()
        self.shown = ""
        os.set_blocking(self.master, False)
        self.process = subprocess.Popen(
            [sys.executable, "-m", "partyctl", *args],
            cwd=folder,
            env=os.environ | env,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            start_new_session=True,
            preexec_fn=_take_terminal,
        )
        os.close(slave)

    def expect(self, text: str) -> None:
        """Wait until a text appears after the last answer; fail if the command ends before that."""
        wait_until(lambda: self._has_shown(text) or self._has_ended(), f"“{text}” to be shown")
        assert self._has_shown(text), f"it ended with {self.process.returncode}:\n{self.shown}"

    def answer(self, asked: str, typed: str) -> None:
        """Wait for a question, then type an answer and Enter."""
        self.expect(asked)
        self.shown = ""
        self.type(typed + "\n")

    def type(self, text: str) -> None:
        os.write(self.master, text.encode())

    def interrupted(self) -> int:
        """Press Ctrl-C until the command ends, and return the exit code.

        Python misses a Ctrl-C that comes after it has shown a question, but before it waits for the
        answer. Therefore this method presses Ctrl-C several times, as a person would.
        """
        polls = count()

        def has_ended() -> bool:
            if not self._has_ended() and next(polls) % POLLS_A_PRESS == 0:
                self.type(CTRL_C)
            return self._has_ended()

        wait_until(has_ended, "an end after Ctrl-C")
        return self.ended()

    def ended(self) -> int:
        """Wait until the command ends, read all output, and return the exit code."""
        wait_until(self._has_ended, "an end")
        self._read()
        os.close(self.master)
        return self.process.wait(PATIENCE)

    def _has_shown(self, text: str) -> bool:
        self._read()
        return text in self.shown

    def _has_ended(self) -> bool:
        self._read()  # an unread terminal fills up, and the command would wait forever
        return self.process.poll() is not None

    def _read(self) -> None:
        try:
            while found := os.read(self.master, 65536):
                self.shown += found.decode(errors="replace")
        except OSError:  # nothing to read yet, or the other end is closed
            pass


def _take_terminal() -> None:
    """Make the pseudo-terminal this process's controlling terminal, so that Ctrl-C reaches it."""
    import fcntl
    import termios

    signal.signal(signal.SIGINT, signal.default_int_handler)
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
