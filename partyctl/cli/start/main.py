"""The entry: the short road for `check`, which cron takes, and Typer's for everything else."""

import atexit
import gc
import os
import sys
from collections.abc import Sequence
from typing import NoReturn, TextIO

from partyctl import language
from partyctl.cli.check import answering
from partyctl.cli.session import current, failures, notices
from partyctl.cli.start import consoles, shortcut
from partyctl.errors import BadUsage
from partyctl.language import say

STANDARD_STREAMS = ("stdin", "stdout", "stderr")
READER_GONE = 141
"""As a shell reports a process that SIGPIPE ended."""


def main() -> None:
    """Run the command line of this process and leave with its exit code."""
    # Imports make no garbage; collecting during them costs a tenth of a write command's start.
    gc.disable()
    _open_closed_streams()
    for stream in (sys.stdout, sys.stderr):
        # A console that cannot print a rare character shows its number, and goes on.
        stream.reconfigure(errors=consoles.ERRORS)  # type: ignore[union-attr]  # real files
    try:
        code = run(sys.argv[1:])
        sys.stdout.flush()
    except BrokenPipeError:
        code = READER_GONE  # `| head`
    except (KeyboardInterrupt, EOFError):
        code = failures.report(failures.cancelled())
    except OSError as error:
        # A full disk shows only when the last of the output is written.
        code = failures.report(failures.explain(error))
    for stream in (sys.stdout, sys.stderr):
        _let_go(stream)
    _leave(code)


def _open_closed_streams() -> None:
    """Lead a closed stream (`>&-`, some schedulers) nowhere, as git does.

    Otherwise the next file that is opened gets its number, and is printed into.
    """
    for name in STANDARD_STREAMS:
        if getattr(sys, name) is None:
            nowhere = os.open(os.devnull, os.O_RDWR)  # the lowest number that is free: the stream's
            setattr(sys, name, os.fdopen(nowhere, "r" if name == "stdin" else "w"))


def _let_go(stream: TextIO) -> None:
    """Drop what nobody takes any more; Python would try again at exit, and change the exit code."""
    try:
        stream.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _leave(code: int) -> NoReturn:
    """End the process: at once, where nobody waits to be called at its end.

    Python takes everything apart first, which costs `check` as much as its own start did. All that
    was written is flushed by now, and the ledger is closed.
    """
    is_watched = sys.gettrace() or sys.getprofile() or sys.flags.inspect
    if not is_watched and "threading" not in sys.modules and not atexit._ncallbacks():
        os._exit(code)
    sys.exit(code)


def _no_text() -> BadUsage:
    """What only a line of a batch can hold: no name, no text and no path may."""
    return BadUsage(
        say("命令里有空字符（NUL）。", "The command holds a NUL character."),
        say("去掉这个字符再试", "the same command without that character"),
    )


def run(args: Sequence[str]) -> int:
    """Run one command; its exit code."""
    try:
        language.choose(os.environ.get("PARTYCTL_LANG", ""))
        with notices.told_at_the_end():
            return _run(args)
    except BrokenPipeError:
        raise
    except Exception as error:  # of a notice: no traceback on the screen either
        return failures.report(failures.explain(error))


def _run(args: Sequence[str]) -> int:
    try:
        if any("\0" in arg for arg in args):
            raise _no_text()
        errand = shortcut.errand(list(args))
        if errand is None:
            from partyctl.cli.start import (
                program,  # Typer costs three times what `check` itself does
            )

            return program.run(args)
        current.settle(errand.ledger, errand.branch)
        return answering.answer(errand.asked)
    except BrokenPipeError:
        raise
    except Exception as error:  # the last line: no traceback on the screen
        return failures.report(failures.explain(error))
