"""The cost of many ledgers: computing from them, collecting at a hub, and querying a year there.

Times are processor time of a command and all processes it starts; wall time would depend on other load. Do
not keep shared cores busy: run it with `nice -n 10`, one size after another (`--sizes 200`). `--write` writes
the tables to docs/rollup-scale.md.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from many_ledgers import MEMBERS, MONTHS
from timing import Command, Failed, Run, machine, run, table, target

HERE = Path(__file__).parent
PAGE = HERE.parent / "docs" / "rollup-scale.md"
SIZES = (200, 1000, 5000)
MONTH = "2026-10"
SECONDS, MEGABYTES = 1.0, 300
SOMEBODY_MISSING = frozenset({0, 3})
QUESTIONS = {
    "missing --month": (f"missing --month {MONTH}", SOMEBODY_MISSING),
    "show --by branch --month": (f"show --by branch --month {MONTH} --rank", frozenset({0})),
    "show --by branch": ("show --by branch --rank", frozenset({0})),
    "show --by chapter": ("show --by chapter", frozenset({0})),
    "show --by rule": ("show --by rule", frozenset({0})),
    "show --by month": ("show --by month", frozenset({0})),
    "report --month": (f"report --month {MONTH} -o page.html --replace", frozenset({0})),
    "verify": ("verify", frozenset({0})),
}
MEASURED = "<!-- written by benchmarks/rollup.py --write -->"


class Table(NamedTuple):
    """One measurement, as printed."""

    title: str
    said: str
    headings: tuple[str, ...]
    lines: list[list[str]]

    def __str__(self) -> str:
        said = f"{self.said}\n\n" if self.said else ""
        return f"## {self.title}\n\n{said}{table(self.headings, self.lines)}\n"


def made(*words: str) -> Path:
    """Run the generator in a separate process: its memory would otherwise count as our peak."""
    line = (sys.executable, str(HERE / "many_ledgers.py"), *words)
    done = subprocess.run(line, stdout=subprocess.PIPE, check=True, text=True)
    return Path(done.stdout.strip())


def asked(*words: str | Path, accepts: frozenset[int] = frozenset({0})) -> Run:
    """Run a command of this checkout in a separate process."""
    return run(Command((sys.executable, "-m", "partyctl", *words), accepts))


def mb(measured: Run) -> str:
    """The peak memory of one process of a run, in MB."""
    return f"{measured.peak_bytes / 1e6:.0f}"


def judged(sizes: Sequence[int]) -> Table:
    """`compute` on this many ledgers: with a pool of two processes, and with a Dask cluster of two."""
    lines = []
    for size in sizes:
        ledgers = made("--ledgers", str(size))
        for engine, words in (
            ("pool of 2", ("--workers", "2")),
            ("Dask, local", ("--dask", "local")),
        ):
            with tempfile.TemporaryDirectory() as folder:
                out = Path(folder) / "out"
                spent = asked("rollup", "compute", ledgers, "--month", MONTH, "-o", out, *words)
            whole, clock = spent.processor_seconds, spent.seconds
            each = f"{1000 * whole / size:.0f}"
            lines.append([f"{size:,}", engine, f"{whole:.1f}", each, f"{clock:.0f}", mb(spent)])
            print(*lines[-1], file=sys.stderr)
        shutil.rmtree(ledgers)
    return Table(
        "Computing from local ledgers: `rollup compute`",
        f"One month ({MONTH}); {len(MEMBERS)} ledgers of {MEMBERS[0]} to {MEMBERS[-1]} members were "
        "written by the program's own commands, each with a year; the others are copies with different "
        "ledger numbers.",
        ("ledgers", "engine", "processor s", "ms a ledger", "clock s", "peak MB of a process"),
        lines,
    )


def extracted(count: int = 24) -> Table:
    """`extract` at the branch: a whole process, including its journal entry."""
    ledgers = made("--ledgers", str(count))
    with tempfile.TemporaryDirectory() as folder:
        spent = [
            asked(
                "--ledger", ledger, "rollup", "extract", "--month", MONTH, "-o", f"{folder}/{place}"
            )
            for place, ledger in enumerate(sorted(ledgers.glob("*.db")))
        ]
    shutil.rmtree(ledgers)
    times = sorted(1000 * each.processor_seconds for each in spent)
    peak = max(spent, key=lambda each: each.peak_bytes)
    line = [
        f"{count}",
        *(f"{each:.0f}" for each in (times[0], times[count // 2], times[-1])),
        mb(peak),
    ]
    headings = ("ledgers", "processor ms, least", "median", "most", "peak MB")
    said = "One process per ledger, as at a branch: start, computation, the file, and the journal entry."
    return Table("At the branch: `rollup extract`", said, headings, [line])


def collected(hub: Path, size: int) -> Table:
    """A year, month after month: the cost of `collect` per file."""
    lines = []
    for month in MONTHS:
        sent = made("--send", str(size), "--month", month)
        kilobytes = sum(each.stat().st_size for each in sent.iterdir()) / size / 1000
        spent = asked("rollup", "collect", sent, "--hub", hub)
        each = 1000 * spent.processor_seconds / size
        whole = f"{spent.processor_seconds:.1f}"
        lines.append([month, f"{size:,}", f"{kilobytes:.2f}", whole, f"{each:.1f}", mb(spent)])
        print(*lines[-1], file=sys.stderr)
        shutil.rmtree(sent)
    headings = ("month", "extracts", "KB each", "processor s", "ms each", "peak MB")
    said = (
        "Each extract is read, checked, stored with `fsync` and recorded; then they are converted to the "
        "month's Parquet."
    )
    return Table("At the hub: `rollup collect`, a month at a time", said, headings, lines)


def questions(hub: Path, size: int, rounds: int = 3) -> tuple[Table, list[str]]:
    """The queries over a year, and whether each stays within its limits."""
    lines, targets = [], []
    with tempfile.TemporaryDirectory() as folder:
        for name, (words, accepts) in QUESTIONS.items():
            line = words.replace("page.html", f"{folder}/page.html").split()
            runs = [asked("rollup", *line, "--hub", hub, accepts=accepts) for _ in range(rounds)]
            best = min(runs, key=lambda each: each.processor_seconds)
            clock = min(each.seconds for each in runs)
            lines.append([f"`{name}`", f"{best.processor_seconds:.2f}", f"{clock:.2f}", mb(best)])
            reached = best.processor_seconds <= SECONDS and best.peak_bytes <= MEGABYTES * 1e6
            told = f"`{name}`: {best.processor_seconds:.2f} s, {mb(best)} MB"
            targets.append(target(reached, told))
            print(*lines[-1], file=sys.stderr)
    said = (
        f"{size:,} branches, {len(MONTHS)} months; whole processes including start-up; the best of "
        f"{rounds}. Limits: {SECONDS:g} s of processor time, {MEGABYTES} MB."
    )
    return Table(
        "Queries over a year", said, ("question", "processor s", "clock s", "peak MB"), lines
    ), targets


def passed_up(hub: Path, size: int) -> Table:
    """A month's packet, and the cost of collecting it at the next level."""
    with tempfile.TemporaryDirectory() as folder:
        packet, top = Path(folder) / "up.partyctl-packet.gz", Path(folder) / "top"
        made_up = asked("rollup", "pass-up", "--month", MONTH, "--hub", hub, "-o", packet)
        number = (hub / "hub.json").read_text(encoding="utf-8").split('"hub": "')[1][:16]
        asked("rollup", "init", top, "--organ", "虚构省直")
        asked("rollup", "enrol", "S1", "虚构市", "--ledger", number, "--hub", top)
        taken = asked("rollup", "collect", packet, "--hub", top)
        asked_above = asked("rollup", "show", "--by", "organ", "--hub", top)
        checked = asked("rollup", "verify", "--hub", top)
        megabytes = packet.stat().st_size / 1e6
        parquet = sum(each.stat().st_size for each in top.rglob("*.parquet")) / 1e6
    steps = {
        f"`pass-up`: a packet of {megabytes:.1f} MB": made_up,
        f"`collect` at the next level ({parquet:.1f} MB of Parquet)": taken,
        "`show --by organ` at the next level": asked_above,
        "`verify` at the next level": checked,
    }
    lines = [
        [
            name,
            f"{each.processor_seconds:.1f}",
            f"{1000 * each.processor_seconds / size:.2f}",
            mb(each),
        ]
        for name, each in steps.items()
    ]
    headings = ("step", "processor s", "ms a branch", "peak MB")
    return Table("Passing up: one month of all branches as one file", "", headings, lines)


def tables(sizes: Sequence[int], *, with_ledgers: bool) -> Iterator[str]:
    """All measurements in order; the hub has the largest size."""
    if with_ledgers:
        yield str(judged(sizes))
        yield str(extracted())
    size = max(sizes)
    hub = made("--hub", str(size))
    yield str(collected(hub, size))
    answers, targets = questions(hub, size)
    yield str(answers)
    yield "\n".join(targets) + "\n"
    yield str(passed_up(hub, size))
    shutil.rmtree(hub)


def main() -> None:
    """Measure, print, and write the page with `--write`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--hub-only", action="store_true", help="no ledgers: the hub alone")
    parser.add_argument("--write", action="store_true", help=f"write {PAGE.name}")
    given = parser.parse_args()
    try:
        found = "\n".join(tables(given.sizes, with_ledgers=not given.hub_only))
    except Failed as failed:
        sys.exit(str(failed))
    measured = f"{found}\n{machine()}\n"
    print(measured)
    if given.write:
        head, _, _ = PAGE.read_text(encoding="utf-8").partition(MEASURED)
        PAGE.write_text(f"{head}{MEASURED}\n\n{measured}", encoding="utf-8")


if __name__ == "__main__":
    main()
