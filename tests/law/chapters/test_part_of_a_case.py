"""Computing only some obligations of a case gives the same results as computing all of them."""

from datetime import date

import pytest

from partyctl.calendar import period_of
from partyctl.law.catalogue import rule_named
from partyctl.law.engine.obligations import falls_in, is_carried_over, obligations
from partyctl.law.engine.owed import EVERYTHING, ONLY_OPEN, Wanted
from partyctl.law.engine.rule import Obligation
from tests.law.chapters.test_cases import EVERY_CASE, History

CASES = [pytest.param(case, id=f"{path.stem}: {case['name']}") for path, case in EVERY_CASE]


def judged(case: dict, on: date, wanted: Wanted = EVERYTHING) -> list[Obligation]:
    history = History(case)
    rule = rule_named(case["rule"])
    return list(obligations([rule], history.known(on), history.rulebook, wanted))


@pytest.mark.parametrize("case", CASES)
def test_of_every_case_the_open_part_and_each_months_part_are_the_same(case: dict):
    for on in map(date.fromisoformat, case["at"]):
        whole = judged(case, on)
        assert judged(case, on, ONLY_OPEN) == [each for each in whole if each.is_open]
        for month in {period_of("month", each.due or each.opens) for each in whole}:
            narrowed = judged(case, on, Wanted(month.first, month.last))
            assert [o for o in narrowed if falls_in(o, month) or is_carried_over(o, month)] == [
                o for o in whole if falls_in(o, month) or is_carried_over(o, month)
            ]


@pytest.mark.parametrize("case", CASES)
def test_of_every_case_a_month_leaves_out_what_was_settled_in_another(case: dict):
    for on in map(date.fromisoformat, case["at"]):
        for month in {period_of("month", each.due) for each in judged(case, on) if each.due}:
            for each in judged(case, on, Wanted(month.first, month.last)):
                assert each.is_open or each.due is None or month.first <= each.due <= month.last


def test_a_month_holds_its_first_and_its_last_day():
    march = Wanted(date(2026, 3, 1), date(2026, 3, 31))
    days = [date(2026, 2, 28), date(2026, 3, 1), date(2026, 3, 31), date(2026, 4, 1)]
    assert [march.settled(day) for day in days] == [False, True, True, False]
    assert [ONLY_OPEN.settled(day) for day in days] == [False] * 4
