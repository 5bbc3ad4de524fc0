"""Our table of public holidays is the same as two other tables on every day.

The law computes deadlines in working days from this table.
"""

from datetime import date, timedelta

import chinese_calendar
import holidays
import pytest

from partyctl.calendar import RestDays, roll_forward, working_days_after
from partyctl.law.chapters.life_proofs import reported, the_meeting
from partyctl.law.engine import rest_days
from partyctl.law.engine.deadlines import Within
from partyctl.law.engine.known import Known
from partyctl.law.engine.obligations import judged
from partyctl.law.engine.rest_days import ANNOUNCED, shipped, with_own
from partyctl.law.engine.rule import Rule
from partyctl.law.engine.values import LifeMeeting
from partyctl.terms import Case, Noun
from tests.support.facts import fact

YEARS = sorted(ANNOUNCED)


def days_of(year: int) -> list[date]:
    first = date(year, 1, 1)
    return [first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days)]


@pytest.mark.parametrize("year", YEARS)
def test_each_day_of_our_table_is_worked_or_not_as_chinesecalendar_says(year: int):
    rest = shipped()
    ours = [day for day in days_of(year) if not rest.is_rest(day)]
    assert ours == [day for day in days_of(year) if chinese_calendar.is_workday(day)]


def test_each_day_of_our_table_is_worked_or_not_as_holidays_says():
    theirs = holidays.country_holidays("CN", years=YEARS)
    rest = shipped()
    for year in YEARS:
        ours = [day for day in days_of(year) if not rest.is_rest(day)]
        assert ours == [day for day in days_of(year) if theirs.is_working_day(day)], year


def test_our_table_has_no_gap_and_knows_no_year_that_they_do_not():
    assert list(range(2008, 2027)) == YEARS
    with pytest.raises(NotImplementedError):
        chinese_calendar.is_workday(date(YEARS[-1] + 1, 1, 4))


def test_no_day_is_both_off_and_worked_and_only_rest_days_of_the_week_are_worked():
    rest = shipped()
    assert not rest.off & rest.worked
    assert all(day.weekday() >= 5 for day in rest.worked)


@pytest.mark.parametrize(
    ("posted", "days", "due"),
    [
        ("2026-03-02", 5, "2026-03-09"),  # One weekend lies between the two days.
        ("2026-09-30", 5, "2026-10-13"),  # 10-01 to 10-07 are off; 10-10 is a working day.
        ("2026-02-13", 1, "2026-02-14"),  # This Saturday is a working day.
        ("2026-12-31", 1, "2027-01-01"),  # The days off of 2027 are not announced yet.
    ],
)
def test_working_days_pass_over_rest_days(posted: str, days: int, due: str):
    counted = working_days_after(date.fromisoformat(posted), days, shipped())
    assert counted.day == date.fromisoformat(due)
    assert counted.provisional == (due > "2027")


def test_a_bureaus_own_days_go_before_ours():
    new_year, saturday = date(2027, 1, 1), date(2026, 10, 10)
    rest = with_own([2027], [new_year, saturday], [])
    assert rest.is_rest(new_year)
    assert rest.is_rest(saturday)
    assert not shipped().is_rest(saturday)
    assert 2027 in rest.years
    worked = with_own([], [], [date(2026, 10, 1)])
    assert not worked.is_rest(date(2026, 10, 1))
    assert worked.years == rest_days.shipped().years


REPORT = Rule(
    id="report",
    title="报告",
    english="A report",
    article="支部·五",
    area=Noun.MEETING,
    owed_by=Case.DEMOCRATIC_LIFE,
    duty=Within(days=3, working=True, each=the_meeting, met=reported),
    remedy="meeting step {id}",
)


def owed(held: str, on: str, years: tuple[int, ...] = ()):
    day = date.fromisoformat(held)
    own = ("meeting", 1)
    case = fact(Case.DEMOCRATIC_LIFE, day, own, own, LifeMeeting(planned_on=day))
    known = Known(
        [case],
        [],
        since=date(2026, 1, 1),
        on=date.fromisoformat(on),
        rest=lambda: with_own(years, [date(2027, 1, 1)] if years else [], []),
    )
    return next(judged(REPORT, known))


def test_a_deadline_in_working_days_is_due_after_so_many_of_them():
    found = owed("2026-09-29", "2026-09-29")
    assert found.due == date(2026, 10, 9)
    assert not found.provisional
    assert found.note is None


@pytest.mark.parametrize("working", [False, True])
def test_a_deadline_in_months_rolls_whether_or_not_days_would_be_working_days(working: bool):
    # 2 May 2026 is a day off; 5 May is the last day off, and 6 May is a Wednesday.
    day = date(2026, 4, 2)
    case = fact(
        Case.DEMOCRATIC_LIFE, day, ("meeting", 1), ("meeting", 1), LifeMeeting(planned_on=day)
    )
    known = Known([case], [], since=date(2026, 1, 1), on=day)
    duty = Within(months=1, working=working, rolls=True, each=the_meeting, met=reported)
    assert next(judged(REPORT.changed(duty=duty), known)).due == date(2026, 5, 6)
    stays = REPORT.changed(duty=duty.changed(rolls=False))
    assert next(judged(stays, known)).due == date(2026, 5, 2)


def test_a_deadline_in_a_year_not_announced_is_provisional_and_says_so():
    found = owed("2026-12-30", "2026-12-31")
    assert (found.due, found.provisional) == (date(2027, 1, 4), True)
    assert found.note is not None
    assert "暂算" in found.note.chinese
    announced = owed("2026-12-30", "2026-12-31", years=(2027,))
    assert (announced.due, announced.provisional) == (date(2027, 1, 5), False)


def test_a_span_from_a_year_not_announced_into_an_announced_one_is_provisional():
    # 28 December 2007 is a Friday. No days off are known for 2007, so only its weekends are rest
    # days. New Year 2008 is off.
    assert working_days_after(date(2007, 12, 28), 1, shipped()) == (date(2007, 12, 31), True)
    assert working_days_after(date(2007, 12, 28), 2, shipped()) == (date(2008, 1, 2), True)
    assert working_days_after(date(2007, 12, 28), 5, shipped()) == (date(2008, 1, 7), True)
    # The first day is not counted, but the result is provisional, because the first day is in 2007.
    assert working_days_after(date(2007, 12, 31), 1, shipped()) == (date(2008, 1, 2), True)
    assert working_days_after(date(2008, 1, 1), 1, shipped()) == (date(2008, 1, 2), False)


def test_a_due_date_that_rolls_out_of_a_year_not_announced_is_provisional():
    only_2023 = RestDays(frozenset({2023}), frozenset({date(2023, 1, 2)}), frozenset())
    assert roll_forward(date(2022, 12, 31), only_2023) == (date(2023, 1, 3), True)
    assert roll_forward(date(2023, 1, 1), only_2023) == (date(2023, 1, 3), False)


def test_a_span_out_of_the_announced_years_is_provisional_from_the_first_day_beyond():
    assert working_days_after(date(2026, 12, 30), 1, shipped()) == (date(2026, 12, 31), False)
    assert working_days_after(date(2026, 12, 30), 2, shipped()) == (date(2027, 1, 1), True)


@pytest.mark.parametrize(
    ("held", "due", "provisional"),
    [
        ("2007-12-27", "2008-01-02", True),  # the 28th and the 31st count; New Year is off
        ("2007-12-31", "2008-01-04", True),
        ("2008-01-01", "2008-01-04", False),
    ],
)
def test_a_deadline_from_a_year_not_announced_into_an_announced_one_says_so(
    held: str, due: str, *, provisional: bool
):
    day, own = date.fromisoformat(held), ("meeting", 1)
    case = fact(Case.DEMOCRATIC_LIFE, day, own, own, LifeMeeting(planned_on=day))
    known = Known([case], [], since=date(2007, 1, 1), on=date(2008, 1, 2))
    (found,) = judged(REPORT, known)
    assert (found.due, found.provisional) == (date.fromisoformat(due), provisional)
    assert ("暂算" in (found.note.chinese if found.note else "")) is provisional
