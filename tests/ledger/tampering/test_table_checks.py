"""For each table, a query finds the same invalid rows as the table's own CHECK constraints."""

import sqlite3
from contextlib import closing, suppress
from pathlib import Path

import pytest

from partyctl.errors import Tampered
from partyctl.ledger.file.comparison import table_checks
from partyctl.ledger.file.comparison.table_checks import QUESTIONS, require_kept
from partyctl.ledger.file.connecting import connect
from partyctl.ledger.file.opening import open_for_reading
from scripts.table_checks import written
from tests.conftest import Run
from tests.support.tampering import statements, tamper, without_guards

VALUES = ("x'00ff'", "'grand-vizier'", "'2026-02-31'", "'2026-13'", "-1", "2.5", "' '", "98765")

STRANGE = "UPDATE meeting_kind SET kind = 'grand-vizier' WHERE meeting_id = 2"
FORBIDDEN = {
    STRANGE: "meeting_kind 2|grand-vizier",
    "UPDATE member SET left_on = '2026-02-31' WHERE id = 2": "member 2",
    "UPDATE meeting SET held_on = x'00ff' WHERE id = 2": "meeting 2",
    "UPDATE meeting SET integrity = 'yes' WHERE id = 2": "meeting 2",
    "UPDATE meeting SET voided_at = 'x' WHERE id = 2": "meeting 2",
    "UPDATE meeting SET chair_id = 99 WHERE id = 2": "meeting 2",
    "UPDATE dues_payment SET paid_on = '2026-1-20'": "dues_payment 2",
    "UPDATE dues_payment SET amount = amount + 0.5": "dues_payment 2",
    "UPDATE attendance SET member_id = 77 WHERE member_id = 2": "attendance 1|77",
}


def test_the_questions_are_those_of_the_tables():
    told = (
        "make migration writes this file again; without a migration: python -m scripts.table_checks"
    )
    assert Path(QUESTIONS).read_text() == written(), told


@pytest.mark.parametrize("statement", FORBIDDEN)
def test_a_forbidden_row_is_named_and_nothing_is_answered(ours: Path, run: Run, statement: str):
    tamper(ours, statements(statement))
    for line in ("check --as-of 2026-03-01", "status", "meeting list --json"):
        refused = run(f"--ledger '{ours}' {line}", code=76)
        assert refused.out == ""
        assert f"{FORBIDDEN[statement]}。" in refused.err, refused.err


def test_so_it_is_where_the_file_may_only_be_read(ours: Path):
    """On a read-only connection, SQLite's quick_check does not evaluate CHECK constraints."""
    tamper(ours, statements(STRANGE))
    with closing(connect(ours, "ro")) as ledger:
        assert ledger.execute("PRAGMA quick_check").fetchall() == [("ok",)]
        with pytest.raises(Tampered, match="meeting_kind"):
            require_kept(ledger)


@pytest.mark.parametrize("is_large_file", [True, False])
@pytest.mark.parametrize("has_many_records", [True, False])
def test_only_a_large_ledger_is_passed_over(
    ours: Path, monkeypatch: pytest.MonkeyPatch, is_large_file: bool, has_many_records: bool
):
    """Rows are left unchecked only if the file is large and has many records (docs/trust.md).

    A large file with few records has a long journal, but few rows to check.
    """
    tamper(ours, statements(STRANGE))
    with closing(connect(ours, "ro")) as ledger:
        [(records,)] = ledger.execute(table_checks.RECORDS)
    assert records > 1
    monkeypatch.setattr(table_checks, "LARGEST", ours.stat().st_size - is_large_file)
    monkeypatch.setattr(table_checks, "MOST_RECORDS", records - has_many_records)
    if is_large_file and has_many_records:
        with open_for_reading(ours):
            pass
    else:
        with pytest.raises(Tampered, match="meeting_kind"), open_for_reading(ours):
            pass


@pytest.mark.long
@pytest.mark.parametrize("every", [9, pytest.param(1, marks=pytest.mark.hard)])
def test_what_sqlite_finds_is_found(everything: Path, every: int):
    """For columns of every table, try each value that another program might write there."""
    questions = dict(line.split("\t") for line in Path(QUESTIONS).read_text().splitlines())
    found, missed = 0, []
    with closing(sqlite3.connect(everything, isolation_level=None)) as ledger:
        ledger.execute("BEGIN")
        with without_guards(ledger):
            for table, question in questions.items():
                assert ledger.execute(question).fetchone() is None, table
                columns = ledger.execute(f"PRAGMA table_info({table})").fetchall()
                for column in columns[len(table) % every :: every]:
                    for value in VALUES:
                        ledger.execute("SAVEPOINT one")
                        _put(ledger, table, column[1], value)
                        if _complaints(ledger, table):
                            found += 1
                            if ledger.execute(question).fetchone() is None:
                                missed.append((table, column[1], value))
                        ledger.execute("ROLLBACK TO one")
        ledger.execute("ROLLBACK")
    assert missed == []
    assert found > 500 / every


def _put(ledger: sqlite3.Connection, table: str, column: str, value: str) -> None:
    ledger.execute("PRAGMA ignore_check_constraints = ON")
    with suppress(sqlite3.IntegrityError):
        ledger.execute(f"UPDATE OR IGNORE {table} SET {column} = {value}")
    ledger.execute("PRAGMA ignore_check_constraints = OFF")


def _complaints(ledger: sqlite3.Connection, table: str) -> bool:
    (said,) = ledger.execute(f"PRAGMA quick_check({table})").fetchone()
    orphan = ledger.execute(f"PRAGMA foreign_key_check({table})").fetchone()
    return said != "ok" or orphan is not None
