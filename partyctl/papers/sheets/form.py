"""A sheet form is data: the columns of a kind of sheet, their names, and how cells are read."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias

from partyctl.bilingual import Told
from partyctl.language import worded
from partyctl.papers.sheets.grid import Cell
from partyctl.papers.sheets.headings import heading

Values: TypeAlias = dict[str, Any]
"""A cell's values by field; most cells have one."""

Read: TypeAlias = Callable[[Cell], Values]
"""A function that reads a cell; raises Unread."""


def nothing_said(_text: str) -> Values:
    """The default: the texts around a table give no values for its rows."""
    return {}


@dataclass(frozen=True, kw_only=True)
class Column:
    """A field of a form: its names, how its cells are read, and how it is printed."""

    field: str
    title: Told
    names: tuple[str, ...]
    read: Read
    choices: tuple[str, ...] = ()
    """The choices of an entry sheet and of a question on a terminal."""
    private: tuple[int, int] | None = None
    """For masked values: how many characters stay visible at both ends."""
    is_key: bool = False
    """Whether a heading row must have it."""
    is_needed: bool = False
    is_past: bool = False
    """Whether it contains days of past events."""
    asides: frozenset[str] = frozenset()
    """The reasons for which a cell may stay unread with a remark instead of an error."""
    is_money: bool = False
    yes_no: tuple[Told, Told] | None = None
    """The words for yes and no, if special."""
    width: int = 12

    @property
    def name(self) -> str:
        """The column's name in this run's language."""
        return worded(self.title)


@dataclass(frozen=True, kw_only=True)
class Form:
    """A kind of sheet: its columns; `ignored`: columns skipped without a remark."""

    noun: str
    version: int
    columns: tuple[Column, ...]
    ignored: tuple[str, ...] = ("序号", "编号", "备注", "说明", "no", "no.", "行号", "排名", "项次")
    of_what: Callable[[str], Values] = nothing_said
    """Values that apply to all rows of an entry sheet: a month, a year."""
    said_by: Callable[[str], Values] = nothing_said
    """Values for rows from the sheet's name, a title or a section row."""

    def column(self, name: str) -> Column:
        """The column of a field."""
        return next(each for each in self.columns if each.field == name)

    @cached_property
    def known(self) -> dict[str, Column]:
        """All names of all columns, normalised by `heading`."""
        return {heading(name): each for each in self.columns for name in (*each.names, *each.title)}

    @cached_property
    def keys(self) -> frozenset[str]:
        """The names required for a heading row."""
        return frozenset(name for name, column in self.known.items() if column.is_key)

    @cached_property
    def key_letters(self) -> frozenset[str]:
        """The first characters of such names; other cells are skipped quickly."""
        return frozenset(
            form for name in self.keys for form in (name[0], name[0].upper())
        ) | frozenset(" *＊★【(（[#\n\u3000\ufeff")

    @cached_property
    def ignored_names(self) -> frozenset[str]:
        """The names of columns skipped without a remark."""
        return frozenset(heading(name) for name in self.ignored)
