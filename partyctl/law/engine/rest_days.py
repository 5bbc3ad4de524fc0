"""The public holidays and make-up working days of each year, as the State Council announced them.

Each November 国务院办公厅 announces the days of the next year. The ledger adds the days that a
bureau sets itself, and the years that were announced after this version was made. In any other
year, only weekends and the bureau's own days count as rest days, and due dates that depend on rest
days are provisional (暂算).
"""

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache

from partyctl.calendar import ONE_DAY, RestDays
from partyctl.light import NamedTuple


class Day(NamedTuple):
    """A day as a clerk records it: a rest day, or a make-up working day if `works` is true."""

    day: date
    works: bool
    name: str | None = None


ANNOUNCED = {
    2008: (
        "0101 0206-0212 0404-0406 0501-0503 0607-0609 0913-0915 0929-1005",
        "0202 0203 0504 0927 0928",
    ),
    2009: (
        "0101-0103 0125-0131 0404-0406 0501-0503 0528-0530 1001-1008",
        "0104 0124 0201 0531 0927 1010",
    ),
    2010: (
        "0101-0103 0213-0219 0403-0405 0501-0503 0614-0616 0922-0924 1001-1007",
        "0220 0221 0612 0613 0919 0925 0926 1009",
    ),
    2011: (
        "0101-0103 0202-0208 0403-0405 0430-0502 0604 0606 0910-0912 1001-1007",
        "0130 0212 0402 1008 1009 1231",
    ),
    2012: (
        "0101-0103 0122-0128 0402-0404 0429-0501 0622 0624 0930-1007",
        "0121 0129 0331 0401 0428 0929",
    ),
    2013: (
        "0101-0103 0209-0215 0404-0406 0429-0501 0610-0612 0919-0921 1001-1007",
        "0105 0106 0216 0217 0407 0427 0428 0608 0609 0922 0929 1012",
    ),
    2014: ("0101 0131-0206 0405-0407 0501-0503 0602 0908 1001-1007", "0126 0208 0504 0928 1011"),
    2015: (
        "0101-0103 0218-0224 0405-0406 0501 0620 0622 0903-0904 0927 1001-1007",
        "0104 0215 0228 0906 1010",
    ),
    2016: (
        "0101 0207-0213 0404 0501-0502 0609-0611 0915-0917 1001-1007",
        "0206 0214 0612 0918 1008 1009",
    ),
    2017: ("0101-0102 0127-0202 0402-0404 0501 0528-0530 1001-1008", "0122 0204 0401 0527 0930"),
    2018: (
        "0101 0215-0221 0405-0407 0429-0501 0618 0924 1001-1007 1230-1231",
        "0211 0224 0408 0428 0929 0930 1229",
    ),
    2019: (
        "0101 0204-0210 0405-0407 0501-0504 0607-0609 0913-0915 1001-1007",
        "0202 0203 0428 0505 0929 1012",
    ),
    2020: (
        "0101 0124-0202 0404-0406 0501-0505 0625-0627 1001-1008",
        "0119 0426 0509 0628 0927 1010",
    ),
    2021: (
        "0101-0103 0211-0217 0403-0405 0501-0505 0612-0614 0919-0921 1001-1007",
        "0207 0220 0425 0508 0918 0926 1009",
    ),
    2022: (
        "0101-0103 0131-0206 0403-0405 0430-0504 0603-0605 0910-0912 1001-1007 1231",
        "0129 0130 0402 0424 0507 1008 1009",
    ),
    2023: (
        "0101-0102 0121-0127 0405 0429-0503 0622-0624 0929-1006 1230-1231",
        "0128 0129 0423 0506 0625 1007 1008",
    ),
    2024: (
        "0101 0210-0217 0404-0406 0501-0505 0610 0915-0917 1001-1007",
        "0204 0218 0407 0428 0511 0914 0929 1012",
    ),
    2025: ("0101 0128-0204 0404-0406 0501-0505 0531-0602 1001-1008", "0126 0208 0427 0928 1011"),
    2026: (
        "0101-0103 0215-0223 0404-0406 0501-0505 0619-0621 0925-0927 1001-1007",
        "0104 0214 0228 0509 0920 1010",
    ),
}
"""The announced days by year: first the days off (with the weekend days among them), then the
weekend days that are working days."""


@cache
def shipped() -> RestDays:
    """The rest days of the years that this version knows."""
    return RestDays(
        frozenset(ANNOUNCED),
        frozenset(day for year, (off, _) in ANNOUNCED.items() for day in _days(year, off)),
        frozenset(day for year, (_, worked) in ANNOUNCED.items() for day in _days(year, worked)),
    )


def with_own(years: Iterable[int], off: Iterable[date], worked: Iterable[date]) -> RestDays:
    """Combine the days that partyctl contains, the imported years and the bureau's own days.

    The bureau's own days take precedence.
    """
    base, own_off, own_worked = shipped(), frozenset(off), frozenset(worked)
    return RestDays(
        base.years | frozenset(years),
        base.off - own_worked | own_off,
        base.worked - own_off | own_worked,
    )


def _days(year: int, text: str) -> Iterator[date]:
    """Read the days of a year from a text such as `0101 0215-0223` (one day, then nine days)."""
    for run in text.split():
        first, _, last = run.partition("-")
        day, end = _day(year, first), _day(year, last or first)
        while day <= end:
            yield day
            day += ONE_DAY


def _day(year: int, text: str) -> date:
    return date(year, int(text[:2]), int(text[2:]))
