"""Processes for tests, forked from a parent that has already imported the modules.

Each process has its own arguments, environment, folder and input. A forked process behaves like a
new process except for two things: Python's own start (encodings, closed streams), and the modules
that a command imports. A test that checks these two things must start a new process (`processes.py`).
"""

import atexit
import gc
import json
import os
import pkgutil
import socket
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cache
from importlib import import_module
from pathlib import Path

import partyctl
from partyctl.cli.start.commands import COMMANDS
from tests.support.waiting import PATIENCE

ROOT = str(Path(__file__).parents[2])
PARTYCTL = "from partyctl.__main__ import main\nmain()\n"
MOST_BYTES = 150_000
"""The longest request: a program, its arguments and its environment."""


class Parent:
    """A process that has imported some modules and forks children."""

    def __init__(self, imports: Sequence[str]) -> None:
        self.requests, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.requests.settimeout(2 * PATIENCE)
        with theirs:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "tests.support.forking", str(theirs.fileno()), *imports],
                env={"PATH": "/usr/bin:/bin", "PYTHONPATH": ROOT},
                stdin=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
            )
        assert self.requests.recv(10) == b"ready"
        atexit.register(self.close)

    def run(
        self, program: str, args: Sequence[str], env: Mapping[str, str], typed: str = ""
    ) -> subprocess.CompletedProcess[bytes]:
        """Run a program, given as text, in a separate process; return its output."""
        with (
            tempfile.TemporaryFile() as stdin,
            tempfile.TemporaryFile() as out,
            tempfile.TemporaryFile() as err,
        ):
            stdin.write(typed.encode())
            stdin.seek(0)
            request = json.dumps([program, [*args], {**env}, str(Path.cwd())]).encode()
            assert len(request) < MOST_BYTES
            streams = [each.fileno() for each in (stdin, out, err)]
            socket.send_fds(self.requests, [request], streams)
            code = int(self.requests.recv(10))
            out.seek(0)
            err.seek(0)
            return subprocess.CompletedProcess([*args], code, out.read(), err.read())

    def begin(self, program: str, args: Sequence[str], env: Mapping[str, str], out: int) -> None:
        """Start a program that writes its output to `out`; the method `ended` waits for its end."""
        request = json.dumps([program, [*args], {**env}, str(Path.cwd())]).encode()
        assert len(request) < MOST_BYTES
        with Path(os.devnull).open("r+") as nothing:
            streams = [nothing.fileno(), out, nothing.fileno()]
            socket.send_fds(self.requests, [request], streams)

    def ended(self) -> int:
        """Wait for a started program; return its exit code, negative for a signal."""
        return int(self.requests.recv(10))

    def close(self) -> None:
        self.requests.close()
        self.process.wait()


@cache
def ready_to_read() -> Parent:
    """A parent process that has imported all command modules, but not the modules that write."""
    return Parent([f"partyctl.cli.{each.module}" for each in COMMANDS])


@cache
def ready_for_all() -> Parent:
    """A parent process that has imported all modules of partyctl, and their top-level imports."""
    found = pkgutil.walk_packages(partyctl.__path__, f"{partyctl.__name__}.")
    return Parent(["alembic.command", "rich.table", *(each.name for each in found)])


def serve(requests: socket.socket) -> None:
    """The parent's loop: fork a child for each request, until there are no more."""
    while True:
        request, streams, _, _ = socket.recv_fds(requests, MOST_BYTES, 3)
        if not request:
            return
        child = os.fork()
        if child == 0:
            requests.close()
            os._exit(be(request, streams))
        for each in streams:
            os.close(each)
        _, status = os.waitpid(child, 0)
        with suppress(BrokenPipeError):
            requests.send(str(os.waitstatus_to_exitcode(status)).encode())


def be(request: bytes, streams: list[int]) -> int:
    """Run the requested program in this forked child; return its exit code."""
    program, args, env, folder = json.loads(request)
    for number, each in enumerate(streams):
        os.dup2(each, number)
        os.close(each)
    os.environ.clear()
    os.environ.update(env)
    time.tzset()
    os.chdir(folder)
    sys.argv = ["-c", *args]
    code = 0
    try:
        exec(compile(program, "<string>", "exec"), {"__name__": "__main__"})
    except SystemExit as left:
        code = left.code if isinstance(left.code, int) else int(left.code is not None)
    except BaseException:
        traceback.print_exc()
        code = 1
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    return code


if __name__ == "__main__":
    for name in sys.argv[2:]:
        import_module(name)
    gc.freeze()
    with socket.socket(fileno=int(sys.argv[1])) as asked:
        asked.send(b"ready")
        serve(asked)
