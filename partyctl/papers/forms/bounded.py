"""Work on somebody's file in a child process, which may take so much time and memory and no more.

A template can loop for ever, or double a text until the memory is full, and no sandbox within one
process can stop it. The child hands back bytes through a pipe; whatever else becomes of it, killed,
out of memory or out of time, the file is not fit. Only where our own code failed is it our mistake.
"""

import json
import os
import select
import signal
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from time import monotonic
from traceback import extract_tb

from partyctl.errors import MistakeElsewhere

try:
    import resource
except ImportError:  # Windows: there, nothing bounds it
    resource = None  # type: ignore[assignment]  # not on Windows

CPU_SECONDS, SECONDS = 10, 60
"""Of work, and on the clock of a busy machine; a letter takes a third of one."""

MEMORY = 512 * 1024 * 1024
LARGEST = 50 * 1024 * 1024
PIECE = 1 << 16


OURS = f"{Path(__file__).parents[2]}{os.sep}"
"""The folder of this program: what fails in its code is our mistake, what fails in a library is not."""

THE_FILES = (MemoryError, RecursionError, OSError)
"""What a file can make happen wherever we are."""


class Unfit(Exception):
    """The work did not end, or took more than it may."""


def in_child(work: Callable[[], bytes]) -> bytes:
    """What the work hands back, within the bounds.

    Raises MistakeElsewhere where our own code failed, Unfit for anything else.
    """
    if resource is None or not hasattr(os, "fork"):
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
            os.kill(child, signal.SIGKILL)  # of one that ended well it changes nothing
        os.waitpid(child, 0)
    if content is not None and content.endswith(DONE):
        return content[: -len(DONE)]
    if content is not None and content.endswith(FAILED):
        kind, *places = json.loads(content[: -len(FAILED)])
        raise MistakeElsewhere(kind, places)
    raise Unfit


DONE = b"\nthe work is done\n"
"""What comes after the bytes of work that came to its end."""

FAILED = b"\nour code failed\n"
"""What comes after the kind of error and its places, where the mistake is ours."""


def _is_ours(error: BaseException) -> bool:
    """Whether the failure is one of this program's code; a template fails in a library's."""
    frames = extract_tb(error.__traceback__)
    return (
        isinstance(error, Exception)
        and not isinstance(error, THE_FILES)
        and bool(frames)
        and frames[-1].filename.startswith(OURS)
    )


def _told(error: BaseException) -> bytes:
    """The kind of error and the places in the code, as a crash report holds them."""
    frames = extract_tb(error.__traceback__)
    places = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
    return json.dumps([type(error).__name__, *places]).encode() + FAILED


def _work_and_leave(work: Callable[[], bytes], pipe: int) -> None:
    """In the child: work, hand over, and leave without what Python does at its end."""
    try:
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, hard))
        most = _size_now() + MEMORY
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        try:
            content = work() + DONE
        except BaseException as error:
            content = _told(error) if _is_ours(error) else b""
        with os.fdopen(pipe, "wb") as file:
            file.write(content)
        os._exit(0)
    except BaseException:  # the parent says what there is to say
        os._exit(1)


def _size_now() -> int:
    """How large this process is; without /proc, nothing that would be in its way."""
    try:
        with open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123 - no path of anybody's
            return int(file.read().split()[0]) * resource.getpagesize()
    except OSError:
        return 1 << 33


def _received(pipe: int) -> bytes | None:
    """What comes through the pipe until it is closed; None where that is too late, or too much."""
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
