"""Rows that the database file itself refuses, whichever program writes them."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import ValidationError

from partyctl.ledger.file import files
from partyctl.ledger.journal.commands import new_command
from partyctl.ledger.maintenance import migrating
from partyctl.ledger.tables.base import new
from partyctl.ledger.tables.people import Member

BRANCH = "INSERT INTO branch (id, recorded_at, name, has_committee) VALUES (1, 'now', '支部', 1)"
MEMBER = (
    "INSERT INTO member (id, recorded_at, branch_id, name, joined_on, on_roll_from, "
    "probationary, category) VALUES (1, 'now', 1, '张三', '2020-01-01', '2026-01-01', 0, 'employed')"
)
ENTRY = "INSERT INTO dues_entry (id, recorded_at, member_id, act) VALUES (1, 'now', 1, 'payment')"
MEETING = "INSERT INTO meeting (id, recorded_at, branch_id, held_on, criticism, integrity) "


@pytest.fixture
def file(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    path = tmp_path / "ledger.db"
    files.create_file(path)
    migrating.build(path, new_command("init"))
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA foreign_keys = ON")
    for statement in (BRANCH, MEMBER, ENTRY):
        connection.execute(statement)
    yield connection
    connection.close()


def payment(**changed: object) -> tuple[str, tuple[object, ...]]:
    row = {
        "entry_id": 1,
        "paid_on": "2026-03-02",
        "amount": 7650,
        "first_month": "2026-03",
        "last_month": "2026-03",
        "payer": "self",
    } | changed
    marks = ", ".join("?" * len(row))
    return f"INSERT INTO dues_payment ({', '.join(row)}) VALUES ({marks})", tuple(row.values())


def test_a_right_payment_is_taken(file: sqlite3.Connection):
    file.execute(*payment())


@pytest.mark.parametrize(
    "wrong",
    [
        {"amount": 76.5},
        {"amount": "七十六"},
        {"amount": 0},
        {"amount": -1},
        {"paid_on": "2026-02-30"},
        {"paid_on": "2026-3-2"},
        {"first_month": "2026-13"},
        {"first_month": "2026-3"},
        {"last_month": "2026-02"},
        {"payer": "nobody"},
        {"payer": "member"},
        {"consent_on": "2026-03-03"},
    ],
    ids=str,
)
def test_a_wrong_payment_is_refused_by_the_file(file: sqlite3.Connection, wrong: dict[str, object]):
    with pytest.raises(sqlite3.IntegrityError):
        file.execute(*payment(**wrong))


def test_a_row_without_its_parent_is_refused(file: sqlite3.Connection):
    with pytest.raises(sqlite3.IntegrityError):
        file.execute(*payment(entry_id=2))


def test_a_gathering_needs_a_day_and_sensible_counts(file: sqlite3.Connection):
    file.execute(MEETING + "VALUES (1, 'now', 1, '2026-03-10', 0, 0)")
    with pytest.raises(sqlite3.IntegrityError):
        file.execute(MEETING + "VALUES (2, 'now', 1, NULL, 0, 0)")
    with pytest.raises(sqlite3.IntegrityError):
        file.execute("UPDATE meeting SET present_count = 3, due_present = 2")


def test_votes_that_do_not_add_up_are_refused_by_the_file(file: sqlite3.Connection):
    file.execute(MEETING + "VALUES (1, 'now', 1, '2026-03-10', 0, 0)")
    item = "INSERT INTO agenda_item VALUES (1, ?, '评优', 1, '同意', 12, 10, ?, 0, 1)"
    file.execute(item, (1, 9))
    with pytest.raises(sqlite3.IntegrityError):
        file.execute(item, (2, 8))


def test_money_is_stored_as_whole_numbers(file: sqlite3.Connection):
    file.execute(*payment())
    assert file.execute("SELECT typeof(amount) FROM dues_payment").fetchone() == ("integer",)


@pytest.mark.dated
def test_a_row_is_checked_when_it_is_made():
    right = {
        "branch_id": 1,
        "name": "张三",
        "joined_on": "2020-01-01",
        "on_roll_from": "2026-01-01",
    }
    assert new(Member, **right).name == "张三"
    for wrong in ({"joined_on": "昨天"}, {"branch_id": "x"}, {"nickname": "小张"}):
        with pytest.raises(ValidationError):
            new(Member, **(right | wrong))
