"""Convert rows of the views to typed facts: values become dates, `Term`s, tuples or booleans.

Values often repeat (for example, the same amount of dues), so each distinct value is created once,
and all facts that have this value share it.
"""

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache, lru_cache

from partyctl.law.engine.facts import Fact
from partyctl.law.engine.value import Value
from partyctl.ledger.views.columns import COMMON
from partyctl.ledger.views.sources import SOURCES
from partyctl.light import Any, NamedTuple
from partyctl.terms import Term

NINE = len(COMMON)

Reader = Callable[[Any], Any]

read_day = lru_cache(maxsize=8192)(date.fromisoformat)


class Source(NamedTuple):
    """How to read one view: its query, and a function that makes a fact's value from a row.

    The function gets the row's columns that come after the nine common columns.
    """

    select: str
    read: Callable[[tuple[Any, ...]], Value]


def typed_facts(
    ledger: sqlite3.Connection, view: str, where: str, values: Sequence[Any] | Mapping[str, Any]
) -> Iterator[Fact]:
    """Facts from a view, filtered by a WHERE clause."""
    select, read = source(view)
    known: dict[tuple[Any, ...], Value] = {}
    make = Fact._make
    for row in ledger.execute(f"{select} WHERE {where}", values):
        own = row[NINE:]
        said = known.get(own)
        if said is None:
            said = known[own] = read(own)
        yield make((row[0], read_day(row[1]), *row[2:NINE], said))


@cache
def source(view: str) -> Source:
    """How to read a view. The columns after the common ones are the fields of the view's value type."""
    kind = SOURCES[view]
    columns = ", ".join((*COMMON, *kind.fields()))
    names = tuple(kind.fields())
    readers = {name: reader_of(annotation) for name, annotation in kind.fields().items()}
    converted = [(name, reader) for name, reader in readers.items() if reader]

    def read(own: tuple[Any, ...]) -> Value:
        said = dict(zip(names, own, strict=True))
        for name, reader in converted:
            said[name] = reader(said[name])
        return kind.filled(said)

    return Source(f"SELECT {columns} FROM {view}", read)


def reader_of(annotation: object) -> Reader | None:
    """The function that converts SQLite's value to a type, or None if no conversion is needed."""
    types: tuple[Any, ...] = getattr(annotation, "__args__", (annotation,))
    if annotation == tuple[int, ...]:
        return _numbers
    if date in types:
        return lambda day: day and read_day(day)
    if bool in types:
        return bool
    term = next((each for each in types if issubclass(each, Term)), None)
    if term is None:
        return None
    words = {each.value: each for each in term} | {None: None}
    return words.__getitem__


def _numbers(listed: str | None) -> tuple[int, ...]:
    """Parse the numbers that SQLite's group_concat joined, such as 3,4.

    Return an empty tuple if the text is NULL.
    """
    return tuple(sorted(map(int, listed.split(",")))) if listed else ()
