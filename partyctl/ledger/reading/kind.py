"""What there is to say of a noun: the shape of a line in the table of nouns."""

from collections.abc import Callable, Mapping
from datetime import date
from sqlite3 import Connection
from types import MappingProxyType
from typing import Any, NamedTuple

from partyctl.ledger.reading.privacy import Field

Object = dict[str, Any]
Reader = Callable[[Connection, date, int], Object | None]
"""The record with a number as it stands on a day, voided or not."""

NOTHING: Mapping[str, tuple[Field, ...]] = MappingProxyType({})


class Lines(NamedTuple):
    """A table whose rows are lines of a record: the column of its number, what says which line.

    `told` is empty where a line is no step that a person would name.
    """

    table: str
    owner: str
    told: tuple[str, ...] = ()


class Kind(NamedTuple):
    """What the ledger keeps of one noun.

    `one` is what a record is called; `named` selects from its row what says which record it is;
    `listed` and `voided` are the commands, where they are not the noun's own `list` and `void`;
    `revealed` is what `--reveal` shows.
    """

    table: str
    one: tuple[str, str]
    named: str
    read: Reader | None = None
    lines: tuple[Lines, ...] = ()
    listed: str | None = None
    voided: str | None = None
    revealed: Mapping[str, tuple[Field, ...]] = NOTHING
