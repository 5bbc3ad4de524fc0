"""The measurements of `rollup.py`, as tables.

Times are processor times of a command, including all processes that it starts.
"""

import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from ledgers import CACHE
from many_ledgers import MEMBERS, MONTHS, QUICK
from timing import Command, run, table, target

HERE = Path(__file__).parent
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


class Table(NamedTuple):
    """A table with the results of one measurement, ready to be printed."""

    title: str
    said: str
    headings: tuple[str, ...]
    lines: list[list[str]]

    def __str__(self) -> str:
        said = f"{self.said}\n\n" if self.said else ""
        return f"## {self.title}\n\n{said}{table(self.headings, self.lines)}\n"


class Spent(NamedTuple):
    """A command's cost: processor seconds, clock seconds, peak bytes of its largest process."""

    processor: float
    clock: float
    peak: int


class Pieces:
    """The measurements, each stored in a file, so that an interrupted run continues where it stopped."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def of(self, name: str, measure: Callable[[], list[Any]]) -> list[Any]:
        """The measurement stored under a name; if none is stored, the measurement is taken now."""
        place = self.folder / f"{name}.json"
        if not place.exists():
            found = measure()
            draft = place.with_suffix(".draft")
            draft.write_text(json.dumps(found), encoding="utf-8")
            draft.replace(place)
        found = list(json.loads(place.read_text(encoding="utf-8")))
        print(f"{time.strftime('%H:%M:%S')} {name}: {found}", file=sys.stderr, flush=True)
        return found

    def spent(
        self, name: str, *words: str | Path, accepts: frozenset[int] = frozenset({0})
    ) -> Spent:
        """The stored cost of a command; if none is stored, the cost is measured now."""
        return Spent(*self.of(name, lambda: list(asked(*words, accepts=accepts))))

    def forget(self, beginning: str) -> None:
        """Delete the stored measurements whose names begin with this text."""
        for each in self.folder.glob(f"{beginning}*.json"):
            each.unlink()


def made(*words: str) -> Path:
    """Let another process make data, to keep our own peak memory small; return the data's path."""
    line = (sys.executable, str(HERE / "many_ledgers.py"), *words)
    done = subprocess.run(line, stdout=subprocess.PIPE, check=True, text=True)
    return Path(done.stdout.strip())


def asked(*words: str | Path, accepts: frozenset[int] = frozenset({0})) -> Spent:
    """Run a command of this checkout in a separate process; return its times and peak memory."""
    found = run(Command((sys.executable, "-m", "partyctl", *words), accepts))
    return Spent(found.processor_seconds, found.seconds, found.peak_bytes)


def mb(peak: float) -> str:
    """A number of bytes as a text in MB."""
    return f"{peak / 1e6:.0f}"


def judged(pieces: Pieces, sizes: Sequence[int], most_for_dask: int) -> Table:
    """The cost of `compute` for each number of ledgers, with processes and with Dask workers."""
    lines, each_ms = [], {}
    for size in sizes:
        engines = {"pool": ("--workers", "2")}
        if size <= most_for_dask:
            engines["dask"] = ("--dask", "local")
        for engine, words in engines.items():
            spent = Spent(*pieces.of(f"judged-{size}-{engine}", partial(_judged, size, words)))
            each_ms[engine] = 1000 * spent.processor / size
            named = {"pool": "pool of 2", "dask": "Dask, local"}[engine]
            each = (f"{spent.processor:.1f}", f"{each_ms[engine]:.0f}", f"{spent.clock:.0f}")
            lines.append([f"{size:,}", named, *each, mb(spent.peak)])
        shutil.rmtree(CACHE / f"ledgers-{size}", ignore_errors=True)
    left_out = [size for size in sizes if size > most_for_dask]
    said = (
        f"The month is {MONTH}. Ordinary partyctl commands wrote {len(MEMBERS)} ledgers of {MEMBERS[0]} to "
        f"{MEMBERS[-1]} members, a year each; all other ledgers are copies of these with different ledger "
        "numbers."
    )
    for size in left_out:
        more = (
            f": it would take {each_ms['dask'] * size / 1000:.0f} s of processor time"
            if "dask" in each_ms
            else ""
        )
        said += f" Dask was not measured with {size:,} ledgers{more}."
    headings = (
        "ledgers",
        "engine",
        "processor s",
        "ms a ledger",
        "clock s",
        "peak MB of a process",
    )
    return Table("Computing from local ledgers: `rollup compute`", said, headings, lines)


def _judged(size: int, words: Sequence[str]) -> list[float]:
    ledgers = CACHE / f"ledgers-{size}"
    if len(list(ledgers.glob("*.db"))) != size:
        made("--ledgers", str(size))
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out"
        return list(asked("rollup", "compute", ledgers, "--month", MONTH, "-o", out, *words))


def extracted(pieces: Pieces, count: int) -> Table:
    """The cost of `extract` at a branch: a whole process, including the journal entry."""
    spent = [Spent(*each) for each in pieces.of(f"extracted-{count}", partial(_extracted, count))]
    times = sorted(1000 * each.processor for each in spent)
    told = (f"{each:.0f}" for each in (times[0], times[count // 2], times[-1]))
    line = [f"{count}", *told, mb(max(each.peak for each in spent))]
    headings = ("ledgers", "processor ms, least", "median", "most", "peak MB")
    said = (
        "One process for each ledger, as at a branch: it starts, computes the month, and writes the "
        "extract and the journal entry."
    )
    return Table("At the branch: `rollup extract`", said, headings, [line])


def _extracted(count: int) -> list[Spent]:
    ledgers = made("--ledgers", str(count))
    words = ("rollup", "extract", "--month", MONTH, "-o")
    with tempfile.TemporaryDirectory() as folder:
        found = [
            asked("--ledger", each, *words, f"{folder}/{each.stem}")
            for each in sorted(ledgers.glob("*.db"))
        ]
    shutil.rmtree(ledgers)
    return found


class Collected(NamedTuple):
    """One month at a hub: the bytes of its extracts, and the cost of collecting them."""

    sent: int
    spent: Spent


def collected(pieces: Pieces, size: int) -> dict[str, Collected]:
    """The cost of collecting a year's extracts at a new hub, one month after another."""
    hub = QUICK / f"hub-{size}"
    made_already = all(
        (pieces.folder / f"collected-{size}-{each}.json").exists() for each in MONTHS
    )
    if not made_already or not (hub / "hub.json").exists():
        pieces.forget(f"collected-{size}-")
        made("--hub", str(size))
    found = {}
    for month in MONTHS:
        sent, *spent = pieces.of(f"collected-{size}-{month}", partial(_collected, hub, size, month))
        found[month] = Collected(sent, Spent(*spent))
    return found


def _collected(hub: Path, size: int, month: str) -> list[float]:
    sent = made("--send", str(size), "--month", month)
    spent = asked("rollup", "collect", sent, "--hub", hub)
    taken = sum(each.stat().st_size for each in sent.iterdir())
    shutil.rmtree(sent)
    return [taken, *spent]


def table_of_months(found: dict[str, Collected], size: int) -> Table:
    """The table of what `collect` costs, with one line for each month."""
    lines = [
        [
            month,
            f"{size:,}",
            f"{sent / size / 1000:.2f}",
            f"{spent.processor:.1f}",
            f"{1000 * spent.processor / size:.1f}",
            mb(spent.peak),
        ]
        for month, (sent, spent) in found.items()
    ]
    headings = ("month", "extracts", "KB each", "processor s", "ms each", "peak MB")
    said = (
        "Each extract is read, checked, stored with `fsync` and added to the log; then the month's "
        "Parquet files are written."
    )
    return Table("At the hub: `rollup collect`, a month at a time", said, headings, lines)


def questions(pieces: Pieces, size: int, rounds: int = 3) -> tuple[Table, list[str]]:
    """The cost of questions to a hub with a year of extracts; whether each is within the limits."""
    lines, targets = [], []
    hub = QUICK / f"hub-{size}"
    with tempfile.TemporaryDirectory() as folder:
        for name, (words, accepts) in QUESTIONS.items():
            line: tuple[str | Path, ...] = (
                "rollup",
                *words.replace("page.html", f"{folder}/page.html").split(),
                "--hub",
                hub,
            )
            runs = [
                pieces.spent(f"asked-{size}-{name.replace(' ', '')}-{n}", *line, accepts=accepts)
                for n in range(rounds)
            ]
            processor = min(each.processor for each in runs)
            peak = max(each.peak for each in runs)
            clock = min(each.clock for each in runs)
            lines.append([f"`{name}`", f"{processor:.2f}", f"{clock:.2f}", mb(peak)])
            reached = processor <= SECONDS and peak <= MEGABYTES * 1e6
            targets.append(target(reached, f"`{name}`: {processor:.2f} s, {mb(peak)} MB"))
    said = (
        f"{size:,} branches, {len(MONTHS)} months; whole processes including start-up; the best of "
        f"{rounds}. Limits: {SECONDS:g} s of processor time, {MEGABYTES} MB."
    )
    headings = ("question", "processor s", "clock s", "peak MB")
    return Table("Queries over a year", said, headings, lines), targets


class PassedUp(NamedTuple):
    """Passing up a month: bytes of packet and Parquet files, and the cost of each step."""

    packet: int
    parquet: int
    up: Spent
    taken: Spent
    asked: Spent
    checked: Spent


def passed_up(pieces: Pieces, size: int) -> PassedUp:
    """Measure how a hub passes a month's packet to the hub of the next level."""
    packet, parquet, *spent = pieces.of(f"passed-up-{size}", partial(_passed_up, size))
    return PassedUp(packet, parquet, *(Spent(*each) for each in spent))


def _passed_up(size: int) -> list[Any]:
    hub = QUICK / f"hub-{size}"
    with tempfile.TemporaryDirectory() as folder:
        packet, top = Path(folder) / "up.partyctl-packet.gz", Path(folder) / "top"
        up = asked("rollup", "pass-up", "--month", MONTH, "--hub", hub, "-o", packet)
        number = json.loads((hub / "hub.json").read_text(encoding="utf-8"))["hub"]
        asked("rollup", "init", top, "--organ", "虚构省直")
        asked("rollup", "enrol", "S1", "虚构市", "--ledger", number, "--hub", top)
        taken = asked("rollup", "collect", packet, "--hub", top)
        told = asked("rollup", "show", "--by", "organ", "--hub", top)
        checked = asked("rollup", "verify", "--hub", top)
        parquet = sum(each.stat().st_size for each in top.rglob("*.parquet"))
        return [packet.stat().st_size, parquet, up, taken, told, checked]


def table_of_steps(found: PassedUp, size: int) -> Table:
    """The table of the steps that bring a packet to the next level, with the cost of each step."""
    steps = {
        f"`pass-up`: a packet of {found.packet / 1e6:.1f} MB": found.up,
        f"`collect` at the next level ({found.parquet / 1e6:.1f} MB of Parquet)": found.taken,
        "`show --by organ` at the next level": found.asked,
        "`verify` at the next level": found.checked,
    }
    lines = [
        [name, f"{each.processor:.1f}", f"{1000 * each.processor / size:.2f}", mb(each.peak)]
        for name, each in steps.items()
    ]
    headings = ("step", "processor s", "ms a branch", "peak MB")
    return Table("Passing up: one month of all branches as one file", "", headings, lines)
