"""What a reading of a workbook gives: lines, what is unclear about them, and what was asked."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from partyctl.papers.sheets.form import Values
from partyctl.papers.sheets.grid import Book


class Entry(NamedTuple):
    """A line that could be read, with the names of its columns by field."""

    sheet: str
    row: int
    values: Values
    columns: dict[str, str]

    @property
    def named(self) -> str:
        """The name or the title by which a clerk knows the line; empty where it has none."""
        return str(self.values.get("name") or self.values.get("title") or "")


NO_COLUMN = "no-column"
"""The kind of problem of a sheet in which a column is missing that every line needs."""


class Problem(NamedTuple):
    """What is unclear or wrong: where, and why; `key` is where an answer to it belongs."""

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
    """All that a workbook says: its lines, what is unclear, and remarks about what is not read."""

    book: Book
    entries: list[Entry] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    tables: int = 0


@dataclass(frozen=True)
class Asked:
    """What the command says of a reading: one sheet alone, today, what holds of every line.

    `answers` are those given on the terminal, by the key of the problem.
    """

    today: date
    sheet: str | None = None
    given: Mapping[str, Any] = field(default_factory=dict)
    answers: Mapping[str, str] = field(default_factory=dict)
    advance: Callable[[int, int], None] = lambda done, total: None
