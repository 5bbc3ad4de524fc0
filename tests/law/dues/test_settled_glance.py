"""`settled` finds the months for which members paid exactly the assessed dues.

partyctl need not read the records of these months.
"""

from datetime import date

import pytest

from partyctl.calendar import period_named
from partyctl.law.dues.settled import Unusual, settled
from partyctl.law.engine.facts import Spell
from partyctl.law.engine.past import Settled

SINCE, ON = date(2026, 1, 1), date(2026, 4, 10)
MARCH = period_named("2026-03")


def on_the_roll(role: str = "member", since: date = SINCE, number: int = 1) -> Spell:
    return Spell(role, "member", number, "张三", 1, since, None)


def glance(
    paid: str | None,
    assessed: str | None,
    spell: Spell | None = None,
    known_on: date = ON,
    unusual: tuple[Unusual, ...] = (),
) -> Settled | None:
    lines = {1: (paid, assessed)}
    spells = [spell or on_the_roll()]
    return settled(spells, lines, {1: unusual}, (SINCE, known_on), MARCH).get(1)


def is_complete(*said: object, **more: object) -> bool:
    found = glance(*said, **more)  # type: ignore[arg-type]  # passed on as they are
    return found is not None and found.complete


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
    assert is_complete(paid, assessed) is is_settled


def test_the_sum_of_the_months_is_known():
    found = glance(f"{TWO}:7650,8000", "2026-01 7650,2026-02 8000")
    assert found == Settled(("2026-01", "2026-02"), 15650, complete=True)


def test_whoever_owes_none_of_the_months_is_paid_up():
    assert is_complete(None, None, on_the_roll(since=date(2026, 2, 2)))
    assert not is_complete(None, None, on_the_roll(since=date(2026, 2, 1)))
    arrears = "2025-12:7650"
    assert not is_complete(arrears, "2025-01 7650", on_the_roll(since=date(2026, 2, 2)))


def test_months_that_have_not_begun_are_not_asked_for():
    assert is_complete("2026-01:7650", "2026-01 7650", known_on=date(2026, 1, 31))
    assert not is_complete("2026-01:7650", "2026-01 7650", known_on=date(2026, 2, 1))


def test_only_time_on_the_roll_is_looked_at():
    spells = [on_the_roll("leader", number=2), on_the_roll()]
    lines = {1: (f"{TWO}:1,1", "2026-01 1")}
    found = settled(spells, lines, {}, (SINCE, ON), MARCH)
    assert found == {1: Settled(("2026-01", "2026-02"), 2, complete=True)}


def test_somebody_who_was_on_the_roll_twice_owes_the_months_of_both_times():
    spells = [
        on_the_roll()._replace(to_on=date(2026, 1, 20)),
        on_the_roll(since=date(2026, 2, 1)),
    ]
    found = settled(spells, {1: ("2026-01:1", "2026-01 1")}, {}, (SINCE, ON), MARCH)
    assert found == {1: Settled(("2026-01",), 1, complete=False)}


@pytest.mark.parametrize(
    ("paid", "assessed", "plain"),
    [
        ("2026-02:7650", "2026-01 7650", ("2026-02",)),
        (f"{TWO}:7650,7649", "2026-01 7650", ("2026-01",)),  # paid in part
        (f"{TWO}:7650,7650", "2026-01 7650,2026-02 8000", ("2026-01",)),
        (f"{TWO}:7650,7650", "2026-02 7650", ("2026-02",)),  # not assessed in January
        ("2026-012026-012026-02:50,7600,7650", "2026-01 7650", ("2026-02",)),  # in two parts
        ("2025-122026-02:7650,7650", "2025-01 7650", ("2026-02",)),  # not owed in December
    ],
)
def test_of_a_member_who_is_not_paid_up_each_plainly_paid_month_is_settled(
    paid: str, assessed: str, plain: tuple[str, ...]
):
    found = glance(paid, assessed)
    assert found == Settled(plain, 7650 * len(plain), complete=False)


def test_a_month_with_an_unusual_payment_is_not_settled_unless_everything_is_paid_and_agreed():
    paid, assessed = f"{TWO}:1,1", "2026-01 1"
    both, february = ("2026-01", "2026-02"), ("2026-02",)
    agreed, late = ("2026-01", "2026-01", True), ("2026-01", "2026-01", False)
    assert glance(paid, assessed, unusual=(agreed,)) == Settled(both, 2, complete=True)
    assert glance(paid, assessed, unusual=(late,)) == Settled(february, 1, complete=False)
    assert glance(paid, assessed, unusual=(agreed, late)) == Settled(february, 1, complete=False)
    short = f"{TWO}:1,2"
    assert glance(short, assessed, unusual=(agreed,)) == Settled((), 0, complete=False)
