"""Rows of the views of facts as typed facts: columns by name, words as terms, days as dates.

What facts say is often the same (a month's dues of the same amount, paid in person), so that each
value is made once and shared.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cache, lru_cache
from typing import Any, NamedTuple, get_args

from partyctl.law.engine.facts import Fact
from partyctl.law.engine.value import Value
from partyctl.ledger.views.columns import COMMON
from partyctl.ledger.views.sources import SOURCES
from partyctl.terms import Term

NINE = len(COMMON)

Reader = Callable[[Any], Any]

read_day = lru_cache(maxsize=8192)(date.fromisoformat)


class Source(NamedTuple):
    """A view of facts: how it is asked, and how its own columns become a value."""

    select: str
    read: Callable[[tuple[Any, ...]], Value]


def typed_facts(
    ledger: sqlite3.Connection, view: str, where: str, values: Iterable[Any]
) -> Iterator[Fact]:
    """The facts of a view that meet a condition."""
    select, read = source(view)
    known: dict[tuple[Any, ...], Value] = {}
    make = Fact._make
    for row in ledger.execute(f"{select} WHERE {where}", tuple(values)):
        own = row[NINE:]
        said = known.get(own)
        if said is None:
            said = known[own] = read(own)
        yield make((row[0], read_day(row[1]), *row[2:NINE], said))


@cache
def source(view: str) -> Source:
    """How a view is read into values of its type: the columns are named as the fields are."""
    kind = SOURCES[view]
    columns = ", ".join((*COMMON, *kind.fields()))
    readers = {name: reader_of(annotation) for name, annotation in kind.fields().items()}

    def read(own: tuple[Any, ...]) -> Value:
        pairs = zip(readers.items(), own, strict=True)
        return kind(**{name: reader(each) if reader else each for (name, reader), each in pairs})

    return Source(f"SELECT {columns} FROM {view}", read)


def reader_of(annotation: object) -> Reader | None:
    """How SQLite's value becomes one of a type; None where it is one already."""
    types = get_args(annotation) or (annotation,)
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
    """A list of numbers as SQLite puts it together: 3,4; nothing where there are none."""
    return tuple(sorted(map(int, listed.split(",")))) if listed else ()
