"""Ledgers for the benchmarks, made once from a fixed seed.

By default, each branch has 30 members, and records of 60 months. `python benchmarks/ledgers.py
--branches 100` prints the ledger's path, and makes the ledger first if it is missing. The script
writes the rows with plain sqlite3, in one transaction. The rows pass the ledger's own checks and,
at the end, `PRAGMA foreign_key_check`.
"""

import argparse
import sqlite3
import sys
import time
from hashlib import sha256
from pathlib import Path

import dues_entries
import gatherings
import year_round
from roster import MEMBERS, MONTHS, SHARES, SINCE, YEARS, Branch, branch_of
from rows import Rows, at

from partyctl.ledger.file.files import create_file
from partyctl.ledger.file.opening import SCHEMA
from partyctl.ledger.journal.commands import new_command
from partyctl.ledger.maintenance import migrating
from partyctl.ledger.views.all import VIEWS
from partyctl.terms import Post

SEED = 20210701
CACHE = Path(__file__).parent.parent / ".cache" / "benchmarks"
FOUNDED = "2005-03-01"
LOADING = (
    "journal_mode = OFF",
    "synchronous = OFF",
    "cache_size = -1000000",
    "foreign_keys = OFF",
    "temp_store = MEMORY",
)


def cached_ledger(branches: int, *, seed: int = SEED, exceptions: float = 1.0) -> Path:
    """The path of a ledger with `branches` branches; the ledger is made if it does not exist.

    `exceptions`: a factor by which the shares of members with unusual dues are multiplied.
    """
    size = f"b{branches}-m{MEMBERS}-y{YEARS}-s{seed}-x{exceptions:g}"
    path = CACHE / f"{size}-u{SCHEMA}-{recipe()}.partyctl"
    if not path.exists():
        for outdated in CACHE.glob(f"{size}-u*"):
            outdated.unlink()
        draft = path.with_suffix(".draft")
        create_file(draft)
        migrating.build(draft, new_command("init"))
        fill(draft, branches, seed, exceptions)
        draft.rename(path)
    return path


def recipe() -> str:
    """A digest of the tables, the views and the modules that fill them.

    If the digest changes, a new ledger is made. Views of an existing ledger cannot be replaced,
    because its journal contains their digest.
    """
    here = Path(__file__).parent
    sources = sorted((migrating.migrations_folder() / "versions").glob("*.py"))
    sources += [
        here / f"{name}.py"
        for name in ("roster", "rows", "dues_entries", "gatherings", "year_round")
    ]
    texts = [source.read_bytes() for source in sources]
    texts += [sql.encode() for sql in VIEWS.values()]
    return sha256(b"".join(texts)).hexdigest()[:8]


def fill(path: Path, branches: int, seed: int, exceptions: float) -> None:
    """Fill an empty ledger in one transaction. Raises sqlite3.IntegrityError."""
    ledger = sqlite3.connect(path, isolation_level=None)
    for pragma in LOADING:
        ledger.execute(f"PRAGMA {pragma}").close()
    shares = {kind: share * exceptions for kind, share in SHARES.items()}
    house = [branch_of(number, seed, shares) for number in range(1, branches + 1)]
    rows = Rows()
    ledger.execute("BEGIN")
    rows.add("organ", 1, "虚构市统计局党组", SINCE)
    for branch in house:
        _found(rows, branch)
    for month in MONTHS:
        for branch in house:
            dues_entries.begin(rows, branch, month)
            gatherings.plan(rows, branch, month)
            gatherings.hold(rows, branch, month)
            dues_entries.collect(rows, branch, month)
            year_round.keep(rows, branch, month)
        rows.write(ledger)
    ledger.execute("COMMIT")
    orphans = ledger.execute("PRAGMA foreign_key_check").fetchall()
    if orphans:
        raise sqlite3.IntegrityError(f"{len(orphans)} orphans, the first: {orphans[0]}")
    ledger.close()


def _found(rows: Rows, branch: Branch) -> None:
    moment = at(SINCE)
    rows.add("branch", branch.id, moment, branch.name, FOUNDED, 1, None)
    rows.add("cell", branch.id, moment, branch.id, "第一党小组", FOUNDED)
    for member in branch.members:
        full_on = f"{int(member.joined_on[:4]) + 1}{member.joined_on[4:]}"
        rows.add(
            "member",
            member.id,
            moment,
            branch.id,
            branch.id,
            member.name,
            member.joined_on,
            full_on,
            0,
            member.on_roll_from,
            member.paid_to,
            member.category,
            member.left_on,
            "transfer" if member.left_on else None,
        )
    handover = (branch.HANDOVER, "2024-06-30") if branch.changes_secretary else (None, None)
    posts = (Post.BRANCH_SECRETARY, Post.ORGANIZATION, Post.PUBLICITY, Post.DISCIPLINE)
    for member, post in zip(branch.members, posts, strict=False):
        until = handover[1] if post is Post.BRANCH_SECRETARY else None
        rows.add("appointment", moment, member.id, post, SINCE, until)
    if handover[0]:
        successor = branch.members[branch.SUCCESSOR]
        rows.add("appointment", moment, successor.id, Post.BRANCH_SECRETARY, handover[0], None)
    for leader in branch.members[:3]:
        rows.add("leadership", moment, leader.id, SINCE)


def main() -> None:
    """Print the path of a ledger with as many branches as --branches says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--branches", type=int, default=1)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--exceptions", type=float, default=1.0)
    asked = parser.parse_args()
    start = time.perf_counter()
    path = cached_ledger(asked.branches, seed=asked.seed, exceptions=asked.exceptions)
    seconds = time.perf_counter() - start
    if seconds > 3:
        print(f"made in {seconds:.0f} s, {path.stat().st_size >> 20} MiB", file=sys.stderr)
    print(path)


if __name__ == "__main__":
    main()
