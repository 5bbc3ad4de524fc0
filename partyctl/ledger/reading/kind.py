"""The type that describes one noun of the commands (see `nouns`)."""

from collections.abc import Callable, Mapping
from datetime import date
from sqlite3 import Connection
from types import MappingProxyType

from partyctl.bilingual import Told
from partyctl.ledger.reading.privacy import Field
from partyctl.light import Any, NamedTuple

Object = Mapping[str, Any]
Reader = Callable[[Connection, date, int], Object | None]
"""Reads the record with this number, as of a day, even if the record was voided."""

Opened = Callable[[Connection, date, int, frozenset[str]], Object]
"""Reads a record like Reader, but shows the named fields instead of masking them."""

NOTHING: Mapping[str, tuple[Field, ...]] = MappingProxyType({})


class Lines(NamedTuple):
    """A table with lines of a record (such as steps), and the column with the record's number.

    `told`: the columns whose values name a line in the journal; empty if lines have no names.
    """

    table: str
    owner: str
    told: tuple[str, ...] = ()


class Kind(NamedTuple):
    """The description of one noun: its table, lines, words, readers and commands.

    `one`: the word for a record, in both languages. `named`: the SQL for a record's description.
    `listed` and `voided`: the commands that list and void records, if they are not `NOUN list` and
    `NOUN void`. `revealed`: the fields that `--reveal` shows. `opened`: a function that reads a
    record with these fields shown (None: reading the fields' columns is enough).
    """

    table: str
    one: Told
    named: str
    read: Reader | None = None
    lines: tuple[Lines, ...] = ()
    listed: str | None = None
    voided: str | None = None
    revealed: Mapping[str, tuple[Field, ...]] = NOTHING
    opened: Opened | None = None
