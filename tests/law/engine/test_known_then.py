"""Facts as they were known on a day: if something ended later, its end is not known yet."""

from datetime import date

import pytest

from partyctl.law.engine.facts import Fact, Spell
from partyctl.law.engine.known import Known
from partyctl.law.engine.values import Application
from partyctl.terms import Case
from tests.support.facts import fact

APPLIED = date(2026, 3, 1)
CLOSED = date(2026, 6, 10)
WHO = ("applicant", 1)


def closed() -> Fact[Application]:
    return fact(Case.APPLICANT, APPLIED, WHO, WHO, Application(name="周八", closed_on=CLOSED))


@pytest.mark.parametrize(
    ("day", "ended"),
    [(date(2026, 6, 9), None), (CLOSED, CLOSED), (date(2026, 6, 11), CLOSED)],
)
def test_an_end_is_known_from_its_own_day_on(day: date, ended: date | None):
    assert closed().as_on(day).of.closed_on == ended


def test_what_has_no_end_is_known_as_it_is():
    open_one = closed().ending(None)
    assert open_one.as_on(APPLIED) == open_one
    assert open_one.ending(CLOSED) == closed()


def test_a_role_that_was_annulled_never_was_from_the_day_on_which_that_is_known():
    spell = Spell("member", "member", 1, "周八", 1, APPLIED, None, annulled_on=CLOSED)

    def holds(day: date) -> bool:
        return Known([], [spell], since=APPLIED, on=day).holds(1, "member", APPLIED)

    assert holds(date(2026, 6, 9))
    assert not holds(CLOSED)


def test_who_may_vote_is_known_from_the_first_day_of_the_ledger_on():
    roll = [Spell("member", "member", n, f"党员{n}", 1, None, None) for n in (1, 2, 3)]
    roll.append(Spell("probationary", "member", 3, "党员3", 1, None, None))
    known = Known([], roll, since=APPLIED, on=CLOSED)
    assert known.with_a_vote(date(2026, 2, 28), set()) is None
    assert known.with_a_vote(APPLIED, set()) == 2
    assert known.with_a_vote(APPLIED, {1}) == 1
