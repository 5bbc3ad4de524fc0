"""A sheet form is data: which columns a kind of sheet has, how people name them, what is read."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias

from partyctl.language import say
from partyctl.papers.sheets.grid import Cell
from partyctl.papers.sheets.headings import heading

Values: TypeAlias = dict[str, Any]
"""What a cell says, by the names of fields; most cells say one thing."""

Read: TypeAlias = Callable[[Cell], Values]
"""What a cell says; raises Unread."""


def nothing_said(_text: str) -> Values:
    """Most texts around a table say nothing of its rows."""
    return {}


@dataclass(frozen=True, kw_only=True)
class Column:
    """A field of a form: how it is called, how its cells are read, and how it is printed."""

    field: str
    title: tuple[str, str]
    names: tuple[str, ...]
    read: Read
    choices: tuple[str, ...] = ()
    """What an entry sheet offers to pick from, and a question on a terminal lists."""
    private: tuple[int, int] | None = None
    """For what is masked when it is shown: how many characters stay at both ends."""
    is_key: bool = False
    """Whether a head must have it to be one."""
    is_needed: bool = False
    is_past: bool = False
    """Whether it holds days on which something has happened."""
    asides: frozenset[str] = frozenset()
    """For which reasons a cell may stay unread, with a remark and no error."""
    is_money: bool = False
    yes_no: tuple[tuple[str, str], tuple[str, str]] | None = None
    """How yes and no are printed, where they have words of their own."""
    width: int = 12

    @property
    def name(self) -> str:
        """The column's name in this run's language."""
        return say(*self.title)


@dataclass(frozen=True, kw_only=True)
class Form:
    """A kind of sheet: its columns; `ignored` are columns in which nobody looks for anything."""

    noun: str
    version: int
    columns: tuple[Column, ...]
    ignored: tuple[str, ...] = ("序号", "编号", "备注", "说明", "no", "no.", "行号", "排名", "项次")
    of_what: Callable[[str], Values] = nothing_said
    """What an entry sheet about something says of all its lines: a month, a year."""
    said_by: Callable[[str], Values] = nothing_said
    """What the name of a sheet, a title above the table, or a section's row says of the rows."""

    def column(self, name: str) -> Column:
        """The column of a field."""
        return next(each for each in self.columns if each.field == name)

    @cached_property
    def known(self) -> dict[str, Column]:
        """Every name of every column, as `heading` makes it."""
        return {heading(name): each for each in self.columns for name in (*each.names, *each.title)}

    @cached_property
    def keys(self) -> frozenset[str]:
        """The names without which a line is no head."""
        return frozenset(name for name, column in self.known.items() if column.is_key)

    @cached_property
    def key_letters(self) -> frozenset[str]:
        """With which characters such a name may begin; all others need no second look."""
        return frozenset(
            form for name in self.keys for form in (name[0], name[0].upper())
        ) | frozenset(" *＊★【(（[#\n\u3000\ufeff")

    @cached_property
    def ignored_names(self) -> frozenset[str]:
        """The names of columns that are passed over without a word."""
        return frozenset(heading(name) for name in self.ignored)
