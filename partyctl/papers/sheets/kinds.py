"""Kinds of columns: how a cell becomes values of a field."""

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
from partyctl.text import time_of_day


def only(field: str, read: Callable[[Cell], Any]) -> Read:
    """A column with one value per cell, or none."""

    def values(cell: Cell) -> Values:
        value = read(cell)
        return {} if value is None else {field: value}

    return values


def text(field: str) -> Read:
    """A word or number, with full-width characters made plain."""
    return only(field, words.text_of)


def prose(field: str) -> Read:
    """Sentences, unchanged."""
    return only(field, words.prose_of)


def day(field: str) -> Read:
    """A column of days; a month without a day is unclear."""

    def values(cell: Cell) -> Values:
        found = read_day_or_month(cell)
        if found is None:
            return {}
        if type(found) is Month:
            raise month_only(found)
        return {field: found}

    return values


NEXT_DAY = re.compile(r"\s*[；;\n]\s*|[、，,\s]\s*(?=(?:19|20|21)\d{2}\D)")
"""The separator of days in a cell: 2026.1.5、2026.4.8."""


def days(field: str) -> Read:
    """A column with several days in a cell; a month without a day is unclear."""
    read_one = day(field)

    def read(cell: Cell) -> list[date] | None:
        texts = NEXT_DAY.split(cell) if isinstance(cell, str) else [cell]
        found = [said[field] for text in texts if (said := read_one(text))]
        return list(dict.fromkeys(found)) or None

    return only(field, read)


def month(field: str) -> Read:
    """A column of months; a cell with a day gives the day's month."""

    def read(cell: Cell) -> str | None:
        found = read_day_or_month(cell)
        return None if found is None else printed(found)[:7]

    return only(field, read)


def yes(field: str, *, means: bool = True) -> Read:
    """A column of yes or no; `means`: the field's value for yes."""

    def read(cell: Cell) -> bool | None:
        said = words.read_yes(cell)
        return said if said is None or means else not said

    return only(field, read)


def money(field: str) -> Read:
    """An amount in yuan, as 分."""
    return only(field, words.read_money)


def count(field: str) -> Read:
    """A number of people."""
    return only(field, words.read_count)


def term(field: str, terms: type[Term], synonyms: dict[str, Any], of: Told) -> Read:
    """A vocabulary word, in any common wording."""
    return only(field, lambda cell: words.read_term(terms, cell, synonyms, of))


def person(field: str) -> Read:
    """A name, and remarks next to it."""

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
    """Several names in a cell."""
    return only(field, lambda cell: read_names(cell) or None)


def clock(field: str) -> Read:
    """A time of day: 9:30; 9点半 is not accepted. Raises Unread."""

    def read(cell: Cell) -> str | None:
        text = _hours(cell) if isinstance(cell, time | timedelta) else words.text_of(cell)
        if text is None:
            return None
        found = time_of_day(text)
        if found is None:
            raise Unread("time", f"时间“{text}”读不出来：写 09:30", f"no time of day: “{text}”")
        return found

    return only(field, read)


def _hours(cell: time | timedelta) -> str:
    if isinstance(cell, time):
        return f"{cell:%H:%M}"
    minutes = round(cell.total_seconds() / 60)
    return f"{minutes // 60}:{minutes % 60:02d}"


def ordinal(field: str) -> Read:
    """An ordinal: 3, 第3次."""

    def read(cell: Cell) -> int | None:
        text = words.text_of(cell)
        found = None if text is None else words.read_count(text.removeprefix("第"))
        if found == 0:
            raise Unread("ordinal", "第几次从 1 起", "the first one is 1")
        return found

    return only(field, read)


def number(field: str) -> Read:
    """A record's number in the ledger: 7 or #7."""

    def read(cell: Cell) -> int | None:
        text = words.text_of(cell)
        if text is None:
            return None
        digits = text.removeprefix("#")
        if not (digits.isascii() and digits.isdecimal() and len(digits) < 10):
            raise Unread("number", f"编号“{text}”读不出来", f"cannot read the number “{text}”")
        return int(digits)

    return only(field, read)
