"""Process an untrusted file in a child process with limited time and memory (not on Windows).

A template can loop forever or fill the memory, and no sandbox inside one process can stop that. The
child process returns bytes through a pipe. If the child is killed, takes too long, needs too much
memory or fails in a library, the file is refused. If partyctl's own code fails in the child, an
internal error is reported instead.
"""

import json
import os
import select
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from time import monotonic
from traceback import extract_tb

from partyctl.errors import MistakeElsewhere

try:
    import resource
except ImportError:  # Windows does not have this module
    resource = None  # type: ignore[assignment]  # not on Windows

CPU_SECONDS, SECONDS = 10, 60
"""The child's maximum processor time, and the parent's maximum waiting time, in seconds.

Both limits are generous: making a letter takes a third of a second.
"""

MEMORY = 512 * 1024 * 1024
LARGEST = 50 * 1024 * 1024
PIECE = 1 << 16


OURS = f"{Path(__file__).parents[2]}{os.sep}"
"""The folder of partyctl's code.

If code in this folder raises an error, the error is internal (except `THE_FILES`). An error that a
library raises is not internal.
"""

THE_FILES = (MemoryError, RecursionError, OSError)
"""Errors that an input file can cause even in partyctl's own code.

These errors do not count as internal errors.
"""


class Unfit(Exception):
    """Raised if the work did not finish, or exceeded its limits."""


def in_child(work: Callable[[], bytes]) -> bytes:
    """Run `work` in a child process (on Windows, in this process), and return its result.

    Raises MistakeElsewhere if partyctl's own code failed in the child, and Unfit if the work failed
    for another reason. On Windows, an error of partyctl's own code is raised unchanged.
    """
    if sys.platform == "win32" or not hasattr(
        os, "fork"
    ):  # without a child process, no limits apply
        try:
            return work()
        except Exception as error:
            if _is_ours(error):
                raise
            raise Unfit from error
    reads, writes = os.pipe()
    child = os.fork()
    if child == 0:
        _work_and_leave(work, writes)
    os.close(writes)
    try:
        content = _received(reads)
    finally:
        os.close(reads)
        with suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)  # does nothing if the child has already ended
        os.waitpid(child, 0)
    if content is not None and content.endswith(DONE):
        return content[: -len(DONE)]
    if content is not None and content.endswith(FAILED):
        kind, *places = json.loads(content[: -len(FAILED)])
        raise MistakeElsewhere(kind, places)
    raise Unfit


DONE = b"\nthe work is done\n"
"""The last bytes from the child if it completed the work."""

FAILED = b"\nour code failed\n"
"""The last bytes from the child after an internal error.

The child first sends the error's type and traceback, and then these bytes.
"""


def _is_ours(error: BaseException) -> bool:
    """Whether an error arose in partyctl's own code, and is not one of `THE_FILES`.

    A bad template causes errors in a library instead.
    """
    frames = extract_tb(error.__traceback__)
    return (
        isinstance(error, Exception)
        and not isinstance(error, THE_FILES)
        and bool(frames)
        and frames[-1].filename.startswith(OURS)
    )


def _told(error: BaseException) -> bytes:
    """Return the bytes that report an internal error: a line of JSON, and then `FAILED`.

    The JSON contains the error's type and its traceback.
    """
    frames = extract_tb(error.__traceback__)
    places = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
    return json.dumps([type(error).__name__, *places]).encode() + FAILED


def _work_and_leave(work: Callable[[], bytes], pipe: int) -> None:
    """Do the work in the child, write the result, and exit without Python's usual clean-up."""
    try:
        _bound()
        try:
            content = work() + DONE
        except BaseException as error:
            content = _told(error) if _is_ours(error) else b""
        with os.fdopen(pipe, "wb") as file:
            file.write(content)
        os._exit(0)
    except BaseException:  # the parent process reports the error
        os._exit(1)


def _bound() -> None:
    """Limit this process's processor time and memory, and let it write no core dump."""
    if sys.platform == "win32":
        return
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, hard))
    most = _pages_now() * resource.getpagesize() + MEMORY
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _pages_now() -> int:
    """Return the size of this process in memory pages.

    If /proc is missing, the size is unknown. In this case, return a large number (8 GiB in pages of
    4 KiB), so that the memory limit does not stop normal work.
    """
    try:
        with open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123 - not a user's path
            return int(file.read().split()[0])
    except OSError:
        return 1 << 21


def _received(pipe: int) -> bytes | None:
    """Read the pipe until it is closed.

    Return None if reading takes too long, or if the data are too large.
    """
    pieces: list[bytes] = []
    size, until = 0, monotonic() + SECONDS
    while True:
        left = until - monotonic()
        if left <= 0 or not select.select([pipe], [], [], left)[0]:
            return None
        piece = os.read(pipe, PIECE)
        if not piece:
            return b"".join(pieces)
        size += len(piece)
        if size > LARGEST:
            return None
        pieces.append(piece)
