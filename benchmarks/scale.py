"""The cost of a thousand branches: `check --month` and `dues status`, compared with hand-written SQL.

Each answers the same question on the same ledger in a separate process, and both must agree.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from startup import NOTHING_OR_FINDINGS, partyctl
from timing import CHUNK, Command, Failed, Run, machine, median, run, table, target

HERE = Path(__file__).parent
SIZES = (100, 300, 1000)
MONTH, MONTH_ASKED_ON, DUES_ASKED_ON = "2026-06", "2026-07-05", "2026-07-01"
SECONDS, MEGABYTES = 6, 400
STEEPER = 1.15
"""The limit of the time per branch in the largest ledger, as a multiple of the smallest."""

CHECK, CHECK_SQL = "check --month", "check in SQL"
DUES, DUES_SQL = "dues status", "dues in SQL"
ANSWERS = ((CHECK, CHECK_SQL), (DUES, DUES_SQL))


class Measured(NamedTuple):
    """One command on one ledger: its runs, and the file with its last output."""

    runs: list[Run]
    answer: Path

    @property
    def peak(self) -> float:
        """The peak memory of a run, in MB."""
        return max(each.peak_bytes for each in self.runs) / 1e6


def ledger_of(branches: int) -> Path:
    """The ledger with this many branches, made by another process so that its memory is not in our peak."""
    maker = (sys.executable, HERE / "ledgers.py", "--branches", str(branches))
    made = subprocess.run(maker, stdout=subprocess.PIPE, check=True, text=True)
    return Path(made.stdout.strip())


def commands(ledger: Path) -> dict[str, Command]:
    """The commands for both questions, by partyctl and by SQL."""
    by_hand = (sys.executable, HERE / "by_hand.py")
    check = ("check", "--month", MONTH, "--as-of", MONTH_ASKED_ON, "--json")
    dues = ("dues", "status", "--as-of", DUES_ASKED_ON, "--json")
    return {
        CHECK: Command(partyctl(ledger, *check), NOTHING_OR_FINDINGS),
        CHECK_SQL: Command((*by_hand, "check", ledger, MONTH, MONTH_ASKED_ON)),
        DUES: Command(partyctl(ledger, *dues)),
        DUES_SQL: Command((*by_hand, "dues", ledger, DUES_ASKED_ON)),
    }


def measure(ledger: Path, rounds: int, folder: Path) -> dict[str, Measured]:
    """Run the commands in turn, with the file in the page cache, and keep their output."""
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


def checked(answer: Mapping[str, Any]) -> dict[str, list[int]]:
    """For each rule, the open items in `check --json`: this month's, and those carried over."""
    found = Counter(
        (each["rule"], each["carried_over"])
        for each in answer["obligations"]
        if each["status"] in ("overdue", "breach", "advised")
        or (each["status"], each["due"]) == ("due", None)
    )
    return {rule: [found[rule, False], found[rule, True]] for rule, _ in found}


def stood(answer: Mapping[str, Any]) -> dict[str, int]:
    """The totals of `dues status --json`."""
    members = answer["members"]
    return {
        "members": len(members),
        "owed": answer["totals"]["owed"],
        "paid": answer["totals"]["paid"],
        "unpaid months": sum(len(each["unpaid_months"]) for each in members),
        "longest runs": sum(each["longest_unpaid_run"] for each in members),
        "underpaid months": sum(len(each["underpaid_months"]) for each in members),
    }


def differences(found: Mapping[str, Measured]) -> list[str]:
    """The differences between partyctl and SQL; empty if they agree."""
    lines = []
    counts: tuple[Callable[[Mapping[str, Any]], dict[str, Any]], ...] = (checked, stood)
    for (ours, theirs), count in zip(ANSWERS, counts, strict=True):
        said = count(json.loads(found[ours].answer.read_bytes()))
        by_hand = json.loads(found[theirs].answer.read_bytes())
        # The SQL covers the rules on meetings and dues; only partyctl has the others.
        for key in sorted(by_hand):
            pair = said.get(key, [0, 0]), by_hand.get(key, [0, 0])
            if pair[0] != pair[1]:
                lines.append(f"- ✗ {ours}, {key}: partyctl {pair[0]}, SQL {pair[1]}")
    return lines


def lines_of(branches: int, ledger: Path, found: Mapping[str, Measured]) -> list[list[str]]:
    """A ledger's table rows, one for each question: seconds and peak memory, for partyctl and SQL."""
    size = f"{branches:,} ({ledger.stat().st_size >> 20:,} MiB)"
    lines = []
    for ours, theirs in ANSWERS:
        seconds, by_hand = median(found[ours].runs), median(found[theirs].runs)
        spent = (f"{seconds:.2f}", f"{1000 * seconds / branches:.1f}", f"{found[ours].peak:.0f}")
        lines.append([size, f"`{ours}`", *spent, f"{by_hand:.2f}", f"{seconds / by_hand:.1f}"])
    return lines


def print_targets(largest: int, per_branch: Mapping[int, float], found: Measured) -> None:
    """Print whether each target is reached."""
    seconds = median(found.runs)
    steeper = per_branch[largest] / per_branch[min(per_branch)]
    reached = (seconds <= SECONDS, found.peak <= MEGABYTES, steeper <= STEEPER)
    texts = (
        f"{CHECK} of {largest:,} branches ≤ {SECONDS} s: {seconds:.2f} s",
        f"{CHECK} of {largest:,} branches ≤ {MEGABYTES} MB: {found.peak:.0f} MB",
        f"linear, per branch ≤ {STEEPER} × the smallest ledger's: {steeper:.2f}",
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
        # Only now: the memory for reading the answers would count in the peak of later commands.
        wrong = [line for each in found.values() for line in differences(each)]
    headings = ["branches", "question", "s", "ms per branch", "peak MB", "SQL by hand, s", "× SQL"]
    lines = [line for size in ledgers for line in lines_of(size, ledgers[size], found[size])]
    print(table(headings, lines), end="\n\n")
    largest = max(ledgers)
    per_branch = {size: median(each[CHECK].runs) / size for size, each in found.items()}
    print_targets(largest, per_branch, found[largest][CHECK])
    print("\n".join(wrong) or target(True, "partyctl and SQL agree on every count"))
    print(f"\nMedians of {asked.rounds} rounds. {machine()}")
    sys.exit(3 if wrong else 0)


if __name__ == "__main__":
    main()
