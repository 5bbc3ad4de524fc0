"""The description (form) of a kind of sheet: its columns, their names, and how their cells are read."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias

from partyctl.bilingual import Told
from partyctl.language import worded
from partyctl.papers.sheets.grid import Cell
from partyctl.papers.sheets.headings import heading

Values: TypeAlias = dict[str, Any]
"""The values of a cell, keyed by field. Most cells have one value."""

Read: TypeAlias = Callable[[Cell], Values]
"""A function that reads a cell. The function raises Unread if the cell is unclear."""


def nothing_said(_text: str) -> Values:
    """Return no values.

    A form uses this function if the texts around the tables of its sheets contain no values.
    """
    return {}


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column of a form: its field, its names, how its cells are read, and how values are printed."""

    field: str
    title: Told
    names: tuple[str, ...]
    read: Read
    choices: tuple[str, ...] = ()
    """The words that users can choose in an entry sheet, or when they are asked on the terminal."""
    private: tuple[int, int] | None = None
    """For masked values: how many characters are shown at the beginning and at the end."""
    is_key: bool = False
    """Whether this is a key column: a heading row must contain the name of at least one key column."""
    is_needed: bool = False
    is_past: bool = False
    """Whether the column holds dates of past events, which cannot be in the future."""
    asides: frozenset[str] = frozenset()
    """Kinds of unclear cells that are not errors in this column.

    Such cells are reported, and what is unclear in them is not stored.
    """
    is_money: bool = False
    yes_no: tuple[Told, Told] | None = None
    """The words for yes and no in this column, if the column does not use the usual words."""
    width: int = 12

    @property
    def name(self) -> str:
        """The column's name in the user's language."""
        return worded(self.title)


@dataclass(frozen=True, kw_only=True)
class Form:
    """A kind of sheet with its columns.

    `ignored`: names of columns such as 序号. A row with values only in these columns is no record.
    """

    noun: str
    version: int
    columns: tuple[Column, ...]
    ignored: tuple[str, ...] = ("序号", "编号", "备注", "说明", "no", "no.", "行号", "排名", "项次")
    of_what: Callable[[str], Values] = nothing_said
    """A function that returns the values shared by all rows of an entry sheet, such as the month or
    year."""
    said_by: Callable[[str], Values] = nothing_said
    """A function that finds values in a text (the sheet's name, a title or a section's title).

    The values in a section's title apply to the rows of this section. The values in the other texts
    apply to the whole sheet.
    """

    def column(self, name: str) -> Column:
        """Return the column of a field."""
        return next(each for each in self.columns if each.field == name)

    @cached_property
    def known(self) -> dict[str, Column]:
        """All columns, keyed by each of their names.

        The function `heading` normalises these names.
        """
        return {heading(name): each for each in self.columns for name in (*each.names, *each.title)}

    @cached_property
    def keys(self) -> frozenset[str]:
        """The names of key columns; a heading row must contain at least one of them."""
        return frozenset(name for name, column in self.known.items() if column.is_key)

    @cached_property
    def key_letters(self) -> frozenset[str]:
        """The possible first characters of a cell with the name of a key column.

        Cells that begin with another character are skipped quickly.
        """
        return frozenset(
            form for name in self.keys for form in (name[0], name[0].upper())
        ) | frozenset(" *＊★【(（[#\n\u3000\ufeff")

    @cached_property
    def ignored_names(self) -> frozenset[str]:
        """The names in `ignored`, normalised by the function `heading`."""
        return frozenset(heading(name) for name in self.ignored)
