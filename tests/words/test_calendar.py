"""The calendar, compared with counting day by day and with the standard library's monthrange."""

import calendar as stdlib
import random
from datetime import date, timedelta
from functools import cache
from itertools import islice

import pytest

from partyctl import calendar
from partyctl.calendar import Counted, Period, RestDays

DAY = timedelta(days=1)
KINDS = ("month", "quarter", "half-year", "year")
SHIFTS = sorted(sign * months for sign in (-1, 1) for months in (1, 3, 6, 12, 36, 60))


def days_from(first: date, last: date):
    """Every day from the first to the last, one by one."""
    while first <= last:
        yield first
        first += DAY


@cache
def last_day(year: int, month: int) -> int:
    return stdlib.monthrange(year, month)[1]


ANCHORS = [
    date(year, month, day)
    for year in range(2000, 2101)
    for month in range(1, 13)
    for day in (1, 15, 28, 29, 30, 31)
    if day <= last_day(year, month)
]
"""Days 1, 15 and 28 to 31 of every month from 2000 to 2100; this includes every last day of a month."""


def name_of(kind: str, day: date) -> str:
    if kind == "month":
        return day.isoformat()[:7]
    if kind == "quarter":
        return f"{day.year}-Q{(day.month + 2) // 3}"
    if kind == "half-year":
        return f"{day.year}-H{1 if day.month < 7 else 2}"
    return str(day.year)


def month_walked(year: int, month: int, count: int) -> tuple[int, int]:
    """The month this many months later, computed one month at a time."""
    step = 1 if count > 0 else -1
    for _ in range(abs(count)):
        month += step
        if month in (0, 13):
            year, month = year + step, 12 if month == 0 else 1
    return year, month


# The specification's own examples


def test_ten_days_after_the_second_of_march_is_the_twelfth():
    assert calendar.days_after(date(2026, 3, 2), 10) == date(2026, 3, 12)


def test_fifteen_days_before_an_event_do_not_count_its_day():
    assert calendar.days_before(date(2026, 3, 20), 15) == date(2026, 3, 5)
    assert calendar.days_before(date(2024, 3, 1), 1) == date(2024, 2, 29)


def test_one_month_after_the_end_of_january_is_the_end_of_february():
    assert calendar.months_after(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert calendar.months_after(date(2024, 1, 31), 1) == date(2024, 2, 29)


def test_months_count_from_the_anchor_and_never_month_by_month():
    anchor = date(2026, 1, 31)
    assert calendar.months_after(anchor, 2) == date(2026, 3, 31)
    by_steps = calendar.months_after(calendar.months_after(anchor, 1), 1)
    assert by_steps == date(2026, 3, 28)


def test_a_notice_of_seven_days_posted_on_the_second_runs_through_the_ninth():
    assert calendar.publicity_last(date(2026, 3, 2), 7) == date(2026, 3, 9)
    assert calendar.act_after_publicity(date(2026, 3, 2), 7) == date(2026, 3, 10)


def test_a_probation_from_29_february_ends_on_28_february():
    assert calendar.probation_end(date(2024, 2, 29)) == date(2025, 2, 28)


def test_a_probation_ends_the_day_before_the_anniversary():
    assert calendar.probation_end(date(2024, 6, 10)) == date(2025, 6, 9)
    assert calendar.probation_end(date(2023, 3, 1)) == date(2024, 2, 29)


def test_every_period_ends_on_its_last_calendar_day():
    ends = {name: calendar.period_named(name).last for name in ("2024-02", "2026-Q1", "2026-H1")}
    assert ends == {
        "2024-02": date(2024, 2, 29),
        "2026-Q1": date(2026, 3, 31),
        "2026-H1": date(2026, 6, 30),
    }
    assert calendar.period_named("2026").last == date(2026, 12, 31)


# Days and months


def test_days_after_and_before_are_days_walked():
    for anchor in random.Random(1).sample(ANCHORS, 300):
        for count in (0, 1, 3, 7, 10, 15, 31):
            walked = list(islice(days_from(anchor, date.max), count + 1))[-1]
            assert calendar.days_after(anchor, count) == walked
            assert calendar.publicity_last(anchor, count) == walked
            assert calendar.act_after_publicity(anchor, count) == walked + DAY
            assert calendar.days_before(walked, count) == anchor


def test_months_after_is_the_corresponding_day_or_the_end_of_the_month():
    for anchor in ANCHORS:
        for months in SHIFTS:
            year, month = month_walked(anchor.year, anchor.month, months)
            expected = date(year, month, min(anchor.day, last_day(year, month)))
            assert calendar.months_after(anchor, months) == expected


def test_no_months_after_a_day_is_that_day():
    assert all(calendar.months_after(anchor, 0) == anchor for anchor in ANCHORS)


@pytest.mark.parametrize("months", [6, 12])
def test_a_probation_ends_the_day_before_the_first_day_not_before_the_anniversary(months):
    for vote in ANCHORS:
        year, month = month_walked(vote.year, vote.month, months)
        anniversary = (year, month, vote.day)  # some of these dates do not exist
        days = days_from(date(year, month, 28), date.max)
        if vote.day <= 28:
            days = days_from(date(year, month, 1), date.max)
        reached = next(day for day in days if (day.year, day.month, day.day) >= anniversary)
        assert calendar.probation_end(vote, months) == reached - DAY


# Periods


def test_every_day_of_a_century_lies_in_the_period_that_bears_its_name():
    for kind in KINDS:
        for day in days_from(date(2000, 1, 1), date(2100, 12, 31)):
            period = calendar.period_of(kind, day)
            assert period.first <= day <= period.last
            assert period.name == name_of(kind, day)


@pytest.mark.parametrize("kind", KINDS)
def test_periods_follow_each_other_without_gap_or_overlap(kind):
    period = calendar.period_named(name_of(kind, date(1999, 12, 31)))
    while period.last < date(2100, 12, 31):
        following = period.shifted(1)
        assert (str(period), period.kind) == (period.name, kind)
        assert following.first == period.last + DAY
        assert following.place == period.place + 1
        assert following.shifted(-1) == period
        assert calendar.period_at(kind, following.place) == following
        assert following.days == len(list(days_from(following.first, following.last)))
        period = following


def test_a_period_can_be_shifted_over_years():
    assert calendar.period_named("2026-03").shifted(-15).name == "2024-12"
    assert calendar.period_named("2026-Q4").shifted(2).name == "2027-Q2"
    assert calendar.period_named("2026-H2").shifted(-3).name == "2025-H1"
    assert calendar.period_named("2026").shifted(10).name == "2036"


@pytest.mark.parametrize("kind", KINDS)
def test_a_name_stands_for_the_period_that_bears_it(kind):
    for year in range(2000, 2101):
        for month in range(1, 13):
            period = calendar.period_of(kind, date(year, month, 15))
            assert calendar.period_named(period.name) == period


@pytest.mark.parametrize(
    "name",
    [
        "2026-00",
        "2026-13",
        "2026-3",
        "2026-Q0",
        "2026-Q5",
        "2026-H0",
        "2026-H3",
        "0000",
        "0000-01",
        "0000-Q1",
        "2026-q1",
        "2026/03",
        "2026-03-01",
        "202603",
        "26-03",
        "02026",
        "",
        " 2026",
        "2026 ",
        "2026\n",
        "2026-03\n",
        "-2026",
        "2026-",
        "2026-Q",
        "三月",
        "1e3",
    ],
)
def test_a_name_that_stands_for_no_period_is_refused(name):
    with pytest.raises(ValueError):  # noqa: PT011  the message is the caller's to write
        calendar.period_named(name)


def test_months_between_are_those_walked():
    assert calendar.months_between("2025-11", "2026-02") == (
        "2025-11",
        "2025-12",
        "2026-01",
        "2026-02",
    )
    assert calendar.months_between("2026-03", "2026-03") == ("2026-03",)
    assert calendar.months_between("2026-04", "2026-03") == ()
    walked = {f"{day:%Y-%m}": None for day in days_from(date(2000, 1, 1), date(2100, 12, 31))}
    assert calendar.months_between("2000-01", "2100-12") == tuple(walked)


def test_the_month_of_a_day_is_named_in_four_digits_and_two():
    assert calendar.month_of(date(2026, 3, 31)) == "2026-03"
    assert calendar.month_of(date(1, 1, 1)) == "0001-01"
    assert all(calendar.month_of(day) == name_of("month", day) for day in ANCHORS)


@pytest.mark.parametrize("kind", KINDS)
def test_the_periods_within_are_those_of_the_days_walked(kind):
    dice = random.Random(3)
    for _ in range(60):
        first = date(2000, 1, 1) + dice.randrange(36_000) * DAY
        last = first + dice.randrange(900) * DAY
        walked = {name_of(kind, day): None for day in days_from(first, last)}
        found = [period.name for period in calendar.periods_within(kind, first, last)]
        assert found == list(walked)


def test_no_period_lies_between_a_day_and_one_of_an_earlier_period():
    assert list(calendar.periods_within("month", date(2026, 3, 1), date(2026, 2, 28))) == []


def test_the_calendar_goes_up_to_its_last_day():
    last = Period(date(9999, 12, 1), date.max, "month", "9999-12")
    assert calendar.period_of("month", date.max) == last
    assert [calendar.period_of(kind, date.max).last for kind in KINDS] == [date.max] * 4
    assert [calendar.period_named(n).last for n in ("9999-Q4", "9999-H2", "9999")] == [date.max] * 3
    assert list(calendar.periods_within("month", date(9999, 12, 1), date.max)) == [last]
    assert calendar.months_between("9999-11", "9999-12") == ("9999-11", "9999-12")
    assert calendar.months_after(date.max, 0) == date.max
    assert calendar.months_after(date(9999, 11, 30), 1) == date(9999, 12, 30)
    assert calendar.period_of("year", date.min).first == date.min


def test_past_its_last_day_the_calendar_says_so():
    with pytest.raises(ValueError, match="year"):
        calendar.months_after(date.max, 1)
    with pytest.raises(ValueError, match="year"):
        calendar.period_named("9999-12").shifted(1)


# Working days

OCTOBER_2026 = RestDays(
    years=frozenset({2026}),
    off=frozenset(date(2026, 10, day) for day in range(1, 8)),
    worked=frozenset({date(2026, 9, 20), date(2026, 10, 10)}),
)
"""A calendar with only the National Day break of 2026 and its two working weekend days."""


def works(day: date) -> bool:
    if day in (date(2026, 9, 20), date(2026, 10, 10)):
        return True
    return f"{day:%a}" not in ("Sat", "Sun") and not date(2026, 10, 1) <= day <= date(2026, 10, 7)


def test_rest_days_are_weekends_and_holidays_less_the_days_worked_instead():
    for day in days_from(date(2026, 8, 1), date(2026, 12, 31)):
        assert OCTOBER_2026.is_rest(day) is not works(day)


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        (date(2026, 9, 18), 1, date(2026, 9, 20)),  # the working Sunday
        (date(2026, 9, 30), 1, date(2026, 10, 8)),
        (
            date(2026, 9, 30),
            5,
            date(2026, 10, 13),
        ),  # the working days 8, 9, 10 (a Saturday), 12, 13
        (date(2026, 10, 3), 0, date(2026, 10, 3)),
        (date(2026, 3, 2), 15, date(2026, 3, 23)),
    ],
)
def test_working_days_after_a_day(start, days, end):
    assert calendar.working_days_after(start, days, OCTOBER_2026) == Counted(end, False)


def test_working_days_are_the_days_that_are_worked_in_order():
    worked = [day for day in days_from(date(2026, 8, 1), date(2027, 3, 31)) if works(day)]
    for start in days_from(date(2026, 8, 1), date(2026, 11, 30)):
        for days in (1, 2, 5, 15):
            end = [day for day in worked if day > start][days - 1]
            found = calendar.working_days_after(start, days, OCTOBER_2026)
            assert found == Counted(end, provisional=end.year != 2026)


@pytest.mark.parametrize(
    ("start", "days", "counted"),
    [
        (date(2026, 12, 28), 3, Counted(date(2026, 12, 31), False)),
        (
            date(2026, 12, 28),
            4,
            Counted(date(2027, 1, 1), True),
        ),  # working days of 2027 are not known
        (date(2030, 5, 1), 2, Counted(date(2030, 5, 3), True)),
    ],
)
def test_counting_into_a_year_not_announced_is_provisional(start, days, counted):
    assert calendar.working_days_after(start, days, OCTOBER_2026) == counted


def test_without_any_holiday_table_the_weekdays_count_provisionally():
    nothing = RestDays(frozenset(), frozenset(), frozenset())
    found = calendar.working_days_after(date(2026, 3, 2), 5, nothing)
    assert found == Counted(date(2026, 3, 9), provisional=True)


@pytest.mark.parametrize(
    ("due", "rolled"),
    [
        (date(2026, 10, 5), Counted(date(2026, 10, 8), False)),
        (date(2026, 10, 10), Counted(date(2026, 10, 10), False)),
        (date(2026, 10, 11), Counted(date(2026, 10, 12), False)),
        (date(2026, 10, 9), Counted(date(2026, 10, 9), False)),
        (date(2027, 1, 2), Counted(date(2027, 1, 4), True)),
        (date(2025, 10, 1), Counted(date(2025, 10, 1), True)),
        (date(2025, 12, 31), Counted(date(2025, 12, 31), True)),
    ],
)
def test_a_due_date_rolls_forward_to_the_next_working_day(due, rolled):
    assert calendar.roll_forward(due, OCTOBER_2026) == rolled
