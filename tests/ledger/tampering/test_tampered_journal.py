"""R-11: a forger changes some values of the journal; they no longer match its other values."""

import shutil
import sqlite3
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.support.tampering import Change, Told, append, hash_of, kinds, statements, tamper

LAST = "(SELECT max(seq) FROM journal_entry)"
VALUES = """version, run, at, actor, host, command, act, record, row_table, row_key, row_digest,
    detail_digest, hash"""


def renumber(**seqs: int) -> Change:
    """Renumber journal entries and their details: `e5=6` gives entry 5 the number 6."""

    def change(ledger: sqlite3.Connection) -> None:
        for table in ("journal_entry", "journal_detail"):
            # Another entry can still have the new number, so all entries first get unused numbers.
            for step in (-1, 1):
                for name, seq in seqs.items():
                    old, new = (int(name[1:]), -seq) if step < 0 else (-seq, seq)
                    ledger.execute(f"UPDATE {table} SET seq = ? WHERE seq = ?", (new, old))

    return change


def insert_in_the_middle(ledger: sqlite3.Connection) -> None:
    for table in ("journal_entry", "journal_detail"):
        ledger.execute(f"UPDATE {table} SET seq = -seq - 1 WHERE seq >= 20")
        ledger.execute(f"UPDATE {table} SET seq = -seq WHERE seq < 0")
    ledger.execute(f"INSERT INTO journal_entry SELECT 20, {VALUES} FROM journal_entry WHERE seq=19")
    ledger.execute("INSERT INTO journal_detail SELECT 20, salt, detail FROM journal_detail LIMIT 1")


def swap_details(ledger: sqlite3.Connection) -> None:
    ledger.execute("UPDATE journal_detail SET seq = -1 WHERE seq = 5")
    ledger.execute("UPDATE journal_detail SET seq = 5 WHERE seq = 6")
    ledger.execute("UPDATE journal_detail SET seq = 6 WHERE seq = -1")


def erase_and_say_so_without_the_chain(ledger: sqlite3.Connection) -> None:
    ledger.execute("DELETE FROM journal_detail WHERE seq = 24")
    append(ledger, "redact", '{"entries":[24],"reason":"本人要求"}')
    ledger.execute(f"UPDATE journal_entry SET hash = '{'ab' * 32}' WHERE seq = {LAST}")


def rehash_one(ledger: sqlite3.Connection) -> None:
    """An edited entry whose own hash is right, but does not match the next entry."""
    ledger.execute("UPDATE journal_entry SET actor = '别人' WHERE seq = 20")
    chain = ledger.execute("SELECT * FROM journal_entry WHERE seq IN (19, 20) ORDER BY seq")
    before, edited = chain.fetchall()
    fitting = hash_of(before[-1], edited[:-1])
    ledger.execute("UPDATE journal_entry SET hash = ? WHERE seq = 20", (fitting,))


ENTRIES: dict[str, tuple[Change, str]] = {
    "an entry deleted": (
        statements(
            "DELETE FROM journal_detail WHERE seq = 20", "DELETE FROM journal_entry WHERE seq = 20"
        ),
        "gap",
    ),
    "an entry deleted, but not its detail": (
        statements("DELETE FROM journal_entry WHERE seq = 20"),
        "gap",
    ),
    "the first entry deleted": (statements("DELETE FROM journal_entry WHERE seq = 1"), "gap"),
    "every entry deleted": (
        statements("DELETE FROM journal_detail", "DELETE FROM journal_entry"),
        "schema",
    ),
    "an entry inserted": (insert_in_the_middle, "hash"),
    "an entry added at the end": (
        statements(
            f"INSERT INTO journal_entry SELECT seq + 1, {VALUES} FROM journal_entry "
            f"WHERE seq = {LAST}"
        ),
        "hash",
    ),
    "two entries swapped": (renumber(e5=6, e6=5), "hash"),
    "three entries in another order": (renumber(e10=12, e11=10, e12=11), "hash"),
    "the last entry with a much higher number": (
        statements(f"UPDATE journal_entry SET seq = 999 WHERE seq = {LAST}"),
        "gap",
    ),
    "an entry with a hash that fits only this entry": (rehash_one, "hash"),
    "a hash replaced by the hash of another entry": (
        statements(
            "UPDATE journal_entry SET hash = (SELECT hash FROM journal_entry WHERE seq = 4) "
            "WHERE seq = 5"
        ),
        "hash",
    ),
    "the details of two entries swapped": (swap_details, "detail"),
    "a detail edited": (
        statements("UPDATE journal_detail SET detail = replace(detail, '2026', '2025')"),
        "detail",
    ),
    "a detail with an additional space": (
        statements("UPDATE journal_detail SET detail = detail || ' ' WHERE seq = 5"),
        "detail",
    ),
    "a salt in capitals": (statements("UPDATE journal_detail SET salt = upper(salt)"), "detail"),
    "a salt with an additional space": (
        statements("UPDATE journal_detail SET salt = salt || ' ' WHERE seq = 5"),
        "detail",
    ),
    "a detail erased without an entry about it": (
        statements("DELETE FROM journal_detail WHERE seq = 5"),
        "detail",
    ),
    "a detail erased, with an entry about it outside the chain": (
        erase_and_say_so_without_the_chain,
        "hash",
    ),
    "an erased detail that was put back": (
        statements("INSERT INTO journal_detail SELECT 9, salt, detail FROM journal_detail LIMIT 1"),
        "detail",
    ),
    "a detail without an entry": (
        statements("INSERT INTO journal_detail VALUES (999, 'ab', '{}')"),
        "gap",
    ),
    "an entry that no longer matches the content of its row": (
        statements("UPDATE journal_entry SET row_digest = NULL WHERE seq = 5"),
        "hash",
    ),
}
COLUMNS = (
    "version",
    "run",
    "at",
    "actor",
    "host",
    "command",
    "act",
    "record",
    "row_table",
    "row_key",
    "row_digest",
    "detail_digest",
)


@pytest.mark.parametrize("what", ENTRIES)
def test_a_changed_journal_is_found(what: str, ours: Path):
    change, kind = ENTRIES[what]
    assert kinds(ours) == []
    tamper(ours, change)
    assert kind in kinds(ours)


@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.parametrize("value", ["'x'", "7", "CAST({} AS BLOB)", "{} || 'x'"])
def test_every_column_of_an_entry_is_under_its_hash(column: str, value: str, ours: Path):
    changed = value.format(column)
    tamper(ours, statements(f"UPDATE journal_entry SET {column} = {changed} WHERE seq = 20"))
    assert "hash" in kinds(ours)


@pytest.mark.parametrize("column", ["salt", "detail"])
def test_bytes_in_the_place_of_a_text_are_found(column: str, ours: Path):
    tamper(ours, statements(f"UPDATE journal_detail SET {column} = CAST({column} AS BLOB)"))
    assert "detail" in kinds(ours)


@pytest.mark.parametrize(
    ("act", "row_key", "detail"),
    [
        ("redact", "", "no JSON"),
        ("redact", "", "{}"),
        ("redact", "", '{"entries":"5"}'),
        ("redact", "", "[]"),
        ("schema", "two", '{"schema":""}'),
        ("schema", "2", "{}"),
        ("restore", "", "{}"),
        ("restore", "", '{"restored":"1","replaced":[]}'),
    ],
)
def test_an_event_that_says_nonsense_is_found(
    act: str, row_key: str, detail: str, told: Told, ours: Path
):
    """Verification reports an impossible event, although its hash is correct."""
    tamper(ours, lambda ledger: append(ledger, act, detail, row_key))
    assert kinds(ours)
    assert kinds(ours, [each._replace(seq=each.seq + 50) for each in told.anchors])


def test_an_event_hashed_as_it_should_be_is_no_finding(told: Told, ours: Path):
    """Verification does not report an added entry whose hash is correct.

    Anybody who can write the file can add such an entry, because the hash needs no secret; `journal
    list` shows the entry.
    """
    tamper(ours, lambda ledger: append(ledger, "reveal", '{"fields":["phone"],"reason":"x"}'))
    assert kinds(ours, told.anchors) == []


@pytest.mark.parametrize(
    ("what", "code"),
    [("an entry inserted", 76), ("two entries swapped", 76), ("every entry deleted", 76)],
)
def test_the_command_says_what_was_found(what: str, code: int, told: Told, run: Run, ledger: Path):
    ledger.parent.mkdir()
    shutil.copy(told.path, ledger)
    run("journal verify")
    tamper(ledger, ENTRIES[what][0])

    printed = run("journal verify", code=code)
    answer = run("journal verify --json", code=code).json

    assert printed.err.startswith("错误：核对没有通过")
    assert not answer["ok"]
    kinds_found = {finding["kind"] for finding in answer["findings"]}
    assert ENTRIES[what][1] in kinds_found
    assert all(finding["sentence"] in printed.out for finding in answer["findings"][:5])
