"""Count days, months and periods as the regulation does, with Python's own dates.

"N 日 after a day" does not count that day itself. "N 个月 after a day" is the same day of a later
month, or that month's last day if the month has no such day. All N months are added to the first
day in one step, never month by month. A deadline that is counted back from an event is not moved,
even if it falls on a rest day. This module has no list of rest days: the caller passes them in.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache, lru_cache

from partyctl.light import NamedTuple
from partyctl.text import is_digits

MONTHS_IN = {"month": 1, "quarter": 3, "half-year": 6, "year": 12}
ONE_DAY = timedelta(days=1)
ENDLESS = date.max
"""Stands for the last day of a period that has no last day."""


class Period(NamedTuple):
    """A calendar month, quarter, half-year or year: 2026-03, 2026-Q1, 2026-H1, 2026."""

    first: date
    last: date
    kind: str
    name: str

    def __str__(self) -> str:
        return self.name

    @property
    def days(self) -> int:
        """The number of days in the period."""
        return (self.last - self.first).days + 1

    def shifted(self, count: int) -> "Period":
        """The period that is `count` periods later, or earlier if `count` is negative."""
        return period_at(self.kind, self.place + count)

    @property
    def place(self) -> int:
        """The index of this period: how many periods of its kind came before it since the year 0."""
        return (self.first.year * 12 + self.first.month - 1) // MONTHS_IN[self.kind]


@cache
def period_at(kind: str, place: int) -> Period:
    """Return the period with this kind and this index (`place`).

    The few hundred periods in use are cached.
    """
    length = MONTHS_IN[kind]
    year, month = divmod(place * length, 12)
    first = date(year, month + 1, 1)
    end = month + length  # at most 12, because no period continues into the next year
    last = date(year, end, _days_in_month(year, end))
    names = {
        "month": f"{year:04d}-{month + 1:02d}",
        "quarter": f"{year:04d}-Q{month // 3 + 1}",
        "half-year": f"{year:04d}-H{month // 6 + 1}",
        "year": f"{year:04d}",
    }
    return Period(first, last, kind, names[kind])


@lru_cache(maxsize=4096)
def period_of(kind: str, day: date) -> Period:
    """The month, quarter, half-year or year that contains a day."""
    return period_at(kind, (day.year * 12 + day.month - 1) // MONTHS_IN[kind])


IN_YEAR = {
    **{f"{month:02d}": ("month", month - 1) for month in range(1, 13)},
    **{f"Q{quarter}": ("quarter", quarter - 1) for quarter in range(1, 5)},
    **{f"H{half}": ("half-year", half - 1) for half in range(1, 3)},
}
"""The months, quarters and half-years of a year by name, each with its kind and its index in the year."""


@cache
def period_named(name: str) -> Period:
    """Return the period that has this name. Raise ValueError if the name is invalid."""
    year, dash, part = name.partition("-")
    if len(year) != 4 or not is_digits(year) or int(year) == 0:
        raise ValueError(name)
    if not dash:
        return period_at("year", int(year))
    if part not in IN_YEAR:
        raise ValueError(name)
    kind, place = IN_YEAR[part]
    return period_at(kind, int(year) * 12 // MONTHS_IN[kind] + place)


@lru_cache(maxsize=4096)
def months_between(first: str, last: str) -> tuple[str, ...]:
    """The names of the months from `first` to `last`, both included; none if `last` is before `first`."""
    start, end = period_named(first).place, period_named(last).place
    return tuple(period_at("month", place).name for place in range(start, end + 1))


@lru_cache(maxsize=4096)
def month_of(day: date) -> str:
    """The name of the month that contains a day."""
    return day.isoformat()[:7]


def days_after(day: date, days: int) -> date:
    """The day N 日 after a day. The first day is not counted: 10 日 after 03-02 is 03-12."""
    return day + timedelta(days=days)


def days_before(day: date, days: int) -> date:
    """The day N 日 before an event. The result is not moved if it is a weekend or a holiday."""
    return day - timedelta(days=days)


def months_after(day: date, months: int) -> date:
    """The day N 个月 after a day: the same day of the later month, or that month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, _days_in_month(year, month + 1)))


def probation_end(vote: date, months: int = 12) -> date:
    """The last day of a probation of `months` months that began on the day of the vote (`vote`)."""
    year, month = divmod(vote.year * 12 + vote.month - 1 + months, 12)
    if vote.day > _days_in_month(year, month + 1):
        return date(year, month + 1, _days_in_month(year, month + 1))
    return date(year, month + 1, vote.day) - ONE_DAY


def publicity_last(posted: date, days: int) -> date:
    """The last day of a notice (公示) that stays up for `days` 天, not counting the day of posting."""
    return days_after(posted, days)


def act_after_publicity(posted: date, days: int) -> date:
    """The first day on which a step is allowed: the day after the last day of its notice (公示).

    The notice stays up for `days` 天.
    """
    return publicity_last(posted, days) + ONE_DAY


class RestDays(NamedTuple):
    """The rest days (`off`), make-up working days, and the years whose holidays are announced."""

    years: frozenset[int]
    off: frozenset[date]
    worked: frozenset[date]

    def is_rest(self, day: date) -> bool:
        """Whether a day is a rest day.

        In years whose holidays are not announced yet, only weekends and the bureau's own days are
        rest days.
        """
        return day in self.off or (day.weekday() >= 5 and day not in self.worked)


class Counted(NamedTuple):
    """A computed day.

    `provisional` (暂算): true if the count reached a year whose holidays are not announced yet, so
    that `day` can still change.
    """

    day: date
    provisional: bool


def working_days_after(day: date, days: int, rest: RestDays) -> Counted:
    """The day N 工作日 after a day. The first day is not counted."""
    provisional = day.year not in rest.years
    while days:
        day += ONE_DAY
        provisional = provisional or day.year not in rest.years
        days -= not rest.is_rest(day)
    return Counted(day, provisional)


def roll_forward(day: date, rest: RestDays) -> Counted:
    """If a due date is a rest day, move it to the next working day (a setting, off by default)."""
    provisional = day.year not in rest.years
    while rest.is_rest(day):
        day += ONE_DAY
        provisional = provisional or day.year not in rest.years
    return Counted(day, provisional)


def periods_within(kind: str, first: date, last: date) -> Iterator[Period]:
    """The periods of a kind that contain at least one of the days from `first` to `last`."""
    for place in range(period_of(kind, first).place, period_of(kind, last).place + 1):
        yield period_at(kind, place)


def _days_in_month(year: int, month: int) -> int:
    after = date(year + month // 12, month % 12 + 1, 1) if (year, month) != (9999, 12) else None
    return (after - ONE_DAY).day if after else 31
