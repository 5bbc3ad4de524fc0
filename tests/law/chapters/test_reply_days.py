"""The deadlines of opinions and letters, compared with an oracle that counts day by day."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partyctl.law.chapters.openness import OPINION_REASON, OPINION_REPLY
from partyctl.law.chapters.warnings import ADMONITION_REPORT, CORRECTION_REPORT, INQUIRY_REPLY
from partyctl.law.engine.facts import Fact
from partyctl.law.engine.known import Known
from partyctl.law.engine.obligations import judged
from partyctl.law.engine.rule import Rule
from partyctl.law.engine.values import Letter, Opinion, WarningAct
from partyctl.terms import Case, OpinionClass, WarningLevel, WarningStep, stored_term
from tests.support.facts import fact

START, END = date(2023, 1, 1), date(2033, 12, 31)
DAYS = st.dates(START, date(2032, 12, 31))


def counted(day: date, days: int) -> date:
    """The day that is a number of days later, counted one by one; the first day does not count."""
    for _ in range(days):
        day += timedelta(days=1)
    return day


def a_month_on(day: date) -> date:
    """The same day of the next month; the next month's last day if the next month is too short."""
    following = day.replace(day=1) + timedelta(days=32)
    for number in (day.day, 30, 29, 28):
        try:
            return following.replace(day=number)
        except ValueError:
            continue
    raise AssertionError(day)


def due(rule: Rule, *facts: Fact) -> date | None:
    (owed,) = judged(rule, Known(facts, (), since=START, on=END))
    return owed.due


@pytest.mark.parametrize(
    ("rule", "kind"),
    [(OPINION_REPLY, "individual"), (OPINION_REPLY, "general"), (OPINION_REASON, "complex")],
)
@settings(max_examples=60)
@given(day=DAYS)
def test_an_opinion_has_three_days(rule: Rule, kind: str, day: date):
    own = ("opinion", 1)
    said = Opinion(kind=stored_term(OpinionClass, kind))
    opinion = fact(Case.OPINION, day, own, own, said)
    assert due(rule, opinion) == counted(day, 3)


@pytest.mark.parametrize(
    ("rule", "level"),
    [
        (INQUIRY_REPLY, "inquiry"),
        (ADMONITION_REPORT, "admonition"),
        (CORRECTION_REPORT, "correction"),
    ],
)
@settings(max_examples=100)
@given(issued=DAYS, later=st.integers(0, 60))
def test_a_letter_has_its_days_from_delivery(rule: Rule, level: str, issued: date, later: int):
    delivered = counted(issued, later)
    own = ("warning", 1)
    case = fact(Case.WARNING, issued, own, own, Letter(level=stored_term(WarningLevel, level)))
    delivery = fact(WarningStep.DELIVER, delivered, own, own, WarningAct())
    expected = a_month_on(delivered) if level == "correction" else counted(delivered, 10)
    assert due(rule, case, delivery) == expected
