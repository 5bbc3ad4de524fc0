"""Every answer can be explained, whichever of its facts is left out in turn."""

from datetime import date

import pytest

from partyctl.law.catalogue import rule_named
from partyctl.law.engine.facts import Fact, what
from partyctl.law.engine.obligations import obligations
from partyctl.law.questions.explaining import Explanation, explain
from partyctl.terms import DuesAct
from tests.law.chapters.test_cases import EVERY_CASE, History

SEVERAL_FACTS = ("talk", "dues")
"""The records that are several facts: weighed once all the same."""


def explanations(case: dict, on: date) -> list[Explanation]:
    history = History(case)
    known = history.known(on)
    owed = obligations([rule_named(case["rule"])], known, history.rulebook)
    return [explain(each, known) for each in owed]


@pytest.mark.parametrize(
    "case",
    [pytest.param(case, id=f"{path.stem}: {case['name']}") for path, case in EVERY_CASE],
)
def test_every_answer_of_every_case_can_be_explained(case: dict):
    for day in case["at"]:
        for told in explanations(case, date.fromisoformat(day)):
            records = [(each.fact.record_kind, each.fact.record_id) for each in told.considered]
            several = [each for each in records if each[0] in SEVERAL_FACTS]
            assert len(several) == len(set(several))


TWO_PAYERS = {
    "rule": "dues-monthly",
    "since": date(2026, 1, 1),
    "scope": [{"role": "党员", "who": "张三"}, {"role": "党员", "who": "李四"}],
    "facts": [
        {
            "on": date(2026, 1, 20),
            "what": "党费交纳",
            "who": "张三",
            "month": "2026-01",
            "until": "2026-03",
            "yuan": "30",
        },
        {
            "on": date(2026, 2, 20),
            "what": "党费交纳",
            "who": "李四",
            "month": "2026-02",
            "yuan": "10",
        },
    ],
}


def test_the_payments_of_somebody_else_are_no_reason():
    told = explanations(TWO_PAYERS, date(2026, 2, 28))
    mine = next(
        each for each in told if (each.owed.subject.name, each.owed.period) == ("张三", "2026-02")
    )
    (considered,) = mine.considered
    assert (considered.fact.record_id, considered.counts) == (1, True)


def test_a_payment_for_several_months_is_weighed_once_and_counts():
    assert what(DuesAct.PAYMENT) == "dues:payment"
    for told in explanations(TWO_PAYERS, date(2026, 2, 28)):
        facts: list[Fact] = [each.fact for each in told.considered]
        assert len({fact.record_id for fact in facts}) == len(facts)
