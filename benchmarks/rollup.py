"""The cost of many ledgers: of `compute`, of collecting extracts, and of questions to a hub.

`--write` writes the tables to docs/rollup-scale.md. Each measurement is kept in a folder (`--keep`)
until the run is complete, so that an interrupted run continues where it stopped. On a shared
machine, run the script with `nice -n 10`; `--sizes 20 40` takes all measurements with few ledgers,
as a trial of a few minutes.
"""

import argparse
import shutil
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from ledgers import CACHE
from many_ledgers import QUICK
from rollup_pieces import (
    Collected,
    PassedUp,
    Pieces,
    Table,
    collected,
    extracted,
    judged,
    mb,
    passed_up,
    questions,
    table_of_months,
    table_of_steps,
)
from timing import Failed, machine

PAGE = Path(__file__).parent.parent / "docs" / "rollup-scale.md"
SIZES = (200, 1000, 5000)
MOST_FOR_DASK = 1000
EXTRACTED = 24
OFFICE, OFFICES, PROVINCES = 5_000, 30, 34
MEASURED = "<!-- written by benchmarks/rollup.py --write -->"


def on_paper(months: dict[str, Collected], packet: PassedUp, size: int) -> Table:
    """An estimate for the whole country, calculated from the measurements of one hub."""
    sent = sum(each.sent for each in months.values()) / len(months) / size
    read = sum(each.spent.processor for each in months.values()) / len(months) / size
    peak = max(each.spent.peak for each in months.values())
    up, taken = (each.processor / size for each in (packet.up, packet.taken))
    kept = (packet.packet + packet.parquet) / size
    province, country = OFFICE * OFFICES, OFFICE * OFFICES * PROVINCES
    per_branch = max(packet.taken.peak - packet.asked.peak, 0) / size
    lines = [
        [
            "office",
            f"{OFFICE:,}",
            f"{OFFICE:,} extracts, {mb(sent * OFFICE)} MB",
            f"{read * OFFICE:.0f} s",
            f"{mb(sent * OFFICE)} MB",
            f"{peak / 1e9:.1f} GB",
        ],
        [
            "province",
            f"{province:,}",
            f"{OFFICES} packets, {mb(packet.packet / size * province)} MB",
            f"{taken * province:.0f} s, and {up * province:.0f} s to pass up",
            f"{mb(kept * province)} MB",
            f"{packet.taken.peak / 1e9:.1f} GB",
        ],
        [
            "centre",
            f"{country:,}",
            f"{PROVINCES} packets, {packet.packet / size * country / 1e9:.1f} GB",
            f"{taken * country / 60:.0f} min",
            f"{kept * country / 1e9:.1f} GB",
            f"{per_branch * province / 1e9:.1f} GB",
        ],
    ]
    said = (
        f"We assume offices of {OFFICE:,} branches, {OFFICES} offices in a province and {PROVINCES} "
        "provinces. Each month, each level passes up one packet with all that it collected. These figures "
        "were not measured, but calculated from the tables above. A packet is read as a whole, "
        "so the centre needs the memory for the packet of one province."
    )
    headings = (
        "level",
        "branches",
        "collects a month",
        "processor a month",
        "kept a month",
        "memory",
    )
    return Table(f"Estimate for {country / 1e6:.1f} million branches", said, headings, lines)


def tables(pieces: Pieces, given: argparse.Namespace) -> Iterator[str]:
    """Yield the tables of all measurements.

    The hub has the largest number of branches in `sizes`.
    """
    sizes: Sequence[int] = given.sizes
    size = max(sizes)
    if not given.hub_only:
        yield str(judged(pieces, sizes, given.dask_most))
        yield str(extracted(pieces, min(EXTRACTED, size)))
    months = collected(pieces, size)
    yield str(table_of_months(months, size))
    answers, targets = questions(pieces, size)
    yield str(answers)
    yield "\n".join(targets) + "\n"
    packet = passed_up(pieces, size)
    yield str(table_of_steps(packet, size))
    yield str(on_paper(months, packet, size))


def main() -> None:
    """Measure, print, and write the page if asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument(
        "--dask-most",
        type=int,
        default=MOST_FOR_DASK,
        help="use Dask for at most this many ledgers",
    )
    parser.add_argument("--hub-only", action="store_true", help="measure only the hub, no ledgers")
    parser.add_argument(
        "--keep", type=Path, default=CACHE / "rollup-pieces", help="the measurements' folder"
    )
    parser.add_argument("--page", type=Path, default=PAGE, help="the page to write")
    parser.add_argument("--write", action="store_true", help=f"write {PAGE.name}")
    given = parser.parse_args()
    pieces = Pieces(given.keep)
    try:
        found = "\n".join(tables(pieces, given))
    except Failed as failed:
        sys.exit(str(failed))
    measured = f"{found}\n{machine()}\n"
    print(measured)
    if given.write:
        head, _, _ = PAGE.read_text(encoding="utf-8").partition(MEASURED)
        given.page.write_text(f"{head}{MEASURED}\n\n{measured}", encoding="utf-8")
    pieces.forget("")
    shutil.rmtree(QUICK / f"hub-{max(given.sizes)}", ignore_errors=True)


if __name__ == "__main__":
    main()
