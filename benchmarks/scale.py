"""The cost of a thousand branches: `check --month` and `dues status`, compared with hand-written SQL.

partyctl and the SQL answer the same question on the same ledger in separate processes. The SQL
computes only some rules; for these rules, both must give the same rows.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from startup import NOTHING_OR_FINDINGS, partyctl
from timing import CHUNK, Command, Failed, Run, machine, median, run, table, target

HERE = Path(__file__).parent
SIZES = (100, 300, 1000)
MONTH, MONTH_ASKED_ON, DUES_ASKED_ON = "2026-06", "2026-07-05", "2026-07-01"
SECONDS, MEGABYTES = 6, 150
STEEPER = 1.15
"""The limit of a quotient: the time per branch in the largest ledger, divided by the time per branch
in the smallest."""

CHECK, CHECK_SQL = "check --month", "check in SQL"
DUES, DUES_SQL = "dues status", "dues in SQL"
ANSWERS = ((CHECK, CHECK_SQL), (DUES, DUES_SQL))


class Measured(NamedTuple):
    """One command on one ledger: its runs, and the file with its last output."""

    runs: list[Run]
    answer: Path

    @property
    def peak(self) -> float:
        """The highest peak memory of all runs, in MB."""
        return max(each.peak_bytes for each in self.runs) / 1e6


def spent(runs: list[Run]) -> float:
    """The processor seconds of the median run, summed over its processes."""
    return statistics.median(each.processor_seconds for each in runs)


def ledger_of(branches: int) -> Path:
    """Let another process make a ledger with `branches` branches; return its path.

    So the memory for making the ledger is not part of our own peak memory.
    """
    maker = (sys.executable, HERE / "ledgers.py", "--branches", str(branches))
    made = subprocess.run(maker, stdout=subprocess.PIPE, check=True, text=True)
    return Path(made.stdout.strip())


def commands(ledger: Path, month: str = MONTH) -> dict[str, Command]:
    """The commands that answer the two questions, with partyctl and with hand-written SQL.

    `month`: the month that `check --month` is about.
    """
    by_hand = (sys.executable, HERE / "by_hand.py")
    check = ("check", "--month", month, "--as-of", MONTH_ASKED_ON, "--json")
    dues = ("dues", "status", "--as-of", DUES_ASKED_ON, "--json")
    return {
        CHECK: Command(partyctl(ledger, *check), NOTHING_OR_FINDINGS),
        CHECK_SQL: Command((*by_hand, "check", ledger, month, MONTH_ASKED_ON)),
        DUES: Command(partyctl(ledger, *dues)),
        DUES_SQL: Command((*by_hand, "dues", ledger, DUES_ASKED_ON)),
    }


def measure(ledger: Path, rounds: int, folder: Path) -> dict[str, Measured]:
    """Read the ledger into the page cache; then run the commands in turn, and keep their output."""
    with ledger.open("rb") as file:
        while file.read(CHUNK):
            pass
    found: dict[str, Measured] = {}
    for _ in range(rounds):
        for place, (name, command) in enumerate(commands(ledger).items()):
            answer = folder / f"{ledger.stem}-{place}.json"
            with answer.open("wb") as output:
                once = run(command, output)
            found.setdefault(name, Measured([], answer)).runs.append(once)
    return found


def checked(answer: Mapping[str, Any]) -> dict[str, list[Any]]:
    """For each rule, its open items in `check --json`: the subject, and the due day."""
    found: dict[str, list[Any]] = {}
    for each in answer["obligations"]:
        is_open = each["status"] in ("overdue", "breach", "advised")
        if is_open or (each["status"], each["due"]) == ("due", None):
            rows = found.setdefault(each["rule"], [])
            rows.append([each["subject"]["id"], each["due"] or ""])
    return {rule: sorted(rows) for rule, rows in found.items()}


def stood(answer: Mapping[str, Any]) -> dict[str, list[Any]]:
    """For each member in `dues status --json`, the fields that the hand-written SQL computes too."""
    fields = ("owed", "paid", "longest_unpaid_run", "unpaid_months", "underpaid_months")
    return {str(each["id"]): [each[name] for name in fields] for each in answer["members"]}


def differences(found: Mapping[str, Measured]) -> dict[str, list[str]]:
    """For each question, the differences between partyctl and SQL, row by row; empty if there are none."""
    lines: dict[str, list[str]] = {}
    said_by: tuple[Callable[[Mapping[str, Any]], dict[str, list[Any]]], ...] = (checked, stood)
    for (ours, theirs), rows in zip(ANSWERS, said_by, strict=True):
        said = rows(json.loads(found[ours].answer.read_bytes()))
        by_hand = json.loads(found[theirs].answer.read_bytes())
        # The SQL covers only the rules on meetings and dues, so only these rules are compared.
        wrong = [
            f"- ✗ {ours}, {key}: partyctl {_brief(said.get(key, []))}, SQL {_brief(by_hand[key])}"
            for key in sorted(by_hand)
            if said.get(key, []) != by_hand[key]
        ]
        lines[ours] = wrong
    return lines


def _brief(rows: list[Any]) -> str:
    return f"{len(rows)} rows, {str(rows)[:80]}"


def lines_of(
    branches: int, ledger: Path, found: Mapping[str, Measured], wrong: Mapping[str, list[str]]
) -> list[list[str]]:
    """One ledger's rows in the table, one row for each question.

    A row has the times of partyctl and of the SQL, and partyctl's peak memory.

    If partyctl and the SQL give different answers, no ratio is printed.
    """
    size = f"{branches:,} ({ledger.stat().st_size >> 20:,} MiB)"
    lines = []
    for ours, theirs in ANSWERS:
        seconds, by_hand = spent(found[ours].runs), spent(found[theirs].runs)
        ratio = "the rows differ" if wrong[ours] else f"{seconds / by_hand:.1f}"
        took = (f"{seconds:.2f}", f"{1000 * seconds / branches:.1f}", f"{found[ours].peak:.0f}")
        lines.append([size, f"`{ours}`", *took, f"{by_hand:.2f}", ratio])
    return lines


def print_targets(largest: int, per_branch: Mapping[int, float], found: Measured) -> None:
    """Print whether each target is reached."""
    seconds = median(found.runs)
    steeper = per_branch[largest] / per_branch[min(per_branch)]
    reached = (seconds <= SECONDS, found.peak <= MEGABYTES, steeper <= STEEPER)
    texts = (
        f"{CHECK} of {largest:,} branches ≤ {SECONDS} s: {seconds:.2f} s",
        f"{CHECK} of {largest:,} branches ≤ {MEGABYTES} MB: {found.peak:.0f} MB",
        f"time per branch ≤ {STEEPER} × the time per branch of the smallest ledger: {steeper:.2f}",
    )
    for each, text in zip(reached, texts, strict=True):
        print(target(each, text))


def main() -> None:
    """Measure, print the table, and exit with 3 if the answers differ."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        ledgers = {size: ledger_of(size) for size in sorted(asked.sizes)}
        try:
            found = {
                size: measure(ledger, asked.rounds, Path(folder))
                for size, ledger in ledgers.items()
            }
        except Failed as failed:
            sys.exit(str(failed))
        # We read the answers only after all measurements, because memory that this process uses
        # would count in the peak of later commands.
        wrong = {size: differences(each) for size, each in found.items()}
    headings = [
        "branches",
        "question",
        "processor s",
        "ms per branch",
        "peak MB",
        "SQL by hand, s",
        "× SQL",
    ]
    lines = [
        line for size in ledgers for line in lines_of(size, ledgers[size], found[size], wrong[size])
    ]
    print(table(headings, lines), end="\n\n")
    largest = max(ledgers)
    per_branch = {size: spent(each[CHECK].runs) / size for size, each in found.items()}
    print_targets(largest, per_branch, found[largest][CHECK])
    told = [line for each in wrong.values() for lines in each.values() for line in lines]
    print("\n".join(told) or target(True, "partyctl and SQL agree on every row"))
    print(f"\nMedians of {asked.rounds} rounds. {machine()}")
    sys.exit(3 if told else 0)


if __name__ == "__main__":
    main()
