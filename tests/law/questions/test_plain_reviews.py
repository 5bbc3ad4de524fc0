"""`is_plain`: a review of an earlier year need not be read if no rule would find fault with it."""

from datetime import date

import pytest

from partyctl.law.catalogue import CATALOGUE
from partyctl.law.engine.facts import Spell
from partyctl.law.engine.known import Known
from partyctl.law.engine.past import ReviewInShort
from partyctl.law.questions.plain_reviews import RULES, is_plain
from partyctl.terms import Case, Noun, ReviewStep

DAY = date(2025, 12, 20)
ROLL = Known(
    (),
    [
        *(
            Spell("member", "member", n, f"党员{n}", 1, date(2020, 1, 1), None)
            for n in (1, 2, 3, 4)
        ),
        Spell("member", "member", 5, "后来的", 1, date(2026, 1, 1), None),
        Spell("probationary", "member", 4, "党员4", 1, date(2025, 6, 1), None),
    ],
    since=date(2021, 1, 1),
    on=date(2026, 7, 1),
)
PLAIN = ReviewInShort(
    1,
    DAY,
    frozenset({1, 2, 3, 4}),
    {1: "excellent", 2: "qualified", 3: "basic"},
    frozenset({1}),
)


def test_everybody_summed_up_and_was_rated():
    assert is_plain(PLAIN, ROLL)


@pytest.mark.parametrize(
    "otherwise",
    [
        {"summed_up": frozenset({1, 2, 3})},
        {"grades": {1: "excellent", 2: "qualified"}},
        {"grades": {1: "excellent", 2: "qualified", 3: "unqualified"}},
        {"grades": {1: "excellent", 2: "qualified", 3: "basic", 9: "unqualified"}},
        {"grades": {1: "excellent", 2: "excellent", 3: "basic"}, "commended": frozenset({1, 2})},
        {"commended": frozenset()},
        {"met_on": date(2026, 1, 2)},
    ],
)
def test_something_is_left_to_do(otherwise: dict[str, object]):
    assert not is_plain(PLAIN._replace(**otherwise), ROLL)


def test_each_rule_about_reviews_was_considered():
    """Before you add a rule to `RULES`, make sure that `is_plain` is false if the rule is broken."""
    about_reviews = {
        rule.id
        for rule in CATALOGUE
        if rule.area is Noun.REVIEW
        or rule.owed_by is Case.REVIEW
        or isinstance(rule.owed_by, ReviewStep)
        or isinstance(rule.met_by, ReviewStep)
    }
    assert about_reviews == RULES
