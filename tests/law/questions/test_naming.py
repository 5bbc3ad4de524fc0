"""Permanent names of obligations, tested with the case files of all rules."""

from collections import Counter
from datetime import date

import pytest

from partyctl.law.catalogue import CATALOGUE
from partyctl.law.engine.obligations import obligations
from partyctl.law.questions.naming import permanent_names
from partyctl.law.questions.scoreboard import Item
from tests.law.chapters.test_cases import EVERY_CASE, History

CASES = [pytest.param(case, id=f"{path.stem}: {case['name']}") for path, case in EVERY_CASE]


def named(history: History, on: date) -> dict[str, Item]:
    """The obligations of a case under all rules on a day, keyed by permanent name."""
    judged = obligations(CATALOGUE, history.known(on), history.rulebook)
    items = [Item(owed, "机关支部", carried_over=False) for owed in judged]
    names = permanent_names(items)
    assert len(set(names)) == len(names)
    return dict(zip(names, items, strict=True))


@pytest.mark.parametrize("case", CASES)
def test_of_every_case_no_two_obligations_share_a_name_and_no_name_changes(case: dict):
    history = History(case)
    before: dict[str, Item] = {}
    for on in sorted(map(date.fromisoformat, case["at"])):
        now = named(history, on)
        for name in before.keys() & now.keys():
            was, is_ = before[name].obligation, now[name].obligation
            assert was.key == is_.key
            several = Counter(item.obligation.key for item in now.values())[was.key] > 1
            assert was.opens == is_.opens or not several
        before = now


def test_a_duty_that_recurs_in_a_case_has_a_second_name():
    (case,) = (
        case
        for _, case in EVERY_CASE
        if case["name"] == "a new request is owed at the end of an extension"
    )
    requests = [name for name in named(History(case), date(2026, 11, 15)) if "request" in name]
    assert requests == ["conversion-request|member#1|#1", "conversion-request|member#1|#1|2"]
