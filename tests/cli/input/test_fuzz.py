"""R-06: any input gives an answer or one sentence, with a documented exit code, and never a crash."""

import os
import random
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from partyctl.text import is_hostile
from scripts.reference.exit_codes import EXIT_CODES
from tests.support.argument_vectors import FILES, HOSTILE, Vectors, bent, plausible
from tests.support.command_tree import Command, commands, takes_a_file
from tests.support.in_process import Outcome, complaints, outcome, start_anew
from tests.support.working_lines import working

EVERY = commands()
BLOCK = 20
"""After this many commands, a new copy of the ledger is used."""

LIMITS = ((signal.ITIMER_PROF, signal.SIGPROF, 5), (signal.ITIMER_REAL, signal.SIGALRM, 60))
"""Limits: 5 seconds of processor time; 60 seconds of real time, because the machine can be busy."""

EVERYDAY, HARD, FULL = 8, 24, 200
"""The number of argument vectors for each command under `make check`, `make check-hard` and `make test-slow`.

Each vector takes 25 ms. CI runs `make check` and `make check-hard`.
The two short runs use the first vectors of `make test-slow`.
"""

BENT = 4
"""Every fourth vector is a working line with one word changed, left out or repeated, because such
lines get furthest into the program.
"""

IMPOSSIBLE = {1, 70, 75, 130, 141}
"""The exit codes that must not occur here.

These codes mean a crash, a migration, a busy ledger, an interruption, or a closed pipe.
"""


class Hung(BaseException):
    """A command took longer than the limit."""


FENCED: list[Path] = []
"""The only folder that commands may write to; if the list is empty, commands may write anywhere."""

CHANGES = ("os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.link", "os.symlink", "os.chmod")
STARTS = ("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.fork", "os.forkpty")

MAY_START = ("crontab", "fc-list")
"""The programs that may be started: the test's crontab program, and fc-list for Chinese fonts."""


def _guard(event: str, args: tuple[Any, ...]) -> None:
    if not FENCED:
        return
    if event == "os.fork" and sys._getframe(1).f_code.co_filename.endswith("bounded.py"):
        return  # filling a template starts a child process with limits
    if event in STARTS and Path(args[1][0]).name not in MAY_START:
        raise RuntimeError(f"{event} {args}")
    writes = event == "open" and args[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
    if (writes or event in CHANGES) and isinstance(args[0], str | bytes | Path):
        path = Path(os.path.abspath(os.fsdecode(args[0])))  # noqa: PTH100 - the file may not exist
        if FENCED[0] not in (path, *path.parents) and "__pycache__" not in path.parts[-2:]:
            raise RuntimeError(f"{event} outside of the test's folder: {path}")


sys.addaudithook(_guard)


@contextmanager
def fence(folder: Path) -> Iterator[None]:
    """Fail if a command writes outside the folder, starts a program that it may not start, or takes
    too long.
    """

    def hung(*_: object) -> None:
        raise Hung

    for timer, number, seconds in LIMITS:
        signal.signal(number, hung)
        signal.setitimer(timer, seconds)
    FENCED.append(folder)
    try:
        yield
    finally:
        FENCED.clear()
        for timer, number, _ in LIMITS:
            signal.setitimer(timer, 0)
            signal.signal(number, signal.SIG_DFL)


def fuzz(command: Command, folder: Path, ledger: Path, count: int) -> set[int]:
    """Run a command with `count` argument vectors; return all exit codes that occurred."""
    seen = set()
    vectors, works = Vectors(command, folder), working(command, folder).line
    for first in range(0, count, BLOCK):
        rng = random.Random(f"{command} {first // BLOCK}")
        start_anew(folder, ledger, command)
        typed: list[list[str]] = []
        for number in range(first, min(first + BLOCK, count)):
            args = bent(works, rng) if number % BENT == 1 else vectors.number(rng, number)
            args = args if number else works
            typed.append(args)
            seen.add(_run_last(typed, rng, folder).code)
        assert complaints(folder / "ledger.db") == [], typed
    return seen


def _run_last(typed: list[list[str]], rng: random.Random, folder: Path) -> Outcome:
    """Run the last of these command lines; if it fails, the message shows the earlier lines too."""
    args = typed[-1]
    answers = "\n".join(rng.choices(HOSTILE, k=2))
    with pytest.MonkeyPatch.context() as patch, fence(folder):
        patch.setenv("PARTYCTL_LANG", rng.choice(("zh", "en")))
        try:
            found = outcome(args, answers)
        except BaseException as escaped:
            raise AssertionError(f"{escaped!r} escaped from {args!r}\nafter {typed!r}") from escaped
    wrong = f"{args!r} exited with {found.code}:\n{found.err}\nafter {typed!r}"
    assert found.code in set(EXIT_CODES) - IMPOSSIBLE, wrong
    assert "Traceback" not in found.err, wrong
    shown = found.err if "--json" in args else found.out + found.err
    shown = shown.replace("\r\n", "\n")  # iCalendar's line ending
    assert not {each for each in shown if is_hostile(each)} - {"\n"}, wrong
    return found


@pytest.mark.sweep(8)
@pytest.mark.parametrize("command", EVERY[::4], ids=str)
def test_no_arguments_make_a_command_crash(command: Command, folder: Path, filled_ledger: Path):
    require_variety(fuzz(command, folder, filled_ledger, EVERYDAY))


@pytest.mark.hard
@pytest.mark.parametrize("command", EVERY, ids=str)
def test_more_arguments_do_not_either(command: Command, folder: Path, filled_ledger: Path):
    require_variety(fuzz(command, folder, filled_ledger, HARD))


def require_variety(seen: set[int]) -> None:
    assert len(seen) > 1 or seen & {0, 3}, f"every vector ended alike: {seen}"


@pytest.mark.slow
@pytest.mark.parametrize("command", EVERY, ids=str)
def test_two_hundred_do_not_either(command: Command, folder: Path, filled_ledger: Path):
    fuzz(command, folder, filled_ledger, FULL)


def test_every_parameter_that_takes_a_file_is_filled_from_the_tests_own_folder():
    found = {
        (str(command), parameter.name)
        for command in EVERY
        for parameter in command.parameters
        if takes_a_file(parameter)
    }
    assert found == set(FILES), (
        f"FILES in tests/support/argument_vectors.py: say what to type for {found - set(FILES)}; "
        f"no such parameter: {set(FILES) - found}"
    )


@pytest.mark.long
def test_something_plausible_is_known_for_every_parameter():
    for command in EVERY:
        for parameter in command.parameters:
            assert plausible(parameter), f"{command} {parameter.name}: see KNOWN"
