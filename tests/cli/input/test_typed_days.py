"""The ways to type a day, a month or a period."""

from datetime import date, timedelta

import pytest

from partyctl.cli.input import dates
from partyctl.errors import BadUsage, Refused

pytestmark = pytest.mark.dated

SUNDAY = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def on_a_sunday(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(dates, "today", lambda: SUNDAY)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2026-03-05", date(2026, 3, 5)),
        ("20260305", date(2026, 3, 5)),
        ("2026年3月5日", date(2026, 3, 5)),
        ("2026/3/5", date(2026, 3, 5)),
        ("２０２６－０３－０５", date(2026, 3, 5)),
        ("today", SUNDAY),
        ("昨天", date(2026, 11, 21)),
        ("前天", date(2026, 11, 20)),
        ("3 days ago", date(2026, 11, 19)),
        ("10天前", date(2026, 11, 12)),
        ("last friday", date(2026, 11, 20)),
        ("上周五", date(2026, 11, 20)),
        ("星期日", date(2026, 11, 15)),
        ("monday", date(2026, 11, 16)),
        ("2024-02-29", date(2024, 2, 29)),
    ],
)
def test_a_day_is_read_as_a_clerk_types_it(typed: str, day: date):
    assert dates.read_day(typed) == day


@pytest.mark.parametrize(
    "typed",
    ["2026-02-29", "2026-13-01", "2026-3", "soon", "holiday", "一", "", "9999-12-31", "²026-01-01"],
)
def test_what_is_no_day_is_refused(typed: str):
    with pytest.raises(BadUsage):
        dates.read_day(typed)


def test_a_day_to_come_has_not_happened():
    with pytest.raises(Refused):
        dates.read_past_day((SUNDAY + timedelta(days=1)).isoformat())


def test_months_are_read_singly_and_as_a_run():
    assert dates.read_months("2026-11..2027-02") == ("2026-11", "2026-12", "2027-01", "2027-02")
    assert dates.read_months("2026年3月") == ("2026-03",)
    for typed in ("2026-13", "2026-00", "202603", "2026-05..2026-03", "9999-12"):
        with pytest.raises(BadUsage):
            dates.read_months(typed)


def test_the_day_is_that_of_china_unless_another_zone_is_set(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.undo()
    monkeypatch.delenv("PARTYCTL_TZ", raising=False)
    here = dates.today()
    monkeypatch.setenv("PARTYCTL_TZ", "Asia/Shanghai")
    assert dates.today() in (here, here + timedelta(days=1))
    monkeypatch.setenv("PARTYCTL_TZ", "Pacific/Kiritimati")
    assert dates.today() - here in (timedelta(0), timedelta(days=1))
    monkeypatch.setenv("PARTYCTL_TZ", "nowhere")
    with pytest.raises(Exception, match="PARTYCTL_TZ"):
        dates.today()


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("2026Q1", "2026-Q1"),
        ("2026q1", "2026-Q1"),
        ("２０２６Ｑ１", "2026-Q1"),
        ("2026h2", "2026-H2"),
        ("2026一季度", "2026-Q1"),
        ("2026下半年", "2026-H2"),
        ("2026-3", "2026-03"),
        ("2026年3月", "2026-03"),
    ],
)
def test_a_period_is_read_as_people_type_it(typed: str, name: str):
    assert dates.read_period(typed).name == name


@pytest.mark.parametrize("typed", ["2026Q5", "2026Q", "2026-0", "20263", "202603", "Q1", "26Q1"])
def test_what_could_mean_two_periods_or_none_is_refused(typed: str):
    with pytest.raises(BadUsage):
        dates.read_period(typed)
