"""The effect of a rule change: which obligations change, and whether some of these are past."""

from datetime import date

import pytest

from partyctl.law.catalogue import rule_named
from partyctl.law.changes.differences import Difference, differences
from partyctl.law.engine.facts import Subject
from partyctl.law.engine.rule import Obligation
from partyctl.terms import Status

MARCH, APRIL = date(2026, 3, 31), date(2026, 4, 30)


def owed(due: date | None = MARCH, status: Status = Status.DUE, **said: object) -> Obligation:
    values = {"period": "2026-03", "opens": date(2026, 3, 1), "name": "机关支部"} | said
    subject = Subject("branch", 1, str(values["name"]))
    rule = rule_named("members-meeting")
    return Obligation(rule, subject, values["period"], values["opens"], due, status)


@pytest.mark.parametrize(
    ("difference", "is_past"),
    [
        (Difference(owed(), owed(APRIL)), True),
        (Difference(owed(APRIL), owed()), True),
        (Difference(owed(APRIL), owed(APRIL)), False),
        (Difference(owed(date(2026, 4, 1)), None), False),
        (Difference(None, owed(date(2026, 3, 31))), True),
        (Difference(None, owed(None, opens=date(2026, 3, 31))), True),
        (Difference(None, owed(None, opens=date(2026, 4, 1))), False),
    ],
)
def test_it_is_about_the_past_where_either_was_due_before_the_day(
    difference: Difference, is_past: bool
):
    assert difference.is_past(date(2026, 4, 1)) is is_past


def test_what_stands_otherwise_is_found_and_what_is_alike_is_not():
    gone, new = owed(period="2026-01"), owed(APRIL, period="2026-04")
    renamed = owed(period="2026-02", name="一支部")
    before = [owed(), gone, owed(period="2026-02")]
    after = [owed(status=Status.OVERDUE), new, renamed]
    assert differences(before, after) == [
        Difference(gone, None),
        Difference(owed(), owed(status=Status.OVERDUE)),
        Difference(None, new),
    ]
    assert differences([owed()], [owed()._replace(due=APRIL)]) == [Difference(owed(), owed(APRIL))]
    assert Difference(owed(), None).either == owed()
    assert Difference(owed(), owed(APRIL)).either.due == APRIL


def test_what_has_neither_period_nor_case_goes_by_the_day_on_which_it_opened():
    one = owed(None, period=None, opens=date(2026, 3, 1))
    other = owed(None, period=None, opens=date(2026, 5, 1))
    assert differences([one], [other]) == [Difference(one, None), Difference(None, other)]
    of_a_case = one._replace(case=3)
    assert differences([of_a_case], [other._replace(case=3)]) == []


def test_of_two_obligations_of_one_case_none_is_lost():
    one = owed(MARCH, opens=MARCH, period=None)._replace(case=3)
    other = owed(APRIL, opens=APRIL, period=None)._replace(case=3)
    late, breach = one._replace(status=Status.LATE), other._replace(status=Status.BREACH)
    assert differences([one, other], [late, breach]) == [
        Difference(one, late),
        Difference(other, breach),
    ]
    assert differences([one, other], []) == [Difference(one, None), Difference(other, None)]
    assert differences([], [one, other]) == [Difference(None, one), Difference(None, other)]
    assert differences([one, other], [breach]) == [
        Difference(one, None),
        Difference(other, breach),
    ]
    moved = one._replace(opens=date(2026, 3, 30))
    assert differences([one, other], [moved, other]) == []
    assert differences([one, one], [one, late]) == [Difference(one, late)]
