"""The type of an entry in the table of nouns."""

from collections.abc import Callable, Mapping
from datetime import date
from sqlite3 import Connection
from types import MappingProxyType
from typing import Any

from partyctl.ledger.reading.privacy import Field
from partyctl.light import NamedTuple

Object = Mapping[str, Any]
Reader = Callable[[Connection, date, int], Object | None]
"""The record with a number, as of a day, voided or not."""

Opened = Callable[[Connection, date, int, frozenset[str]], Object]
"""The same with the named masked fields shown."""

NOTHING: Mapping[str, tuple[Field, ...]] = MappingProxyType({})


class Lines(NamedTuple):
    """A table with lines of a record: the column of the record's number, and what names the line.

    `told` is empty if a line is not a step a person would name.
    """

    table: str
    owner: str
    told: tuple[str, ...] = ()


class Kind(NamedTuple):
    """The ledger's data on one noun.

    `one`: the word for a record; `named`: the SQL for its description;
    `listed` and `voided`: the commands, if they are not the noun's `list` and `void`;
    `revealed`: the fields `--reveal` shows; `opened`: what reads the record with them shown, if not
    their columns alone.
    """

    table: str
    one: tuple[str, str]
    named: str
    read: Reader | None = None
    lines: tuple[Lines, ...] = ()
    listed: str | None = None
    voided: str | None = None
    revealed: Mapping[str, tuple[Field, ...]] = NOTHING
    opened: Opened | None = None
