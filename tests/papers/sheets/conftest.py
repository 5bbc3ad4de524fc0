"""Fixtures: sheets written cell by cell, and read as a roster."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from partyctl.papers.sheets.forms.roster import ROSTER
from partyctl.papers.sheets.lines import Asked, Reading
from partyctl.papers.sheets.reading import read_sheets

TODAY = date(2026, 11, 27)
SAMPLES = Path(__file__).parent / "samples"

Sheet = Callable[..., Reading]


@pytest.fixture(autouse=True)
def _chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PARTYCTL_LANG", raising=False)


@pytest.fixture
def roster(tmp_path: Path) -> Sheet:
    """Write lines to a sheet, merge ranges, and read the sheet as a roster."""

    def roster(
        *lines: Sequence[Any], merged: Sequence[str] = (), name: str = "名册", answers: Any = None
    ) -> Reading:
        book = openpyxl.Workbook()
        assert book.active is not None
        book.active.title = name
        for line in lines:
            book.active.append(list(line))
        for each in merged:
            book.active.merge_cells(each)
        path = tmp_path / "名册.xlsx"
        book.save(path)
        return read_sheets(path, ROSTER, Asked(TODAY, answers=answers or {}))

    return roster


def names(reading: Reading) -> list[str]:
    """The names read from a sheet. Fails if the sheet has a problem."""
    assert reading.problems == []
    return [entry.values["name"] for entry in reading.entries]
