"""Parse months as people write them: 2026-03, or several at once: 2026年1—3月, 一季度, 上半年."""

import re

from partyctl.calendar import months_between
from partyctl.papers.sheets import kinds
from partyctl.papers.sheets.form import Values
from partyctl.papers.sheets.grid import Cell
from partyctl.papers.sheets.unread import Unread
from partyctl.papers.sheets.words import tidy

YEAR = r"(?:((?:19|20|21)\d{2})\s*[年.\-/]?\s*)?"
TO = r"\s*(?:[-—–－~～]+|\.\.|至|到)\s*"
SPAN = re.compile(rf"{YEAR}(\d{{1,2}})\s*月?份?{TO}(\d{{1,2}})\s*月份?")
WHOLE_SPAN = re.compile(
    rf"((?:19|20|21)\d{{2}})\s*[年.\-/]\s*(\d{{1,2}})\s*月?{TO}"
    r"((?:19|20|21)\d{2})\s*[年.\-/]\s*(\d{1,2})\s*月?份?"
)
QUARTER = re.compile(rf"{YEAR}第?([一二三四1234])季度?")
HALF = re.compile(rf"{YEAR}([上下])半年")
UNCLEAR = re.compile(r"\d{4}\s*年\s*\d{1,2}\s*[-—–－~～]\s*\d{1,2}")
"""Matches an unclear text such as 2026年1-3, which can mean January to March or 3 January."""

QUARTERS = {sign: number for signs in ("一二三四", "1234") for number, sign in enumerate(signs)}
_read_month = kinds.month("month")


def read_months(cell: Cell) -> Values:
    """Parse one month, or the first and the last of several months.

    If a text such as 1—3月 names no year, the year is None, and `months_of` uses the year in the
    sheet's title.
    """
    text = tidy(cell) if isinstance(cell, str) else ""
    if span := span_of(text):
        return {"months": span}
    if UNCLEAR.fullmatch(text):
        raise Unread(
            "months",
            f"“{text}”是几个月，还是某一天？几个月写成 2026年1—3月",
            f"does “{text}” mean several months or a day? Write 2026年1—3月",
        )
    return _read_month(cell)


def span_of(text: str, *, within: bool = False) -> tuple[str | None, int, str | None, int] | None:
    """Return the first and the last month in a text, each as a year (or None) and a number.

    Return None if the text does not name several months in order.

    With `within`, the text can also contain other words. Without `within`, the text must contain
    nothing but the months.
    """
    find = "search" if within else "fullmatch"
    if match := getattr(WHOLE_SPAN, find)(text):
        return _if_months(match[1], int(match[2]), match[3], int(match[4]))
    if match := getattr(SPAN, find)(text):
        return _if_months(match[1], int(match[2]), match[1], int(match[3]))
    if match := getattr(QUARTER, find)(text):
        first = 3 * QUARTERS[match[2]] + 1
        return match[1], first, match[1], first + 2
    if match := getattr(HALF, find)(text):
        first = 1 if match[2] == "上" else 7
        return match[1], first, match[1], first + 5
    return None


def _if_months(
    year: str | None, first: int, last_year: str | None, last: int
) -> tuple[str | None, int, str | None, int] | None:
    is_one = 1 <= first <= 12 and 1 <= last <= 12 and (year or "", first) < (last_year or "", last)
    return (year, first, last_year, last) if is_one else None


def months_of(
    span: tuple[str | None, int, str | None, int], year: int | None
) -> tuple[str, ...] | None:
    """List the months from the first to the last month of `span`.

    `year`: the year in the sheet's title. Return None if neither `span` nor the title has a year.
    """
    first_year, first, last_year, last = span
    if first_year is None and year is None:
        return None
    return months_between(f"{first_year or year}-{first:02d}", f"{last_year or year}-{last:02d}")
