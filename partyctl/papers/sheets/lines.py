"""The result of reading a workbook: rows, problems, and questions."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from partyctl.papers.sheets.form import Values
from partyctl.papers.sheets.grid import Book


class Entry(NamedTuple):
    """A row that was read, with the names of its columns by field."""

    sheet: str
    row: int
    values: Values
    columns: dict[str, str]

    @property
    def named(self) -> str:
        """The name or title by which a clerk knows the row; empty if it has none."""
        return str(self.values.get("name") or self.values.get("title") or "")


NO_COLUMN = "no-column"
"""The kind of problem for a missing required column."""


class Problem(NamedTuple):
    """A problem: its place and reason; `key` identifies its answer."""

    sheet: str
    row: int
    column: str
    value: str
    sentence: str
    kind: str = ""
    choices: tuple[str, ...] = ()
    key: str | None = None


@dataclass
class Reading:
    """The content of a workbook: its rows, problems, and remarks about unread parts."""

    book: Book
    entries: list[Entry] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    tables: int = 0


@dataclass(frozen=True)
class Asked:
    """The command's settings for a reading: a single sheet, today, values for every row.

    `answers`: given on the terminal, by problem key.
    """

    today: date
    sheet: str | None = None
    given: Mapping[str, Any] = field(default_factory=dict)
    answers: Mapping[str, str] = field(default_factory=dict)
    advance: Callable[[int, int], None] = lambda done, total: None
