"""Ledgers of many branches, and a year of their extracts for a hub, for `benchmarks/rollup.py`.

The records of eight branches are made by running the program's own commands, and each branch writes
an extract at the end of each month. The ledgers and extracts of all other branches are copies of
these, with different ledger numbers. In a copied ledger the first journal entry gets a different
salt and hash. The second journal entry then no longer matches the first, but only `journal verify`
compares the two entries. In a copied extract, the ledger number, the hashes of journal entries and
about a quarter of the counts are different, and some other counts are left out. `--ledgers 200`
makes 200 ledgers, `--hub 200` makes a hub with 200 branches, and `--send 200 --month 2026-03` makes
one month's extracts of 200 branches. Each of these options prints the path of the new folder.
"""

import argparse
import contextlib
import io
import json
import os
import random
import shutil
import sqlite3
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from branch_year import Year
from ledgers import CACHE, recipe

from partyctl.cli.start.main import run
from partyctl.ledger.file import files
from partyctl.ledger.file.opening import SCHEMA
from partyctl.rollup.extract import FORMAT, Extract, packed
from partyctl.rollup.hub import Unit, create
from partyctl.rollup.reading import read

MEMBERS = (5, 8, 12, 16, 20, 25, 32, 40)
"""The number of members of each branch whose ledger is written by partyctl's commands."""
MONTHS = ("2025-12", *(f"2026-{month:02}" for month in range(1, 12)))
VARIED, MISSING = 0.3, 0.05
"""The share of counts in a copied extract to which a random number (perhaps 0) is added, and the share
that are left out."""
SEED = 20211127
MEMORY = Path("/dev/shm")
QUICK = MEMORY / "partyctl-hub" if os.access(MEMORY, os.W_OK) else CACHE
"""The folder in which hubs are made.

If possible, the folder is in memory, because we measure processor time and not the wait for a disk.
"""


class First(NamedTuple):
    """A journal's first entry: its hash, and the values from which the hash is computed.

    The first entry records the ledger's schema.
    """

    salt: str
    detail: str
    entry: tuple[Any, ...]
    detail_digest: str
    hash: str

    def salted(self, salt: str) -> "First":
        """The same entry with a different salt, and therefore a different hash."""
        digest = sha256(bytes.fromhex(salt) + f"detail\0{self.detail}".encode()).hexdigest()
        told = json.dumps([*self.entry, digest], ensure_ascii=True, separators=(",", ":"))
        link = sha256(f"partyctl-journal\0{'0' * 64}{told}".encode()).hexdigest()
        return First(salt, self.detail, self.entry, digest, link)


FIRST = """
SELECT detail.salt, detail.detail, entry.detail_digest, entry.hash, entry.seq, entry.version, entry.run,
    entry.at, entry.actor, entry.host, entry.command, entry.act, entry.record, entry.row_table,
    entry.row_key, entry.row_digest
FROM journal_entry AS entry JOIN journal_detail AS detail ON detail.seq = entry.seq WHERE entry.seq = 1
"""


class Sample(NamedTuple):
    """A ledger written by partyctl's commands: its bytes, its first journal entry, its extracts."""

    content: bytes
    first: First
    extracts: dict[str, Extract]


def samples() -> list[Sample]:
    """The ledgers written by partyctl's commands; they are made if they do not exist."""
    folder = CACHE / f"sample-branches-u{SCHEMA}-{recipe()}-{_mark()}"
    if not folder.exists():
        draft = folder.with_suffix(".draft")
        shutil.rmtree(draft, ignore_errors=True)
        for place, year in enumerate(_years()):
            _write_branch(draft / str(place), year)
        draft.rename(folder)
    return [_sample_in(folder / str(place)) for place in range(len(MEMBERS))]


def _mark() -> str:
    """A digest of the command lines: if they change, the branches are made again."""
    typed = [[year.founding(), *map(year.month, MONTHS)] for year in _years()]
    return sha256(f"{FORMAT} {typed}".encode()).hexdigest()[:8]


def _years() -> list[Year]:
    return [Year(members, random.Random(SEED + place)) for place, members in enumerate(MEMBERS)]


def _sample_in(folder: Path) -> Sample:
    ledger = folder / "ledger.db"
    with contextlib.closing(sqlite3.connect(ledger)) as opened:
        salt, detail, digest, link, *entry = opened.execute(FIRST).fetchone()
    first = First(salt, detail, tuple(entry), digest, link)
    if first.salted(salt) != first:
        raise SystemExit(
            "the first entry of a journal is now hashed in another way: adapt First.salted"
        )
    sent = {month: read((folder / f"{month}.partyctl.gz").read_bytes()) for month in MONTHS}
    return Sample(ledger.read_bytes(), first, sent)


def _write_branch(folder: Path, year: Year) -> None:
    """Record a branch's year by running partyctl's commands; write an extract at each month's end."""
    files.create_folder(folder)
    _type(folder, year.founding())
    for month in MONTHS:
        _type(folder, year.month(month))
        _do(folder, "rollup", "extract", "--month", month, "-o", f"{folder}/{month}.partyctl.gz")


def _type(folder: Path, lines: list[str]) -> None:
    batch = folder / "lines.txt"
    batch.write_text("\n".join(lines) + "\n", encoding="utf-8")
    _do(folder, "batch", str(batch))
    batch.unlink()


def _do(folder: Path, *words: str) -> None:
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        code = run(["--ledger", str(folder / "ledger.db"), *words])
    if code:
        raise SystemExit(f"{' '.join(words)}: {code}\n{said.getvalue()[-600:]}")


def number_of(place: int) -> str:
    """64 hexadecimal digits for the ledger at an index; the first 16 are its number in a hub."""
    return sha256(f"{SEED} {place}".encode()).hexdigest()


def folder_of_ledgers(count: int) -> Path:
    """Make a new folder with this many ledgers."""
    folder = CACHE / f"ledgers-{count}"
    shutil.rmtree(folder, ignore_errors=True)
    files.create_folder(folder)
    written = samples()
    for place in range(count):
        sample = written[place % len(written)]
        path = folder / f"{place:05}.db"
        files.create_file(path)
        path.write_bytes(_copied(sample, number_of(place)))
    return folder


def _copied(sample: Sample, number: str) -> bytes:
    """The bytes of a copy of a ledger, with a different ledger number."""
    first, other = sample.first, sample.first.salted(number[:32])
    content = sample.content.replace(first.salt.encode(), other.salt.encode())
    content = content.replace(first.detail_digest.encode(), other.detail_digest.encode())
    return content.replace(first.hash.encode(), other.hash.encode())


def hub_of(count: int) -> Path:
    """Make a new hub with `count` branches; it has no extract yet."""
    folder = QUICK / f"hub-{count}"
    shutil.rmtree(folder, ignore_errors=True)
    hub = create(folder, "虚构市直机关工委")
    hub.units += [
        Unit(f"{place:05}", f"虚构第 {place} 支部", number_of(place)[:16]) for place in range(count)
    ]
    hub.save()
    return folder


def send(count: int, month: str) -> Path:
    """Make a new folder with one month's extracts of this many branches."""
    folder = QUICK / f"sent-{count}"
    shutil.rmtree(folder, ignore_errors=True)
    files.create_folder(folder)
    for place, content in _sent(count, month):
        (folder / f"{place:05}.partyctl.gz").write_bytes(content)
    return folder


def _sent(count: int, month: str) -> Iterator[tuple[int, bytes]]:
    """Yield an extract for each ledger: a copy of a sample's extract, with another number."""
    written = [sample.extracts[month] for sample in samples()]
    for place in range(count):
        yield place, packed(_varied(written[place % len(written)], place, month))


def _varied(made: Extract, place: int, month: str) -> Extract:
    """A copy of an extract with another ledger number, other hashes and some changed counts."""
    number, header = number_of(place), made.header
    previous = header.previous_head and _head_of(header.previous_head, number)
    head = _head_of(header.head, number)
    header = header._replace(ledger=number[:16], head=head, previous_head=previous)
    chance = random.Random(f"{number} {month}")
    tallies = [
        each._replace(n=each.n + chance.randrange(9)) if chance.random() < VARIED else each
        for each in made.tallies
        if chance.random() >= MISSING
    ]
    return made._replace(header=header, tallies=tuple(tallies))


def _head_of(head: str, number: str) -> str:
    """A journal head: the entry number of `head`, and an invented hash for the ledger `number`."""
    return f"{head.partition('-')[0]}-{sha256(f'{number} {head}'.encode()).hexdigest()[:16]}"


def main() -> None:
    """Make the requested folder and print its path."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--ledgers", type=int)
    parser.add_argument("--hub", type=int)
    parser.add_argument("--send", type=int)
    parser.add_argument("--month")
    asked = parser.parse_args()
    if asked.ledgers:
        print(folder_of_ledgers(asked.ledgers))
    elif asked.hub:
        print(hub_of(asked.hub))
    else:
        print(send(asked.send, asked.month))


if __name__ == "__main__":
    main()
