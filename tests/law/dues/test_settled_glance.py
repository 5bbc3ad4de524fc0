"""`settled`: members who paid exactly the assessed dues; their records need not be read."""

from datetime import date

import pytest

from partyctl.calendar import period_named
from partyctl.law.dues.book import settled
from partyctl.law.engine.facts import Spell

SINCE, ON = date(2026, 1, 1), date(2026, 4, 10)
MARCH = period_named("2026-03")


def on_the_roll(role: str = "member", since: date = SINCE, number: int = 1) -> Spell:
    return Spell(role, "member", number, "张三", 1, since, None)


def glance(
    paid: str | None, assessed: str | None, spell: Spell | None = None, known_on: date = ON
) -> bool:
    lines = {1: (paid, assessed)}
    found = settled([spell or on_the_roll()], lines, (SINCE, known_on), MARCH)
    assert found.keys() <= {1}
    amounts = paid.partition(":")[2].split(",") if paid else []
    assert found.get(1, 0) in (0, sum(map(int, amounts)))
    return 1 in found


TWO = "2026-012026-02"


@pytest.mark.parametrize(
    ("paid", "assessed", "is_settled"),
    [
        (f"{TWO}:7650,7650", "2026-01 7650", True),
        (f"{TWO}:7650,8000", "2026-01 7650,2026-02 8000", True),
        (f"{TWO}:7650,7650", "2025-07 7650,2026-03 9000", True),
        (f"{TWO}:7650,7650", "2026-01 7650,2026-02 8000", False),
        (f"{TWO}:7650,7649", "2026-01 7650", False),
        ("2026-01:7650", "2026-01 7650", False),
        ("2026-02:7650", "2026-02 7650", False),
        (None, "2026-01 7650", False),
        (f"{TWO}:7650,7650", None, False),
        (None, None, False),
    ],
)
def test_whoever_paid_each_month_what_was_assessed_is_paid_up(
    paid: str | None, assessed: str | None, *, is_settled: bool
):
    assert glance(paid, assessed) is is_settled


def test_the_sum_of_the_months_is_known():
    lines = {1: (f"{TWO}:7650,8000", "2026-01 7650,2026-02 8000")}
    assert settled([on_the_roll()], lines, (SINCE, ON), MARCH) == {1: 15650}


def test_whoever_owes_none_of_the_months_is_paid_up():
    assert glance(None, None, on_the_roll(since=date(2026, 2, 2)))
    assert not glance(None, None, on_the_roll(since=date(2026, 2, 1)))


def test_months_that_have_not_begun_are_not_asked_for():
    assert glance("2026-01:7650", "2026-01 7650", known_on=date(2026, 1, 31))
    assert not glance("2026-01:7650", "2026-01 7650", known_on=date(2026, 2, 1))


def test_only_time_on_the_roll_is_looked_at():
    spells = [on_the_roll("leader", number=2), on_the_roll()]
    lines = {1: (f"{TWO}:1,1", "2026-01 1")}
    assert settled(spells, lines, (SINCE, ON), MARCH) == {1: 2}
