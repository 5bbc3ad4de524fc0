"""If the rows that a view needs do not exist, the view has no facts and is not read."""

import shutil
import sqlite3
from pathlib import Path

import pytest

from partyctl.ledger.reading.facts import empty_views
from partyctl.ledger.views.sources import BRANCH_ROLES, NEEDS, SOURCES


@pytest.fixture
def plain(everything: Path, tmp_path: Path) -> sqlite3.Connection:
    """A copy, without triggers, of a ledger that has rows for every view; rows can be deleted."""
    ledger = sqlite3.connect(shutil.copy(everything, tmp_path / "copy.db"), isolation_level=None)
    for (name,) in ledger.execute(
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    ).fetchall():
        ledger.execute(f'DROP TRIGGER "{name}"')
    ledger.execute("UPDATE appointment SET post = 'leading-member' WHERE id = 1")
    ledger.execute("UPDATE meeting SET half_hours = 4 WHERE id = 1")
    ledger.execute("UPDATE branch SET elected_on = '2024-06-01' WHERE id = 1")
    return ledger


def test_no_view_is_empty_where_all_rows_exist(plain: sqlite3.Connection):
    assert empty_views(plain) == frozenset()


@pytest.mark.parametrize("view", NEEDS)
def test_a_view_is_empty_without_the_rows_that_it_needs(view: str, plain: sqlite3.Connection):
    rows = NEEDS[view]
    plain.execute(f"DELETE FROM {rows}")
    assert plain.execute(f"SELECT count(*) FROM {view}").fetchone() == (0,)
    assert view in (*SOURCES, *BRANCH_ROLES)
    assert empty_views(plain) == {each for each in NEEDS if NEEDS[each] == rows}
