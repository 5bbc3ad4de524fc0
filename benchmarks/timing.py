"""Measure whole processes: wall time, processor time and peak memory, piped or on a terminal."""

import os
import platform
import pty
import random
import sqlite3
import statistics
import subprocess
import tempfile
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO, NamedTuple

ROOT = Path(__file__).parent.parent
CHUNK = 1 << 16
TERMINAL_SIZE = (40, 120)
FOREIGN = ("PYTHONDONTWRITEBYTECODE", "PYTHONHASHSEED", "NO_COLOR", "FORCE_COLOR", "COLUMNS")
"""Environment variables that are removed, because they would change the result."""


class Command(NamedTuple):
    """A command to measure: its arguments, the exit codes that mean success, and what to run before it."""

    words: Sequence[str | Path]
    accepts: frozenset[int] = frozenset({0})
    on_terminal: bool = False
    before: Callable[[], object] | None = None
    settings: Mapping[str, str] = {}


class Run(NamedTuple):
    """One run of a command.

    The measured peak cannot be lower than the memory of the measuring process.
    """

    seconds: float
    peak_bytes: int
    status: int
    processor_seconds: float = 0.0
    """User and system time of the process and of the children that it waited for."""


class Failed(Exception):
    """A command exited with an unexpected code."""


def run(command: Command, output: BinaryIO | None = None) -> Run:
    """Run a command once, from the checkout's root; copy its output to `output`.

    Raises Failed with the end of the text that the command wrote to standard error.
    """
    if command.before:
        command.before()
    with tempfile.TemporaryFile() as errors:
        measured = (_run_on_terminal if command.on_terminal else _run_into_pipe)(
            command, output, errors
        )
        if measured.status not in command.accepts:
            errors.seek(0)
            said = errors.read().decode(errors="replace").strip()[-600:]
            words = " ".join(str(word) for word in command.words)
            raise Failed(f"exit {measured.status}: {words}\n{said}")
    return measured


def _run_into_pipe(command: Command, output: BinaryIO | None, errors: BinaryIO) -> Run:
    start = time.perf_counter()
    process = subprocess.Popen(
        command.words,
        cwd=ROOT,
        env=_environment(command),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=errors,
    )
    assert process.stdout is not None
    drain(process.stdout.fileno(), output)
    measured = _wait(process, start)
    process.stdout.close()
    return measured


def _run_on_terminal(command: Command, output: BinaryIO | None, errors: BinaryIO) -> Run:
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, TERMINAL_SIZE)
    start = time.perf_counter()
    process = subprocess.Popen(
        command.words,
        cwd=ROOT,
        env=_environment(command) | {"TERM": "xterm-256color"},
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
    )
    os.close(theirs)
    drain(ours, output or errors)
    measured = _wait(process, start)
    os.close(ours)
    return measured


def drain(source: int, output: BinaryIO | None) -> None:
    """Read from `source` until its last writer closes it, and copy everything to `output`."""
    while True:
        try:
            chunk = os.read(source, CHUNK)
        except OSError:  # the last process has closed the terminal
            return
        if not chunk:
            return
        if output:
            output.write(chunk)


def _wait(process: subprocess.Popen[bytes], start: float) -> Run:
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    unit = 1 if platform.system() == "Darwin" else 1024
    spent = usage.ru_utime + usage.ru_stime
    return Run(seconds, usage.ru_maxrss * unit, process.returncode, spent)


def _environment(command: Command) -> dict[str, str]:
    ours = {
        name: value
        for name, value in os.environ.items()
        if name not in FOREIGN and not name.startswith("PARTYCTL_")
    }
    return {**ours, **command.settings}


def interleaved(
    commands: Mapping[str, Command], rounds: int, *, seed: int = 1
) -> dict[str, list[Run]]:
    """Run every command once to warm up, then once in each round, in a newly shuffled order."""
    for command in commands.values():
        run(command)
    order = list(commands)
    shuffle = random.Random(seed).shuffle
    runs: dict[str, list[Run]] = {name: [] for name in commands}
    for _ in range(rounds):
        shuffle(order)
        for name in order:
            runs[name].append(run(commands[name]))
    return runs


def median(runs: Sequence[Run]) -> float:
    """The median of the runs' times, in seconds."""
    return statistics.median(each.seconds for each in runs)


def table(headings: Sequence[str], lines: Sequence[Sequence[str]]) -> str:
    """A Markdown table; all columns but the first are numbers."""
    marks = ["---", *("--:" for _ in headings[1:])]
    return "\n".join(f"| {' | '.join(line)} |" for line in (headings, marks, *lines))


def target(reached: bool, text: str) -> str:
    """A line that says whether a target is reached."""
    return f"- {'✓' if reached else '✗'} {text}"


def machine() -> str:
    """The date, the machine, and its load."""
    return (
        f"{time.strftime('%Y-%m-%d')}, {os.cpu_count()} CPUs, {platform.system()}, "
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, "
        f"load {os.getloadavg()[0]:.1f}"
    )
