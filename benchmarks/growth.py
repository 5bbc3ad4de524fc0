"""How the cost of `check` grows with the number of members, years and branches in the ledger.

For members and years we count instructions; for branches we measure processor time. Each result is
divided by the cost of `python -c pass`. "Cold" means that `check` computes the answer, "warm" that
it prints the stored answer. `--write` writes the tables into docs/performance.md and the picture
docs/pictures/growth.svg. Each measurement is kept in .cache until the run is complete, so that an
interrupted run continues where it stopped. `--branches 1 10` leaves out the ledger of 1,000
branches, as a shorter trial.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

import instructions
import timing
from drawing import Line, Panel, drawn
from ledgers import CACHE, recipe
from rollup_pieces import Pieces
from scale import CHECK, DUES, MONTH, commands
from timing import ROOT, machine, table

HERE = Path(__file__).parent
PAGE = ROOT / "docs" / "performance.md"
PICTURE = ROOT / "docs" / "pictures" / "growth.svg"
BEGIN, END = "<!-- growth -->\n", "<!-- /growth -->\n"
MEMBERS, YEARS, BRANCHES = (10, 30, 100, 300), (1, 5, 20), (1, 10, 100, 1000)
MONTHS, OF_A_MONTH = ("2021-08", "2023-03", "2024-06", "2025-12", "2026-01", MONTH), 100
"""The months for which `check --month` is measured, and the number of branches in the ledger that
is measured."""

ROUNDS = 3
MOST_MS, MOST_MB = 12, 150
"""The targets for a thousand branches: processor time per branch, and peak memory."""


class Grown(NamedTuple):
    """The instructions of `check` for a ledger of one size, as multiples of bare Python."""

    size: int
    cold: float
    warm: float


class Scaled(NamedTuple):
    """The cost of a question about many branches.

    `seconds`: processor time; `peak`: memory in bytes; `bare`: seconds for bare Python.
    """

    branches: int
    seconds: float
    peak: float
    bare: float

    @property
    def ms(self) -> float:
        """Processor time per branch, in ms."""
        return 1000 * self.seconds / self.branches


def ledger_of(**sizes: int) -> Path:
    """Let another process make a ledger of the given sizes; return the ledger's path."""
    words = (sys.executable, HERE / "ledgers.py", "--branches", str(sizes.pop("branches", 1)))
    settings = {f"BENCH_{name.upper()}": str(size) for name, size in sizes.items()}
    done = subprocess.run(
        words, env={**os.environ, **settings}, stdout=subprocess.PIPE, check=True, text=True
    )
    return Path(done.stdout.strip())


def counted(count: instructions.Counter, ledger: Path) -> list[int]:
    """The instructions of `check`, cold and warm, and of bare Python."""
    with tempfile.TemporaryDirectory() as folder:
        asked = instructions.lists(ledger, Path(folder))
        found = []
        for name in (instructions.CHECK, instructions.KEPT, instructions.BARE):
            instructions.run_once(asked[name])
            found.append(count(asked[name]))
    return found


def grown(
    pieces: Pieces, count: instructions.Counter, what: str, sizes: Sequence[int]
) -> list[Grown]:
    """The cost of `check` for each size of ledger."""
    found = []
    for size in sizes:
        measure = partial(_counted_of_size, count, what, size)
        cold, warm, bare = pieces.of(f"{what}-{size}", measure)
        found.append(Grown(size, cold / bare, warm / bare))
    return found


def _counted_of_size(count: instructions.Counter, what: str, size: int) -> list[int]:
    return counted(count, ledger_of(**{what: size}))


def scaled(pieces: Pieces, name: str, sizes: Sequence[int]) -> list[Scaled]:
    """The processor time and the memory of a question, for each number of branches."""
    piece = name.split()[0]
    return [
        Scaled(size, *pieces.of(f"{piece}-{size}", partial(_timed, name, size))) for size in sizes
    ]


def by_month(pieces: Pieces, months: Sequence[str], branches: int) -> dict[str, Scaled]:
    """The processor time and the memory of `check --month`, for each month."""
    return {
        month: Scaled(
            branches,
            *pieces.of(f"{month}-{branches}", partial(_timed, CHECK, branches, month)),
        )
        for month in months
    }


def _timed(name: str, size: int, month: str = MONTH) -> list[float]:
    ledger = ledger_of(branches=size)
    bare = timing.Command((sys.executable, "-c", "pass"))
    command = commands(ledger, month)[name]
    timing.run(command)
    runs = [(timing.run(command), timing.run(bare)) for _ in range(ROUNDS if size < 1000 else 2)]
    return [
        min(ours.processor_seconds for ours, _ in runs),
        max(ours.peak_bytes for ours, _ in runs),
        min(theirs.processor_seconds for _, theirs in runs),
    ]


def told(
    members: Sequence[Grown],
    years: Sequence[Grown],
    by_question: dict[str, list[Scaled]],
    months: dict[str, Scaled],
) -> str:
    """The tables, and whether the targets are reached."""
    parts = ["![The growth of check](pictures/growth.svg)\n"]
    for what, found in (("members", members), ("years", years)):
        lines = [[f"{each.size}", f"{each.cold:.1f}", f"{each.warm:.2f}"] for each in found]
        heads = [what, "`check`, × `python -c pass`", "the same, kept"]
        usual = "five years" if what == "members" else "30 members"
        parts.append(f"One branch, {usual}, in instructions:\n\n{table(heads, lines)}\n")
    heads = ["branches", "question", "processor s", "ms a branch", "peak MB", "× `python -c pass`"]
    lines = [
        [
            f"{each.branches:,}",
            f"`{name}`",
            f"{each.seconds:.2f}",
            f"{each.ms:.1f}",
            f"{each.peak / 1e6:.0f}",
            f"{each.seconds / each.bare:,.0f}",
        ]
        for name, found in by_question.items()
        for each in found
    ]
    parts.append(
        "Many branches with 30 members and five years each, `--json`, no stored answers. Processor time "
        f"of all processes (user and system), including start-up:\n\n{table(heads, lines)}\n"
    )
    heads = ["month", "processor s", "ms a branch"]
    lines = [[month, f"{each.seconds:.2f}", f"{each.ms:.1f}"] for month, each in months.items()]
    parts.append(
        f"`check --month` of {OF_A_MONTH} of these branches, for different months of the five years:\n\n"
        f"{table(heads, lines)}\n"
    )
    slowest = max(months, key=lambda month: months[month].ms)
    largest = {name: found[-1] for name, found in by_question.items()}
    asked = {**largest, f"{CHECK} {slowest}": months[slowest]}
    parts.append("\n".join(_reached(name, each) for name, each in asked.items()))
    return "\n".join([*parts, f"\n{machine()}\n"])


def _reached(name: str, largest: Scaled) -> str:
    states = (
        (f"{largest.ms:.1f} ms a branch", f"≤ {MOST_MS} ms", largest.ms <= MOST_MS),
        (f"{largest.peak / 1e6:.0f} MB", f"≤ {MOST_MB} MB", largest.peak <= MOST_MB * 1e6),
    )
    said = "; ".join(
        f"{limit}: {found}, {'reached' if ok else 'not reached'}" for found, limit, ok in states
    )
    return f"- `{name}` of {largest.branches:,} branches: {said}"


def picture(
    members: Sequence[Grown], years: Sequence[Grown], by_question: dict[str, list[Scaled]]
) -> str:
    """Three charts side by side: growth by members, by years and by branches, on logarithmic axes."""
    one_branch = [
        Panel(
            f"{what} of a branch",
            "× python -c pass (instructions)",
            [
                Line("cold", [(each.size, each.cold) for each in found]),
                Line("warm", [(each.size, each.warm) for each in found]),
            ],
        )
        for what, found in (("members", members), ("years", years))
    ]
    many = Panel(
        "branches of a ledger",
        "× python -c pass (processor time)",
        [
            Line(name, [(each.branches, each.seconds / each.bare) for each in found])
            for name, found in by_question.items()
        ],
    )
    return drawn([*one_branch, many])


def main() -> None:
    """Take the measurements that are not stored yet; print the tables, and write them if asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="write the page and the picture")
    parser.add_argument("--members", type=int, nargs="+", default=MEMBERS)
    parser.add_argument("--years", type=int, nargs="+", default=YEARS)
    parser.add_argument("--branches", type=int, nargs="+", default=BRANCHES)
    asked = parser.parse_args()
    try:
        count = instructions.counter()
    except instructions.CannotCount as error:
        sys.exit(f"instructions cannot be counted here: {error}")
    pieces = Pieces(CACHE / f"growth-pieces-{recipe()}-{_program()}")
    members = grown(pieces, count, "members", asked.members)
    years = grown(pieces, count, "years", asked.years)
    by_question = {name: scaled(pieces, name, asked.branches) for name in (CHECK, DUES)}
    months = by_month(pieces, MONTHS, OF_A_MONTH)
    text = told(members, years, by_question, months)
    print(text)
    if asked.write:
        _write(text)
        PICTURE.write_text(picture(members, years, by_question), encoding="utf-8")
    for each in CACHE.glob("growth-pieces-*"):
        shutil.rmtree(each)


def _program() -> str:
    """The commit that is measured; stored measurements of any other commit are not used."""
    words = ("git", "-C", str(ROOT), "describe", "--always", "--dirty")
    return subprocess.run(words, stdout=subprocess.PIPE, check=True, text=True).stdout.strip()


def _write(text: str) -> None:
    page = PAGE.read_text(encoding="utf-8")
    before, _, rest = page.partition(BEGIN)
    PAGE.write_text(f"{before}{BEGIN}\n{text}\n{END}{rest.partition(END)[2]}", encoding="utf-8")


if __name__ == "__main__":
    main()
