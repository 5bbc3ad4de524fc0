"""Some work of an import is done once for all rows; the tests count how often this work is done."""

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import event
from sqlmodel import Session

from partyctl.ledger.file.rows import AT_ONCE
from partyctl.ledger.journal import chain
from partyctl.ledger.writing import bulk
from partyctl.ledger.writing.session import driver_of
from partyctl.papers.sheets.forms.roster import ROSTER
from partyctl.papers.sheets.lines import Asked
from partyctl.papers.sheets.reading import read_sheets
from tests.cli.conftest import Workbook
from tests.conftest import Run

ROWS = 40
HEADINGS = "序号 姓名 入党时间 转正时间 党内职务 领导干部 类别"


@pytest.fixture
def roster(workbook: Workbook) -> Path:
    """Forty people who joined on two days; every tenth has a post, every eighth is a leading cadre."""
    people = [
        (
            number,
            f"甲{chr(0x4E00 + number)}",
            f"20{10 + number % 2}.07.01",
            f"20{11 + number % 2}.07.01",
            None if number % 10 else "组织委员",
            None if number % 8 else "是",
            "在职",
        )
        for number in range(ROWS)
    ]
    return workbook(HEADINGS, *people)


@pytest.fixture
def entered() -> Iterator[list[object]]:
    """The objects that were added to the session one by one."""
    objects: list[object] = []

    def note(_session: Session, entered: object) -> None:
        objects.append(entered)

    event.listen(Session, "transient_to_pending", note)
    yield objects
    event.remove(Session, "transient_to_pending", note)


def test_members_posts_and_leading_cadres_are_each_stored_by_one_statement(
    branch: Run, roster: Path, entered: list[object]
):
    branch(f"member import {roster}")
    assert entered == []
    people = branch("member list --json").json
    assert len(people) == 3 + ROWS
    assert sum(bool(each["posts"]) for each in people[3:]) == ROWS // 10
    branch("journal verify")


def test_rows_of_members_and_of_the_journal_are_stored_in_groups(
    branch: Run, roster: Path, monkeypatch: pytest.MonkeyPatch
):
    run: set[str] = set()

    def traced(session: Session) -> Any:
        ledger = driver_of(session)
        ledger.set_trace_callback(run.add)
        return ledger

    monkeypatch.setattr(bulk, "driver_of", traced)
    branch(f"member import {roster}")
    entries = ROWS + ROWS // 10 + ROWS // 8
    for table, stored in (
        ("member", ROWS),
        ("journal_entry", entries),
        ("journal_detail", entries),
    ):
        groups, rest = divmod(stored, AT_ONCE)
        assert groups > 0
        assert sum(each.startswith(f'INSERT INTO "{table}"') for each in run) == groups + rest
    branch("journal verify")


def test_a_command_draws_its_salts_at_once_and_encodes_what_its_entries_share_once(
    branch: Run, roster: Path, monkeypatch: pytest.MonkeyPatch
):
    drawn: list[int] = []
    encoded: list[Any] = []
    encode = chain.CANONICAL

    def draw(size: int) -> bytes:
        drawn.append(size)
        return os.urandom(size)

    def noted(value: Any) -> str:
        encoded.append(value)
        return encode(value)

    monkeypatch.setattr(chain, "os", SimpleNamespace(urandom=draw))
    monkeypatch.setattr(chain, "CANONICAL", noted)
    branch(f"member import {roster}")
    entries = ROWS + ROWS // 10 + ROWS // 8
    assert drawn == [chain.SALT_BYTES * entries]
    assert [type(each) for each in encoded].count(tuple) == 1
    assert [type(each) for each in encoded].count(dict) == entries
    branch("journal verify")


def test_a_text_is_read_once_in_its_column_and_rows_alike_share_their_columns(roster: Path):
    read: list[object] = []

    def counted(column: Any) -> Any:
        def values(cell: Any) -> Any:
            read.append((column.field, cell))
            return column.read(cell)

        return replace(column, read=values)

    form = replace(ROSTER, columns=tuple(map(counted, ROSTER.columns)))
    found = read_sheets(roster, form, Asked(date(2026, 11, 27)))
    assert len(found.entries) == ROWS
    assert len(read) == len(set(read)) == ROWS + 2 + 2 + 1 + 1 + 1
    shapes = {id(entry.columns): tuple(entry.columns) for entry in found.entries}
    assert len(shapes) == len(set(shapes.values())) == 4
