"""The time that everyday commands take, as whole processes, compared with other programs.

Every command runs once in each round, in a shuffled order, so that changes in the machine's speed
affect all of them equally. Ratios compare medians from one run of this script. The ledger has 30
members and 5 years of records.
"""

import argparse
import shutil
import statistics
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from baselines import installed, todoman_config
from ledgers import cached_ledger
from timing import Command, Failed, Run, interleaved, machine, median, table, target

AS_OF = "2026-07-05"
PASS = "python -c pass"
SQLMODEL = 'python -c "import sqlmodel"'
ROWS = "sqlite-utils rows (30 rows)"
CHECK = "partyctl check, piped"
CHECK_ON_TERMINAL = "partyctl check, on a terminal"
MEETING_ADD = "partyctl meeting add"
BASELINES = (PASS, SQLMODEL, ROWS)
NOTHING_OR_FINDINGS = frozenset({0, 3})


class Target(NamedTuple):
    """The target for a command's time, as a multiple of a baseline."""

    command: str
    at_most: float
    baseline: str


TARGETS = (
    Target(CHECK, 0.6, ROWS),
    Target(CHECK, 8, PASS),
    Target(CHECK_ON_TERMINAL, 12, PASS),
    Target(MEETING_ADD, 1.35, SQLMODEL),
)


def partyctl(ledger: Path, *words: str) -> tuple[str | Path, ...]:
    """The arguments that run partyctl: the installed program if there is one, or this checkout."""
    script = Path(sys.executable).with_name("partyctl")
    start = (script,) if script.exists() else (sys.executable, "-m", "partyctl")
    return *start, "--ledger", ledger, *words


def commands(ledger: Path, scratch: Path) -> dict[str, Command]:
    """The measured commands; `meeting add` writes to a new copy of the ledger each time."""
    check = partyctl(ledger, "check", "--as-of", AS_OF)
    status = partyctl(ledger, "dues", "status", "--as-of", AS_OF)
    add = partyctl(
        scratch,
        "meeting",
        "add",
        "members",
        "--on",
        "2026-07-02",
        "--chair",
        "#1",
        "--notified",
        "2026-06-29",
        "--decision",
        "评优=同意推荐",
        "--present",
        "all",
    )
    todoman = {"TODOMAN_CONFIG": str(todoman_config())}
    return {
        PASS: Command((sys.executable, "-c", "pass")),
        SQLMODEL: Command((sys.executable, "-c", "import sqlmodel")),
        ROWS: Command((installed("sqlite-utils"), "rows", ledger, "member")),
        "todo list (1,000 todos)": Command((installed("todo"), "list"), settings=todoman),
        CHECK: Command(check, NOTHING_OR_FINDINGS),
        CHECK_ON_TERMINAL: Command(check, NOTHING_OR_FINDINGS, on_terminal=True),
        "partyctl --help": Command(partyctl(ledger, "--help")),
        "partyctl dues status": Command(status),
        MEETING_ADD: Command(add, before=lambda: shutil.copyfile(ledger, scratch)),
    }


def line_of(name: str, runs: dict[str, list[Run]]) -> list[str]:
    """The table row of a command: milliseconds, and ratios to the baselines."""
    seconds = sorted(each.seconds for each in runs[name])
    middle = median(runs[name])
    ninth = statistics.quantiles(seconds, n=10, method="inclusive")[-1]
    times = [f"{1000 * each:.0f}" for each in (middle, seconds[0], ninth)]
    return [f"`{name}`", *times, *(f"{middle / median(runs[each]):.2f}" for each in BASELINES)]


def print_targets(runs: dict[str, list[Run]]) -> None:
    """Print whether each target is reached."""
    for command, at_most, baseline in TARGETS:
        ratio = median(runs[command]) / median(runs[baseline])
        print(target(ratio <= at_most, f"{command} ≤ {at_most} × {baseline}: {ratio:.2f}"))


def main() -> None:
    """Measure; print the table, and whether each target is reached."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=21, help="at least 15")
    rounds = max(15, parser.parse_args().rounds)
    ledger = cached_ledger(1)
    with tempfile.TemporaryDirectory() as folder:
        measured = commands(ledger, Path(folder) / "scratch.partyctl")
        try:
            runs = interleaved(measured, rounds)
        except Failed as failed:
            sys.exit(str(failed))
    headings = ["command", "median ms", "min", "p90", *(f"× `{each}`" for each in BASELINES)]
    print(table(headings, [line_of(name, runs) for name in runs]), end="\n\n")
    print_targets(runs)
    print(f"\nMedians of {rounds} interleaved rounds. {machine()}")


if __name__ == "__main__":
    main()
