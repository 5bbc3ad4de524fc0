"""The instructions that everyday commands take, as multiples of `python -c pass`.

Other programs on the machine hardly change the count: two counts of one command differ by less than
0.3 %. `perf` counts the instructions; if `perf` cannot count, valgrind counts them. The table
is written into docs/performance.md. With `--check` (as in `make check-hard`), the script only
compares the cost of a few commands with their limits (see the function `check`).
"""

import argparse
import os
import pty
import re
import shutil
import subprocess
import sys
import tempfile
import termios
import tomllib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from ledgers import cached_ledger
from timing import FOREIGN, ROOT, TERMINAL_SIZE, drain, machine, table

AS_OF = "2026-07-05"
RATIOS = Path(__file__).with_name("ratios.toml")
PAGE = ROOT / "docs" / "performance.md"
BEGIN, END = "<!-- measured -->\n", "<!-- /measured -->\n"
DEARER, CHECK_DEARER, ADD_DEARER = 1.10, 1.02, 1.03
"""The limit of a command is its ratio in ratios.toml, multiplied by one of these three factors.

`check` has a smaller factor than other commands, so that its limit is below its target. The factor
of `meeting add` is small too. `meeting add` imports sqlmodel, and its baseline is a program that
only imports sqlmodel. This import takes most of the instructions of `meeting add`. So even if
partyctl's own part becomes much slower, the ratio rises only a little.
"""

MANY, MOST_OF_ONE = 32, 1.3
"""A command with MANY payments may take at most MOST_OF_ONE times as many instructions as a command
with one payment."""

SCRATCH, KEEPING = "scratch.partyctl", "keeping.partyctl"
FIRST_WRITE = ("staff", "add", "周讲师")
FINDINGS = 3
REGRESSED, CANNOT_COUNT = 3, 69


class Target(NamedTuple):
    """A command, and its target as a multiple of the baseline."""

    command: str
    at_most: float
    baseline: str


BARE, SQLMODEL = "python -c pass", 'python -c "import sqlmodel"'
CHECK, DUES, ADD = "partyctl check", "partyctl dues status", "partyctl meeting add"
KEPT, KEPT_ON_TERMINAL = f"{CHECK}, kept", f"{CHECK} on a terminal, kept"
COMPLETION = "completion of a member's name"
TARGETS = (
    Target(KEPT, 2.5, BARE),
    Target(KEPT_ON_TERMINAL, 6, BARE),
    Target(CHECK, 7, BARE),
    Target("partyctl --help", 5, BARE),
    Target(DUES, 8, BARE),
    Target(COMPLETION, 5, BARE),
    Target(ADD, 1.15, SQLMODEL),
)


class Guarded(NamedTuple):
    """A command whose ratio to a baseline must not grow.

    `kind`: the command's name in ratios.toml.
    """

    kind: str
    command: str
    baseline: str
    dearer: float = DEARER


GUARDED = (
    Guarded("check", CHECK, BARE, CHECK_DEARER),
    Guarded("kept", KEPT, BARE),
    Guarded("dues", DUES, BARE),
    Guarded("add", ADD, SQLMODEL, ADD_DEARER),
)


class CannotCount(Exception):
    """perf or valgrind, or both, cannot count instructions on this machine."""


class Failed(Exception):
    """A command failed."""


class Command(NamedTuple):
    """A command to count: its arguments, its environment variables, and where its output goes."""

    words: Sequence[str | Path]
    settings: Mapping[str, str] = {}
    on_terminal: bool = False


Words = Sequence[str | Path]
Counter = Callable[[Command], int]


def by_perf(asked: Command) -> int:
    """Count with the processor's own counter. Raises CannotCount."""
    counted = ("perf", "stat", "-x", ",", "-e", "instructions:u", "-o", "{log}", "--")
    found = re.search(r"^(\d+),", _counted(counted, asked), re.MULTILINE)
    if found is None:
        raise CannotCount("perf: the kernel counts no instructions here")
    return int(found[1])


def by_valgrind(asked: Command) -> int:
    """Count on valgrind's simulated processor. Raises CannotCount."""
    simulated = ("--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null")
    log = _counted(("valgrind", *simulated, "--log-file={log}"), asked)
    found = re.search(r"I +refs: +([\d,]+)", log)
    if found is None:
        raise CannotCount("valgrind: it counted nothing")
    return int(found[1].replace(",", ""))


def _counted(tool: Words, asked: Command) -> str:
    """Run a command under a counting tool, from the checkout's root; return the tool's log.

    Raises CannotCount or Failed.
    """
    if shutil.which(str(tool[0])) is None:
        raise CannotCount(f"{tool[0]} is not installed")
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "log"
        words = [*(str(word).replace("{log}", str(log)) for word in tool), *asked.words]
        code = run_once(asked._replace(words=words))
        text = log.read_text(errors="replace") if log.exists() else ""
    if text and "not supported" not in text and code not in (0, FINDINGS):
        raise Failed(f"exit {code}: {asked.words}")
    return text


def run_once(asked: Command) -> int:
    """Run a command and return its exit code.

    The first run also writes .pyc files, which later runs only read.
    """
    ours, theirs = pty.openpty() if asked.on_terminal else (None, subprocess.DEVNULL)
    if asked.on_terminal:
        termios.tcsetwinsize(theirs, TERMINAL_SIZE)
    process = subprocess.Popen(
        asked.words,
        cwd=ROOT,
        env=_environment(asked.settings) | {"TERM": "xterm-256color"},
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
    )
    if ours is not None:
        os.close(theirs)
        drain(ours, None)
        os.close(ours)
    return process.wait()


def _environment(settings: Mapping[str, str]) -> dict[str, str]:
    ours = {
        name: value
        for name, value in os.environ.items()
        if name not in FOREIGN and not name.startswith("PARTYCTL_")
    }
    return {**ours, "PYTHONHASHSEED": "0", "PYTHONPATH": str(ROOT), **settings}


def counter() -> Counter:
    """The first counter that works on this machine.

    Raises CannotCount if no counter works; the error gives the reason for each counter.
    """
    reasons = []
    for way in (by_perf, by_valgrind):
        try:
            way(Command((sys.executable, "-c", "pass")))
        except CannotCount as error:
            reasons.append(str(error))
        else:
            return way
    raise CannotCount("; ".join(reasons))


def partyctl(ledger: Path, *words: str) -> Words:
    """The arguments that run a command of this checkout."""
    return sys.executable, "-m", "partyctl", "--ledger", ledger, *words


def counts(count: Counter, ledger: Path, folder: Path) -> dict[str, int]:
    """The instructions of each command.

    partyctl stores no answer in a ledger that this user has never written to, so each answer is computed
    again, except the answers of the commands that are named “kept”.
    """
    asked = lists(ledger, folder)
    found = {}
    for name in asked:
        found[name] = counted(count, ledger, folder, asked, name)
        print(f"{found[name] / 1e6:8.1f} M  {name}", file=sys.stderr)
    return found


def counted(
    count: Counter, ledger: Path, folder: Path, asked: Mapping[str, Command], name: str
) -> int:
    """The instructions of one command; a first run that is not counted writes the .pyc files."""
    for run in (run_once, count):
        for each in (SCRATCH, KEEPING):
            shutil.copyfile(ledger, folder / each)
        if name == f"{CHECK}, and keeping it":
            run_once(Command(partyctl(folder / KEEPING, *FIRST_WRITE), asked[name].settings))
        found = run(asked[name])
    return found


def lists(ledger: Path, folder: Path) -> dict[str, Command]:
    """The commands to count, keyed by name.

    Commands that use stored answers get a separate ledger to which this user has written, because
    partyctl stores answers only for users who have written to the ledger.
    """
    strange = {"XDG_STATE_HOME": str(folder / "strange")}
    known = {"XDG_STATE_HOME": str(folder / "known")}
    own = Path(shutil.copyfile(ledger, folder / "own.partyctl"))
    run_once(Command(partyctl(own, *FIRST_WRITE), known))
    check, status = ("check", "--as-of", AS_OF), ("status", "--as-of", AS_OF)
    meeting = ("meeting", "add", "members", "--on", "2026-07-02", "--chair", "#1")
    on_tab = {
        "PARTYCTL_COMPLETE": "zsh",
        "PARTYCTL_WORDS": "member\nshow\n",
        "PARTYCTL_LEDGER": str(ledger),
    }
    return {
        BARE: Command((sys.executable, "-c", "pass")),
        SQLMODEL: Command((sys.executable, "-c", "import sqlmodel")),
        CHECK: Command(partyctl(ledger, *check), strange),
        f"{CHECK}, and keeping it": Command(partyctl(folder / KEEPING, *check), known),
        KEPT: Command(partyctl(own, *check), known),
        f"{CHECK} on a terminal": Command(partyctl(ledger, *check), strange, on_terminal=True),
        KEPT_ON_TERMINAL: Command(partyctl(own, *check), known, on_terminal=True),
        f"{CHECK} --json": Command(partyctl(ledger, *check, "--json"), strange),
        f"{CHECK} --json, kept": Command(partyctl(own, *check, "--json"), known),
        "partyctl status": Command(partyctl(ledger, *status), strange),
        "partyctl status, kept": Command(partyctl(own, *status), known),
        DUES: Command(partyctl(ledger, "dues", *status), strange),
        "partyctl --help": Command(partyctl(ledger, "--help"), strange),
        COMPLETION: Command((sys.executable, "-m", "partyctl"), on_tab),
        ADD: Command(partyctl(folder / SCRATCH, *meeting), strange),
    }


def written(found: Mapping[str, int], tool: str) -> str:
    """The part of the page that contains the measurements."""
    lines = [[name, *_ratios(each, found)] for name, each in found.items()]
    reached = [_reached(each, found) for each in TARGETS]
    heads = ["command", "million instructions", f"× `{BARE}`", "× `import sqlmodel`"]
    return f"{table(heads, lines)}\n\n{chr(10).join(reached)}\n\nCounted by {tool}. {machine()}\n"


def _ratios(count: int, found: Mapping[str, int]) -> list[str]:
    bare, orm = count / found[BARE], count / found[SQLMODEL]
    return [f"{count / 1e6:,.0f}", f"{bare:.1f}", f"{orm:.2f}"]


def _reached(target: Target, found: Mapping[str, int]) -> str:
    ratio = found[target.command] / found[target.baseline]
    state = "reached" if ratio <= target.at_most else "not reached"
    return f"- {target.command} ≤ {target.at_most:g} × `{target.baseline}`: {ratio:.2f}, {state}"


def check(count: Counter) -> int:
    """Compare the cost of a few commands with their limits; return the exit code.

    The commands are `check` (computed, and from a stored answer), `dues status`, `meeting add`, and
    a command with many payments. The limit of a command is its ratio in ratios.toml for this
    version of Python, times the command's `dearer` in GUARDED. A command with many payments may
    cost at most `MOST_OF_ONE` times as much as a command with one payment.
    """
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    known = tomllib.loads(RATIOS.read_text())
    if version not in known["check"]:
        print(f"ratios.toml has no ratio for Python {version}")
        return CANNOT_COUNT
    regressed = False
    with tempfile.TemporaryDirectory() as folder:
        ledger = cached_ledger(1)
        asked = lists(ledger, Path(folder))
        found = {name: count(asked[name]) for name in (BARE, SQLMODEL)}
        for kind, name, baseline, dearer in GUARDED:
            done = counted(count, ledger, Path(folder), asked, name)
            ratio, limit = done / found[baseline], known[kind][version] * dearer
            print(f"{name}: {ratio:.2f} × `{baseline}`; at most {limit:.2f} is allowed")
            regressed = regressed or ratio > limit
        ratio = many_payments(count, Path(folder))
        print(f"{MANY} payments: {ratio:.2f} × one payment; at most {MOST_OF_ONE} is allowed")
        regressed = regressed or ratio > MOST_OF_ONE
    return REGRESSED if regressed else 0


def many_payments(count: Counter, folder: Path) -> float:
    """The instructions of a command with MANY payments, divided by those of a command with one payment."""
    strange = {"XDG_STATE_HOME": str(folder / "strange")}
    half = ",".join(f"#{member}" for member in range(1, MANY // 2 + 1))
    found = []
    for whose, months in (("#1", "2026-07"), (half, "2026-07..2026-08")):
        paying = ("dues", "pay", whose, "--month", months, "--on", "2026-07-05")
        for run in (run_once, count):
            scratch = Path(shutil.copyfile(cached_ledger(1), folder / SCRATCH))
            done = run(Command(partyctl(scratch, *paying), strange))
        found.append(done)
    one, many = found
    return many / one


def main() -> None:
    """Measure and write the page; with `--check`, compare the costs with their limits, and exit."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="only compare with ratios.toml")
    asked = parser.parse_args()
    try:
        count = counter()
    except CannotCount as error:
        print(f"instructions cannot be counted here: {error}")
        sys.exit(CANNOT_COUNT)
    if asked.check:
        sys.exit(check(count))
    with tempfile.TemporaryDirectory() as folder:
        found = counts(count, cached_ledger(1), Path(folder))
    tool = "perf" if count is by_perf else "valgrind"
    text = PAGE.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    after = rest.partition(END)[2]
    told = written(found, tool)
    PAGE.write_text(f"{before}{BEGIN}\n{told}\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
