"""The entry: the short road for `check`, which cron takes, and Typer's for everything else."""

import gc
import os
import sys
from collections.abc import Sequence

from partyctl.cli import checking, failures, here, shortcut

STANDARD_OUTPUT = 1
READER_GONE = 141
"""As a shell reports a process that SIGPIPE ended."""


def main() -> None:
    """Run the command line of this process and leave with its exit code."""
    # Imports make no garbage; collecting during them costs a tenth of a write command's start.
    gc.disable()
    for stream in (sys.stdout, sys.stderr):
        # A console that cannot print a rare character shows its number, and goes on.
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]  # real files
    try:
        code = run(sys.argv[1:])
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read our output has gone (`| head`); nothing more can be said, not even at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), STANDARD_OUTPUT)
        code = READER_GONE
    except (KeyboardInterrupt, EOFError):
        code = failures.report(failures.cancelled())
    sys.exit(code)


def run(args: Sequence[str]) -> int:
    """Run one command; its exit code."""
    errand = shortcut.errand(list(args))
    if errand is None:
        from partyctl.cli import program  # Typer costs three times what `check` itself does

        return program.run(args)
    here.settle(errand.ledger, errand.branch)
    try:
        return checking.answer(errand.asked)
    except BrokenPipeError:
        raise
    except Exception as error:  # the last line: no traceback on the screen
        return failures.report(failures.explain(error))
