"""partyctl reads every branch with the same few SQL statements.

SQLite prepares each of these statements only once, because its text is the same for every branch.
"""

import sqlite3
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, cast

import pytest

from partyctl.calendar import period_named
from partyctl.cli.session.reading import Reading
from partyctl.cli.start.main import run as run_command
from partyctl.law.catalogue import CATALOGUE
from partyctl.law.engine.facts import Subject
from partyctl.law.engine.known import Known
from partyctl.law.engine.obligations import obligations
from partyctl.law.engine.owed import Proof, Wanted
from partyctl.ledger.file.opening import open_for_reading

MOST_STATEMENTS = 24
HISTORY = """
init --organ 局 --branch 一支部 --since 2023-01-01
branch add 二支部 --founded 2023-01-01
member add 赵一 --branch 一支部 --joined 2010-01-01 --post branch-secretary
member add 钱二 --branch 二支部 --joined 2011-01-01 --post branch-secretary
"""
REVIEW = """
review open 2024 --on 2024-12-01
review study 2024 --on 2024-12-02
review self 2024 {name} --on 2024-12-03
review meeting 2024 --on 2024-12-20
review rate 2024 {name} qualified
review close 2024 --on 2024-12-21
"""


class Listener:
    """A connection that collects the text of every statement that it executes."""

    def __init__(self, ledger: sqlite3.Connection) -> None:
        self.ledger = ledger
        self.texts: list[str] = []

    def execute(self, text: str, values: Sequence[Any] = ()) -> sqlite3.Cursor:
        self.texts.append(text)
        return self.ledger.execute(text, values)


def of_each_branch(path: Path) -> list[list[str]]:
    """For each branch, list the SQL statements that read its records."""
    said = []
    with open_for_reading(path) as connection:
        listener = Listener(connection)
        month = period_named("2026-03")
        reading = Reading(cast("sqlite3.Connection", listener), date(2026, 3, 31), month)
        for branch in reading.branches:
            listener.texts.clear()
            reading.known(branch)
            said.append([*listener.texts])
    return said


def test_two_branches_are_read_with_the_same_statements(tmp_path: Path):
    path = tmp_path / "ledger.db"
    for line in HISTORY.strip().splitlines():
        assert run_command(["--ledger", str(path), *line.split()]) == 0, line
    for branch, name in (("一支部", "赵一"), ("二支部", "钱二")):
        for line in REVIEW.format(name=name).strip().splitlines():
            words = ["--ledger", str(path), "--branch", branch, *line.split()]
            assert run_command(words) == 0, line
    one, other = of_each_branch(path)
    assert set(one) == set(other)
    assert len(other) <= MOST_STATEMENTS


def test_nothing_due_after_a_month_is_made_for_its_scoreboard(tmp_path: Path):
    path = tmp_path / "ledger.db"
    for line in HISTORY.strip().splitlines():
        assert run_command(["--ledger", str(path), *line.split()]) == 0, line
    month = period_named("2023-05")
    wanted = Wanted(month.first, month.last, until=month.last)
    with open_for_reading(path) as connection:
        reading = Reading(connection, date(2026, 3, 31), month)
        owed = list(obligations(CATALOGUE, reading.known(reading.branches[0]), None, wanted))
    assert any(each.due and each.due < month.first for each in owed)
    assert all(each.due is None or each.due <= month.last for each in owed)


def test_everybody_in_a_role_is_gathered_once():
    known = Known((), (), since=date(2023, 1, 1), on=date(2026, 3, 31))
    assert known.in_role("member") is known.in_role("member")


@pytest.mark.parametrize("made", [Subject("member", 1, "赵一"), Proof("dues", 1, date(2026, 1, 1))])
def test_a_tuple_of_places_needs_no_names(made: object, monkeypatch: pytest.MonkeyPatch):
    """Creating a subject or a proof from positional values does not look up the field names.

    The look-up would take time, because a large ledger has ten thousand obligations, each with a
    subject.
    """
    kind, values = type(made), tuple(cast("Sequence[object]", made))
    short = values[: len(values) - len(kind._field_defaults)]  # type: ignore[attr-defined]  # of every named tuple
    monkeypatch.delattr("partyctl.light.Named._complete")
    assert kind(*short) == made
