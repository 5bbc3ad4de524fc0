"""`is_plain`: a review of an earlier year need not be read if no rule would find fault with it."""

from datetime import date

import pytest

from partyctl.law.engine.facts import Spell
from partyctl.law.engine.known import Known
from partyctl.law.engine.past import ReviewInShort
from partyctl.law.questions.plain_reviews import is_plain

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
