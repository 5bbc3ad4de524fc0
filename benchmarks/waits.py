"""The time that each of eight writers waits for the others; after 30 seconds, SQLite gives up.

Each writer is a process. A writer measures the time from the start of each command to its answer.
The first command is not measured, because it also imports modules.
"""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from startup import partyctl
from timing import ROOT, machine, target

WRITERS = 8
LONGEST = 15
"""The longest wait allowed, in seconds: half of the time after which SQLite gives up."""

WRITER = """
import sys
from contextlib import redirect_stdout
from io import StringIO
from time import perf_counter
from partyctl.cli.start.main import run

ledger, me, writes = sys.argv[1:]
for n in range(int(writes) + 1):
    began = perf_counter()
    with redirect_stdout(StringIO()):
        if run(["--ledger", ledger, "staff", "add", f"{me}-{n}"]):
            sys.exit(1)
    if n:
        print(perf_counter() - began)
"""
BRANCH = ("init", "--organ", "市某局党组", "--branch", "机关支部", "--since", "2026-01-01")


def waits(ledger: Path, writes: int) -> list[float]:
    """The seconds that each write took, while all writers were writing."""
    subprocess.run(partyctl(ledger, *BRANCH), check=True, stdout=subprocess.DEVNULL)
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, ledger, str(me), str(writes)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )
        for me in range(WRITERS)
    ]
    said = [writer.communicate()[0].split() for writer in writers]
    if any(writer.returncode for writer in writers):
        sys.exit("A writer was refused.")
    return [float(seconds) for each in said for seconds in each]


def main() -> None:
    """Measure, print, and exit with 3 if a writer waited too long."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--writes", type=int, default=60, help="of each writer")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = sorted(waits(Path(folder) / "ledger.db", asked.writes))
    middle, longest = found[len(found) // 2], found[-1]
    told = f"{WRITERS} writers: each write under {LONGEST} s"
    print(target(longest < LONGEST, f"{told} (median {middle:.2f}, longest {longest:.2f})"))
    print(f"\n{len(found)} writes. {machine()}")
    sys.exit(0 if longest < LONGEST else 3)


if __name__ == "__main__":
    main()
