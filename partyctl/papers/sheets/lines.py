"""The result of reading a workbook: rows, problems and questions."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from partyctl.papers.sheets.form import Values
from partyctl.papers.sheets.grid import Book


class Entry(NamedTuple):
    """A row that was read.

    `columns`: the names of the row's columns in the sheet, keyed by field.
    """

    sheet: str
    row: int
    values: Values
    columns: dict[str, str]

    @property
    def named(self) -> str:
        """The name or title by which a clerk recognises the row; empty if the row has neither."""
        return str(self.values.get("name") or self.values.get("title") or "")


NO_COLUMN = "no-column"
"""The kind of a problem that reports a missing required column."""


class Problem(NamedTuple):
    """A problem: its place, its cause, and the `key` under which the clerk's answer is stored."""

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
    """The result of reading a workbook: rows, problems, and remarks about parts that were not read."""

    book: Book
    entries: list[Entry] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    tables: int = 0


@dataclass(frozen=True)
class Asked:
    """How to read a workbook.

    `sheet`: the sheet to read; if None, all visible sheets are read. `given`: values for fields
    that neither a row nor the texts around it give.

    `answers`: the clerk's answers on the terminal, keyed by `Problem.key`.
    """

    today: date
    sheet: str | None = None
    given: Mapping[str, Any] = field(default_factory=dict)
    answers: Mapping[str, str] = field(default_factory=dict)
    advance: Callable[[int, int], None] = lambda done, total: None
