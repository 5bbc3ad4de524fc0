"""The work for one branch must not grow with the number of branches in the ledger.

SQLite plans a query from the tables and indexes alone (partyctl never runs ANALYZE), so a small
ledger shows the plans for a large one.
"""

import shutil
import sqlite3
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from partyctl.calendar import Period, period_of
from partyctl.cli.session.reading import Reading
from partyctl.ledger.file.opening import SCHEMA, open_for_reading

STORED = Path(__file__).parents[2] / "ledgers" / f"v{SCHEMA:04d}.db"
JUNE = period_of("month", date(2026, 6, 1))
QUESTIONS = [
    pytest.param(None, date.max, id="everything"),
    pytest.param(JUNE, date.max, id="what is open"),
    pytest.param(JUNE, JUNE.last, id="a month"),
]
RECORDS = {
    "agenda_item",
    "attendance",
    "dues_assessment",
    "dues_entry",
    "dues_payment",
    "dues_payment_line",
    "meeting",
    "talk",
    "talk_party",
}
"""The largest tables: the records of dues, meetings and talks."""


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with open_for_reading(Path(shutil.copy(STORED, tmp_path / "ledger.db"))) as connection:
        yield connection


def scanned(ledger: sqlite3.Connection, statement: str) -> set[str]:
    """The tables that a statement reads from end to end.

    A partial index that is read from end to end does not count, because it has few rows.
    """
    rows = ledger.execute("SELECT rootpage, tbl_name, sql FROM sqlite_schema").fetchall()
    tables = {page: table for page, table, sql in rows if " WHERE " not in (sql or "")}
    opened: dict[int, int] = {}
    found = set()
    for _, does, cursor, page, *_ in ledger.execute(f"EXPLAIN {statement}"):
        if does == "OpenRead":
            opened[cursor] = page
        elif does in ("Rewind", "Last") and opened.get(cursor) in tables:
            found.add(tables[opened[cursor]])
    return found


def statements(ledger: sqlite3.Connection) -> list[str]:
    """Return a list to which SQLite will append each statement that it executes."""
    found: list[str] = []
    ledger.set_trace_callback(found.append)
    return found


def test_a_scan_is_found(ledger: sqlite3.Connection):
    assert scanned(ledger, "SELECT * FROM meeting JOIN talk") == {"meeting", "talk"}
    assert scanned(ledger, "SELECT id FROM meeting WHERE id = 1") == set()
    assert scanned(ledger, "SELECT * FROM meeting WHERE half_hours IS NOT NULL") == set()


@pytest.mark.parametrize(("since", "until"), QUESTIONS)
def test_no_table_is_read_from_end_to_end_for_one_branch(
    ledger: sqlite3.Connection, since: Period | None, until: date
):
    reading = Reading(ledger, date(2026, 7, 5), since, until)
    reading.empty = frozenset()
    executed = statements(ledger)
    for branch in reading.branches:
        reading.known(branch)
    ledger.set_trace_callback(None)
    assert len(executed) > 20
    assert {each: found for each in executed if (found := scanned(ledger, each))} == {}


@pytest.mark.parametrize(("since", "until"), QUESTIONS)
def test_nothing_reads_all_dues_meetings_or_talks(
    ledger: sqlite3.Connection, since: Period | None, until: date
):
    executed = statements(ledger)
    reading = Reading(ledger, date(2026, 7, 5), since, until)
    reading.empty = frozenset()
    reading.known(reading.group)
    ledger.set_trace_callback(None)
    # EXISTS stops at the first row.
    asked = [each for each in executed if not each.startswith("SELECT EXISTS")]
    assert {each: found for each in asked if (found := scanned(ledger, each) & RECORDS)} == {}
