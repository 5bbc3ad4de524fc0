"""Run command lines, each in its own child process; test_faults runs this program under strace.

In each child, strace makes the 150th call of a kind fail, or kills the child at this call. The
child first makes some calls that do nothing; the number of these calls decides which of the
command's own calls fails. Before the first fork, the parent runs a command on a copy of the ledger,
so that each child has all imports already: the imports take ten times as long as the command.
"""

import io
import json
import os
import signal
import sys
from collections.abc import Callable
from contextlib import redirect_stdout, suppress
from pathlib import Path

from partyctl.cli.start import main

GIVE_UP_AFTER = 600
"""After this many seconds, SIGALRM ends a child that hangs."""


def perform(args: list[str], idle_call: str, times: int, output: str) -> None:
    """Run one command in the child, after some calls on the ledger that do nothing."""
    signal.alarm(GIVE_UP_AFTER)
    for stream in (sys.stdout, sys.stderr):
        os.dup2(os.open(f"{output}.{stream.fileno()}", WRITE_ANEW, 0o600), stream.fileno())
    file = os.open(LEDGER, os.O_RDWR)
    for _ in range(times):
        with suppress(FileNotFoundError):
            IDLE[idle_call](file)
    os.close(file)
    sys.argv = ["partyctl", *args]
    try:
        main.main()
    except SystemExit as left:
        os._exit(left.code if isinstance(left.code, int) else 1)


WRITE_ANEW = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
LEDGER = Path(os.environ["PARTYCTL_LEDGER"])
IDLE: dict[str, Callable[[int], object]] = {
    "pwrite64": lambda file: os.pwrite(file, b"", 0),
    "pread64": lambda file: os.pread(file, 0, 0),
    "fdatasync": os.fdatasync,
    "fsync": os.fsync,
    "unlink": lambda _: os.unlink(f"{LEDGER}-journal"),  # noqa: PTH108 - the very call
}

if __name__ == "__main__":
    practice, output, *practised = sys.argv[1:]
    with redirect_stdout(io.StringIO()):
        assert main.run(["--ledger", practice, *practised]) == 0
    with os.fdopen(os.dup(sys.stdout.fileno()), "w") as answers:
        print("ready", file=answers, flush=True)
        for line in sys.stdin:
            args, idle_call, times = json.loads(line)
            child = os.fork()
            if child == 0:
                perform(args, idle_call, times, output)
            _, status = os.waitpid(child, 0)
            print(os.waitstatus_to_exitcode(status), file=answers, flush=True)
