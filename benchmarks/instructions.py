"""The instructions that everyday commands take, as multiples of `python -c pass`.

Other programs on the machine hardly change the count: two counts differ by 0.3 %. `perf` counts the
instructions, or valgrind if the kernel cannot. The table is written into docs/performance.md. `--check` only
compares `check` with `ratios.toml`, for `make check-hard`.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from ledgers import cached_ledger
from timing import FOREIGN, ROOT, machine, table

AS_OF, MONTH = "2026-07-05", "2026-06"
RATIOS = Path(__file__).with_name("ratios.toml")
PAGE = ROOT / "docs" / "performance.md"
BEGIN, END = "<!-- measured -->\n", "<!-- /measured -->\n"
SIZES = (1, 10, 100)
DEARER = 1.10
"""`check` may take this multiple of the instructions in ratios.toml."""

FINDINGS = 3
REGRESSED, CANNOT_COUNT = 3, 69


class Target(NamedTuple):
    """A command, and its limit as a multiple of the baseline."""

    command: str
    at_most: float
    baseline: str


BARE, SQLMODEL = "python -c pass", 'python -c "import sqlmodel"'
CHECK, ADD = "partyctl check", "partyctl meeting add"
COMPLETION = "completion of a member's name"
TARGETS = (
    Target(CHECK, 7, BARE),
    Target("partyctl --help", 5, BARE),
    Target("partyctl dues status", 8, BARE),
    Target(COMPLETION, 5, BARE),
    Target(ADD, 1.15, SQLMODEL),
)


class CannotCount(Exception):
    """Neither perf nor valgrind counts instructions on this machine."""


class Failed(Exception):
    """A command failed."""


Words = Sequence[str | Path]
Counter = Callable[[Words, Mapping[str, str]], int]


def by_perf(words: Words, settings: Mapping[str, str]) -> int:
    """Count with the processor's own counter. Raises CannotCount."""
    counted = ("perf", "stat", "-x", ",", "-e", "instructions:u", "-o", "{log}", "--", *words)
    found = re.search(r"^(\d+),", _counted(counted, settings), re.MULTILINE)
    if found is None:
        raise CannotCount("perf: the kernel counts no instructions here")
    return int(found[1])


def by_valgrind(words: Words, settings: Mapping[str, str]) -> int:
    """Count on valgrind's simulated processor. Raises CannotCount."""
    simulated = ("--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null")
    log = _counted(("valgrind", *simulated, "--log-file={log}", *words), settings)
    found = re.search(r"I +refs: +([\d,]+)", log)
    if found is None:
        raise CannotCount("valgrind: it counted nothing")
    return int(found[1].replace(",", ""))


def _counted(words: Words, settings: Mapping[str, str]) -> str:
    """Run a command under a tool, from the checkout's root; return the tool's output. Raises Failed."""
    if shutil.which(str(words[0])) is None:
        raise CannotCount(f"{words[0]} is not installed")
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "log"
        done = subprocess.run(
            [str(word).replace("{log}", str(log)) for word in words],
            cwd=ROOT,
            env=_environment(settings),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            check=False,
        )
        text = log.read_text(errors="replace") if log.exists() else ""
    if text and "not supported" not in text and done.returncode not in (0, FINDINGS):
        raise Failed(f"exit {done.returncode}: {words}\n{done.stderr.decode()[-600:]}")
    return text


def _run(words: Words, settings: Mapping[str, str]) -> int:
    """Run a command once without counting, to write the .pyc files."""
    done = subprocess.run(
        words, cwd=ROOT, env=_environment(settings), stdout=subprocess.DEVNULL, check=False
    )
    return done.returncode


def _environment(settings: Mapping[str, str]) -> dict[str, str]:
    ours = {
        name: value
        for name, value in os.environ.items()
        if name not in FOREIGN and not name.startswith("PARTYCTL_")
    }
    return {**ours, "PYTHONHASHSEED": "0", "PYTHONPATH": str(ROOT), **settings}


def counter() -> Counter:
    """The first counter that works here. Raises CannotCount, with every reason."""
    reasons = []
    for way in (by_perf, by_valgrind):
        try:
            way((sys.executable, "-c", "pass"), {})
        except CannotCount as error:
            reasons.append(str(error))
        else:
            return way
    raise CannotCount("; ".join(reasons))


def partyctl(ledger: Path, *words: str) -> Words:
    """The arguments that run a command of this checkout."""
    return sys.executable, "-m", "partyctl", "--ledger", ledger, *words


def counts(count: Counter, ledger: Path, scratch: Path) -> dict[str, int]:
    """The instructions of each command. Each runs once before, so that all .pyc files are there."""
    meeting = ("meeting", "add", "members", "--on", "2026-07-02", "--chair", "#1")
    asked: dict[str, tuple[Words, Mapping[str, str]]] = {
        BARE: ((sys.executable, "-c", "pass"), {}),
        SQLMODEL: ((sys.executable, "-c", "import sqlmodel"), {}),
        CHECK: (partyctl(ledger, "check", "--as-of", AS_OF), {}),
        f"{CHECK} --json": (partyctl(ledger, "check", "--json", "--as-of", AS_OF), {}),
        "partyctl status": (partyctl(ledger, "status", "--as-of", AS_OF), {}),
        "partyctl dues status": (partyctl(ledger, "dues", "status", "--as-of", AS_OF), {}),
        "partyctl --help": (partyctl(ledger, "--help"), {}),
        COMPLETION: (
            (sys.executable, "-m", "partyctl"),
            {
                "PARTYCTL_COMPLETE": "zsh",
                "PARTYCTL_WORDS": "member\nshow\n",
                "PARTYCTL_LEDGER": str(ledger),
            },
        ),
        ADD: (partyctl(scratch, *meeting), {}),
    }
    found = {}
    for name, (words, settings) in asked.items():
        for run in (_run, count):
            shutil.copyfile(ledger, scratch)
            found[name] = run(words, settings)
        print(f"{found[name] / 1e6:8.1f} M  {name}", file=sys.stderr)
    return found


def growth(count: Counter, sizes: Sequence[int]) -> dict[int, int]:
    """The instructions for a month's scoreboard, by number of branches."""
    words = ("check", "--month", MONTH, "--as-of", AS_OF, "--json")
    return {size: count(partyctl(cached_ledger(size), *words), {}) for size in sizes}


def written(found: Mapping[str, int], by_size: Mapping[int, int], tool: str) -> str:
    """The measured part of the page."""
    lines = [[name, *_ratios(each, found)] for name, each in found.items()]
    sizes = [
        [f"{size:,}", f"{each / 1e6:,.0f}", f"{each / size / 1e6:,.0f}"]
        for size, each in by_size.items()
    ]
    reached = [_reached(each, found) for each in TARGETS]
    heads = ["command", "million instructions", f"× `{BARE}`", "× `import sqlmodel`"]
    return (
        f"{table(heads, lines)}\n\n{chr(10).join(reached)}\n\n"
        f"`check --month {MONTH} --json`, by the number of branches in the ledger:\n\n"
        f"{table(['branches', 'million instructions', 'a branch'], sizes)}\n\n"
        f"Counted by {tool}. {machine()}\n"
    )


def _ratios(count: int, found: Mapping[str, int]) -> list[str]:
    bare, orm = count / found[BARE], count / found[SQLMODEL]
    return [f"{count / 1e6:,.0f}", f"{bare:.1f}", f"{orm:.2f}"]


def _reached(target: Target, found: Mapping[str, int]) -> str:
    ratio = found[target.command] / found[target.baseline]
    state = "reached" if ratio <= target.at_most else "not reached"
    return f"- {target.command} ≤ {target.at_most:g} × `{target.baseline}`: {ratio:.2f}, {state}"


def check(count: Counter) -> int:
    """Compare `check` with the committed ratio for this Python; return the exit code."""
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    known = tomllib.loads(RATIOS.read_text())["check"]
    if version not in known:
        print(f"ratios.toml has no ratio for Python {version}")
        return CANNOT_COUNT
    words = partyctl(cached_ledger(1), "check", "--as-of", AS_OF)
    _run(words, {})
    ratio = count(words, {}) / count((sys.executable, "-c", "pass"), {})
    limit = known[version] * DEARER
    print(f"check takes {ratio:.2f} × bare Python {version}; at most {limit:.2f} is allowed")
    return REGRESSED if ratio > limit else 0


def main() -> None:
    """Measure and write the page; or compare, and exit with the result."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="only compare with ratios.toml")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="branches")
    asked = parser.parse_args()
    try:
        count = counter()
    except CannotCount as error:
        print(f"instructions cannot be counted here: {error}")
        sys.exit(CANNOT_COUNT)
    if asked.check:
        sys.exit(check(count))
    with tempfile.TemporaryDirectory() as folder:
        found = counts(count, cached_ledger(1), Path(folder) / "scratch.partyctl")
    tool = "perf" if count is by_perf else "valgrind"
    text = PAGE.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    after = rest.partition(END)[2]
    told = written(found, growth(count, asked.sizes), tool)
    PAGE.write_text(f"{before}{BEGIN}\n{told}\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
