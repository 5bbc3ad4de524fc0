"""Readers for the kinds of columns. A reader is a function that turns a cell into values of fields."""

import re
from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any

from partyctl.bilingual import Told
from partyctl.papers.sheets import words
from partyctl.papers.sheets.days import Month, month_only, printed, read_day_or_month
from partyctl.papers.sheets.form import Read, Values
from partyctl.papers.sheets.grid import Cell
from partyctl.papers.sheets.people import read_named, read_names
from partyctl.papers.sheets.unread import Unread
from partyctl.terms import Term
from partyctl.text import is_digits, time_of_day


def only(field: str, read: Callable[[Cell], Any]) -> Read:
    """Return a reader for cells that have one value, or none."""

    def values(cell: Cell) -> Values:
        value = read(cell)
        return {} if value is None else {field: value}

    return values


def text(field: str) -> Read:
    """Return a reader for words or numbers; full-width characters become normal characters."""
    return only(field, words.text_of)


def prose(field: str) -> Read:
    """Return a reader for sentences; full-width characters (such as ，) stay unchanged."""
    return only(field, words.prose_of)


def day(field: str) -> Read:
    """Return a reader for a day. The reader raises Unread if a cell contains only a month."""

    def values(cell: Cell) -> Values:
        found = read_day_or_month(cell)
        if found is None:
            return {}
        if type(found) is Month:
            raise month_only(found)
        return {field: found}

    return values


NEXT_DAY = re.compile(r"\s*[；;\n]\s*|[、，,\s]\s*(?=(?:19|20|21)\d{2}\D)")
"""Matches the separator between two days in a cell, such as the 、 in 2026.1.5、2026.4.8."""


def days(field: str) -> Read:
    """Return a reader for several days in a cell.

    The reader raises Unread if a day is missing, as in 2026年3月.
    """
    read_one = day(field)

    def read(cell: Cell) -> list[date] | None:
        texts = NEXT_DAY.split(cell) if isinstance(cell, str) else [cell]
        found = [said[field] for text in texts if (said := read_one(text))]
        return list(dict.fromkeys(found)) or None

    return only(field, read)


def month(field: str) -> Read:
    """Return a reader for a month; if a cell has a full date, the reader drops the day."""

    def read(cell: Cell) -> str | None:
        found = read_day_or_month(cell)
        return None if found is None else printed(found)[:7]

    return only(field, read)


def yes(field: str, *, means: bool = True) -> Read:
    """Return a reader for yes or no. `means`: the value of the field if the cell says yes."""

    def read(cell: Cell) -> bool | None:
        said = words.read_yes(cell)
        return said if said is None or means else not said

    return only(field, read)


def money(field: str) -> Read:
    """Return a reader for an amount in yuan; the value is in 分."""
    return only(field, words.read_money)


def count(field: str) -> Read:
    """Return a reader for a number of people."""
    return only(field, words.read_count)


def term(field: str, terms: type[Term], synonyms: dict[str, Any], of: Told) -> Read:
    """Return a reader for a word from a fixed list, such as the grades; synonyms are accepted."""
    return only(field, lambda cell: words.read_term(terms, cell, synonyms, of))


def person(field: str) -> Read:
    """Return a reader for a person's name. The cell can also contain remarks, such as （预备）."""

    def values(cell: Cell) -> Values:
        named = read_named(cell)
        if named is None:
            return {}
        said: Values = {field: named.name, **named.said}
        if named.mark:
            said["mark"] = named.mark
        if named.remarks:
            said["beside"] = named.remarks
        return said

    return values


def people(field: str) -> Read:
    """Return a reader for several names in a cell."""
    return only(field, lambda cell: read_names(cell) or None)


def clock(field: str) -> Read:
    """Return a reader for a time of day such as 9:30; the reader refuses 9点半."""

    def read(cell: Cell) -> str | None:
        text = _hours(cell) if isinstance(cell, time | timedelta) else words.text_of(cell)
        if text is None:
            return None
        found = time_of_day(text)
        if found is None:
            raise Unread(
                "time", f"时间“{text}”读不出来：写 09:30", f"cannot read the time “{text}”"
            )
        return found

    return only(field, read)


def _hours(cell: time | timedelta) -> str:
    if isinstance(cell, time):
        return f"{cell:%H:%M}"
    minutes = round(cell.total_seconds() / 60)
    return f"{minutes // 60}:{minutes % 60:02d}"


def ordinal(field: str) -> Read:
    """Return a reader for an ordinal, such as 3 or 第3次."""

    def read(cell: Cell) -> int | None:
        text = words.text_of(cell)
        found = None if text is None else words.read_count(text.removeprefix("第"))
        if found == 0:
            raise Unread("ordinal", "第几次从 1 起", "numbering starts at 1")
        return found

    return only(field, read)


def number(field: str) -> Read:
    """Return a reader for a record's number in the ledger, such as 7 or #7."""

    def read(cell: Cell) -> int | None:
        text = words.text_of(cell)
        if text is None:
            return None
        digits = text.removeprefix("#")
        if not (is_digits(digits) and len(digits) < 10):
            raise Unread("number", f"编号“{text}”读不出来", f"cannot read the number “{text}”")
        return int(digits)

    return only(field, read)
