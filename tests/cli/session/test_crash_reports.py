"""R-36: an internal error anywhere shows a report number and reveals no personal value."""

import inspect
import os
import random
import re
import sys
from pathlib import Path
from types import CodeType, FrameType
from typing import NamedTuple

import pytest

import partyctl
from partyctl.cli.session.failures import explain
from partyctl.ledger.file import untouched
from partyctl.ledger.file.connecting import PLAIN
from partyctl.ledger.file.sharing import Share
from partyctl.ledger.file.untouched import is_past, now
from tests.support.command_tree import Command, commands
from tests.support.in_process import Outcome, complaints, outcome, start_anew
from tests.support.waiting import wait_until
from tests.support.working_lines import WORKING, working

OURS = str(Path(partyctl.__file__).parent)
CANARY = "110101199003071234"
FIRST = 2
"""The number of the first call that can fail; call number 1 is `main.run` itself."""

CLOSING = (PLAIN.close.__code__, Share.give_back.__code__)
WAITING = (is_past.__code__, now.__code__)
"""Functions that partyctl calls until the clock ticks; the number of calls varies between runs."""
PLACE = re.compile(r"(/\S+|<[^>]*>):\d+ (\S+|top-level template code)")


STEP = 0.002
"""The seconds between two checks of a file: less than a tick of the file system's clock."""

KINDS = ("Mistake", "StatementError", "DatabaseError", "OperationalError")
"""The exceptions that a crash report can name. An exception during the compilation of a statement,
or in a callback of SQLite, reaches partyctl as an error of the ORM or of SQLite.
"""


class Mistake(Exception):
    """An exception that no code expects."""


class Ran(NamedTuple):
    """The result of a command, and the number of calls of partyctl's functions."""

    outcome: Outcome
    calls: int


def is_ours(code: CodeType) -> bool:
    """Whether a call counts: the called function must be a named function of partyctl.

    Module imports are left out, because they run only once. Generators are left out, because some
    calls only resume a generator to close it. Functions that close a connection are left out,
    because the ORM hides their errors.
    """
    if code.co_name.startswith("<") or code.co_flags & inspect.CO_GENERATOR:
        return False
    if code in CLOSING + WAITING:
        return False
    return code.co_filename.startswith(OURS)


def run_and_fail(args: list[str], *, at: int | None = None) -> Ran:
    """Run a command, and make call number `at` of our functions fail."""
    calls, own = 0, os.getpid()

    def watch(frame: FrameType, event: str, _: object) -> None:
        nonlocal calls
        # No call fails in the child process that fills a template: partyctl reports an error of this
        # process as an error of the template, and writes no crash report.
        if event == "call" and os.getpid() == own and is_ours(frame.f_code):
            calls += 1
            if calls == at:
                identity_number = CANARY
                raise Mistake(f"UNIQUE constraint failed: {identity_number}")

    before = sys.getprofile()
    sys.setprofile(watch)
    try:
        found = outcome(args)
    finally:
        sys.setprofile(before)
    return Ran(found, calls)


NAMES_THE_LEDGER = ["rollup", "compute"]
"""After an internal error with one ledger, this command names the ledger and reads the next one."""


@pytest.fixture(autouse=True)
def every_state_can_be_noted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let partyctl note the state (size, times) of every file, even of one that has just changed.

    Before each note, partyctl waits for the next tick of the clock that sets the times of files.
    Without this wait, it would write no note about a file that has just changed, and the number of
    calls would vary between runs.
    """

    def wait_for_the_tick(status: os.stat_result) -> bool:
        wait_until(lambda: is_past(status), "the file's tick", STEP)
        return True

    monkeypatch.setattr(untouched, "is_past", wait_for_the_tick)


def require_a_discreet_report(args: list[str], found: Outcome, folder: Path) -> None:
    printed = found.out + found.err
    assert "Traceback" not in printed
    assert CANARY not in printed
    if args[:2] == NAMES_THE_LEDGER and found.code == 3:
        assert "ledger.db: " in found.err
        return
    assert "Mistake" not in printed
    assert found.code == 1, (args, printed)
    crashes = folder / "xdg_state_home" / "partyctl" / "crashes"
    (file,) = crashes.iterdir()
    assert file.stem in found.err
    assert file.stat().st_mode & 0o777 == 0o600
    for each in (crashes, crashes.parent):
        assert each.stat().st_mode & 0o777 == 0o700
    kind, *places = file.read_text(encoding="utf-8").splitlines()
    assert kind in KINDS
    assert places
    for place in places:
        assert PLACE.fullmatch(place), place  # only file, line and function: no message, no values
    file.unlink()


def crash_everywhere(
    command: Command, folder: Path, ledger: Path, places: int, *, ends: bool = True
) -> None:
    """Make some calls of a working command fail; with `ends`, also the first and the last call."""

    def run(at: int | None = None) -> Ran:
        start_anew(folder, ledger)
        return run_and_fail(works.prepare(), at=at)

    start_anew(folder, ledger)
    works = working(command, folder)
    run()  # the first run also imports modules and fills caches
    done = run()
    assert done.outcome.code in (0, 3), (works, done.outcome)
    between = range(FIRST + 1, done.calls)
    chosen = random.Random(str(command)).sample(between, min(places, len(between)))
    for at in sorted({FIRST, *chosen, done.calls} if ends else chosen):
        require_a_discreet_report(works.line, run(at).outcome, folder)
        assert complaints(folder / "ledger.db") == [], works


def test_a_working_command_line_is_known_for_every_command():
    there = {str(command) for command in commands()}
    assert there == set(WORKING), (
        "WORKING in tests/support/working_lines.py has a line for each command: "
        f"put in {sorted(there - set(WORKING))}, take out {sorted(set(WORKING) - there)}"
    )


def test_where_no_report_can_be_written_its_number_is_still_told(folder: Path):
    (folder / "xdg_state_home").touch()

    found, _ = run_and_fail(["status"], at=FIRST)

    assert found.code == 1
    assert re.search("[0-9a-f]{8}", found.err)
    assert CANARY not in found.err


@pytest.mark.sweep(6)
@pytest.mark.parametrize("command", commands()[::8], ids=str)
def test_a_mistake_of_ours_gives_nothing_away(command: Command, folder: Path, filled_ledger: Path):
    crash_everywhere(command, folder, filled_ledger, 1, ends=False)


@pytest.mark.hard
@pytest.mark.parametrize("command", commands(), ids=str)
def test_nor_does_one_at_the_first_or_the_last_call(
    command: Command, folder: Path, filled_ledger: Path
):
    crash_everywhere(command, folder, filled_ledger, 1)


@pytest.mark.slow
@pytest.mark.parametrize("command", commands(), ids=str)
def test_a_mistake_at_any_call_whatever_gives_nothing_away(
    command: Command, folder: Path, filled_ledger: Path
):
    crash_everywhere(command, folder, filled_ledger, 300)


def test_too_little_memory_is_no_mistake_of_ours():
    """If a file is too large for this machine's memory, that is not a bug in partyctl."""
    wrapped = ValueError()
    wrapped.__cause__ = MemoryError()
    assert [explain(each).exit_code for each in (MemoryError(), wrapped)] == [65, 65]
