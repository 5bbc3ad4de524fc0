"""A single flipped bit, in a value of the journal or anywhere in the file, is found. R-10 and R-12."""

import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import pytest

from partyctl.cli.start.main import run as run_command
from partyctl.ledger.file.connecting import connect
from partyctl.ledger.journal.verification import verify
from partyctl.ledger.maintenance.migrating import migrate
from tests.conftest import Run
from tests.support.tampering import Told, dump, kinds, statements, tamper

JOURNAL = ("journal_entry", "journal_detail")
FROZEN = Path(__file__).parents[2] / "ledgers" / "v0007.db"


class Place(NamedTuple):
    """A byte of a text in the journal."""

    table: str
    column: str
    seq: int
    byte: int


def places(ledger: sqlite3.Connection) -> list[Place]:
    """Every byte of every text column of the journal."""
    found = []
    for table in JOURNAL:
        for _, column, kind, *_ in ledger.execute(f"PRAGMA table_info({table})").fetchall():
            if kind == "TEXT":
                texts = ledger.execute(f"SELECT seq, CAST({column} AS BLOB) FROM {table}")
                found += [
                    Place(table, column, seq, byte)
                    for seq, text in texts
                    for byte in range(len(text or b""))
                ]
    return found


@pytest.fixture
def shell(ours: Path) -> Iterator[sqlite3.Connection]:
    """A connection for tampering with the ledger; all changes are rolled back at the end."""
    with closing(connect(ours, "rw", ("recursive_triggers = OFF",))) as ledger:
        assert verify(ledger).ok
        yield ledger


def is_found(ledger: sqlite3.Connection, place: Place, value: str, said: object) -> bool:
    """Whether verification finds that one value of the journal was replaced.

    With recursive triggers off, REPLACE bypasses the guard triggers, so only this value changes.
    """
    columns = [name for _, name, *_ in ledger.execute(f"PRAGMA table_info({place.table})")]
    listed = ", ".join(value if name == place.column else name for name in columns)
    put = f"REPLACE INTO {place.table} SELECT {listed} FROM {place.table} WHERE seq = ?"
    ledger.execute("BEGIN")
    try:
        assert ledger.execute(put, (said, place.seq)).rowcount == 1
        return not verify(ledger).ok
    finally:
        ledger.execute("ROLLBACK")


def unfound(ledger: sqlite3.Connection, flips: list[tuple[Place, int]]) -> list[tuple[Place, int]]:
    """The flipped bits that verification does not find."""
    missed = []
    for place, bit in flips:
        table, column, seq, byte = place
        [text] = ledger.execute(
            f"SELECT CAST({column} AS BLOB) FROM {table} WHERE seq = ?", (seq,)
        ).fetchone()
        flipped = text[:byte] + bytes([text[byte] ^ 1 << bit]) + text[byte + 1 :]
        if not is_found(ledger, place, "CAST(? AS TEXT)", flipped):
            missed.append((place, bit))
    return missed


@pytest.mark.long
def test_a_flipped_bit_of_any_text_in_the_journal_is_found(shell: sqlite3.Connection):
    chance = random.Random(10)
    flips = [(place, chance.randrange(8)) for place in chance.choices(places(shell), k=500)]
    assert unfound(shell, flips) == []


@pytest.mark.slow
@pytest.mark.parametrize("table", JOURNAL)
def test_a_flipped_bit_of_every_byte_of_the_journal_is_found(table: str, shell: sqlite3.Connection):
    chance = random.Random(11)
    flips = [(each, chance.randrange(8)) for each in places(shell) if each.table == table]
    assert unfound(shell, flips) == []


@pytest.mark.long
@pytest.mark.parametrize("column", ["version", "run"])
def test_a_flipped_bit_of_a_number_is_found(column: str, shell: sqlite3.Connection):
    for seq, number in shell.execute(f"SELECT seq, {column} FROM journal_entry").fetchall():
        place = Place("journal_entry", column, seq, 0)
        for bit in (0, 3, 14, 62):
            assert is_found(shell, place, "?", number ^ 1 << bit), (seq, bit)


@pytest.mark.parametrize("table", JOURNAL)
def test_a_flipped_bit_of_an_entrys_place_is_found(table: str, told: Told, ours: Path):
    taken = range(1, told.anchors[-1].seq + 1)
    for seq in taken[::5]:
        for flipped in {seq ^ 1 << bit for bit in (0, 5, 14, 62)} - set(taken):
            ours.write_bytes(told.path.read_bytes())
            tamper(ours, statements(f"UPDATE {table} SET seq = {flipped} WHERE seq = {seq}"))
            assert {"gap", "detail"} & set(kinds(ours)), (seq, flipped)


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The frozen ledger of schema 7, migrated; most tables have dozens of rows."""
    path = tmp_path_factory.mktemp("many") / "ledger.db"
    path.write_bytes(FROZEN.read_bytes())
    migrate(path)
    return path


class Flip(NamedTuple):
    """A file with one flipped bit, and the place of that bit."""

    where: str
    content: bytes


def flips(whole: bytes, chance: random.Random) -> Iterator[Flip]:
    """Yield any number of copies of a file, each with one flipped bit.

    For about half of the copies, a bit of a non-zero byte is chosen, because otherwise most of the
    flipped bits would be in the empty pages of a small file.
    """
    used = [offset for offset, byte in enumerate(whole) if byte]
    while True:
        offset = chance.choice([chance.choice(used), chance.randrange(len(whole))])
        bit = chance.randrange(8)
        flipped = bytearray(whole)
        flipped[offset] ^= 1 << bit
        yield Flip(f"byte {offset}, bit {bit}", bytes(flipped))


def flip_anywhere(path: Path, scratch: Path, times: int) -> tuple[dict[str, int], list[str]]:
    """Count the outcomes of flipped bits in the file; list the flips that were not found."""
    as_it_was = dump(path)
    outcomes: dict[str, int] = {}
    missed = []
    for flip in islice(flips(path.read_bytes(), random.Random(12)), times):
        scratch.write_bytes(flip.content)
        try:
            outcome = " ".join(kinds(scratch)) or "nothing"
        except Exception as error:  # in a command, this would be an internal error
            outcome = "crashed"
            missed.append(f"{flip.where}: {type(error).__name__} {error}")
        if outcome == "nothing" and dump(scratch) != as_it_was:
            missed.append(f"{flip.where}: not found")
        outcomes[outcome] = outcomes.get(outcome, 0) + 1
    return outcomes, missed


@pytest.mark.long
def test_a_flipped_bit_of_the_file_is_found_or_changes_nothing(told: Told, tmp_path: Path):
    outcomes, missed = flip_anywhere(told.path, tmp_path / "flipped.db", 300)
    assert missed == []
    assert len(outcomes) > 4, outcomes


@pytest.mark.slow
def test_thousands_of_flipped_bits_are_found_or_change_nothing(told: Told, tmp_path: Path):
    outcomes, missed = flip_anywhere(told.path, tmp_path / "flipped.db", 3000)
    assert missed == []
    assert len(outcomes) > 4, outcomes


@pytest.mark.slow
def test_so_are_those_of_a_ledger_that_was_migrated(many: Path, tmp_path: Path):
    assert kinds(many) == []
    assert flip_anywhere(many, tmp_path / "flipped.db", 3000)[1] == []


ANSWERS = {0, 65, 74, 76, 78}
"""The exit codes for a ledger that is sound, not a ledger, damaged, tampered with, or of another version."""


def test_the_command_answers_a_flipped_bit_with_a_documented_code(
    run: Run, told: Told, ledger: Path, capsys: pytest.CaptureFixture[str]
):
    ledger.parent.mkdir()
    whole = told.path.read_bytes()
    codes = set()
    for flipped in islice(flips(whole, random.Random(13)), 60):
        ledger.write_bytes(flipped.content)
        codes.add(run_command(["journal", "verify"]))
        said = capsys.readouterr()
        assert "Traceback" not in said.out + said.err
    assert codes <= ANSWERS
    assert {0, 76} <= codes
