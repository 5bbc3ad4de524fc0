"""The waiver (免除) that excuses an obligation, found by rule, subject and period; for a case, by its year.

A waiver for several people, from a yearly democratic-life meeting or review, applies to that year only.
"""

from partyctl.law.engine.facts import Decisions, Fact
from partyctl.law.engine.rule import Obligation, Rule
from partyctl.terms import Case, Noun, ReviewStep

OF_A_YEAR = (Case.DEMOCRATIC_LIFE, Case.REVIEW, ReviewStep.RATING)
"""The cases that recur every year with the same people."""


def is_of_a_year(rule: Rule, whose: str) -> bool:
    """Whether each of several people has this duty in a yearly case (a review, a democratic-life meeting)."""
    return whose == Noun.MEMBER and any(rule.owed_by is case for case in OF_A_YEAR)


def excuse(owed: Obligation, decisions: Decisions) -> Fact | None:
    """The waiver that excuses it; for a duty of two people, a waiver of either."""
    subject = owed.subject
    numbers = [number for number in (subject.id, subject.other_id) if number]
    if not is_of_a_year(owed.rule, subject.kind):
        found = (decisions.get((subject.kind, n, owed.period)) for n in numbers)
        return next(filter(None, found), None)
    year = _year(owed)
    named = (decisions.get((subject.kind, n, year)) for n in numbers)
    # A waiver without a year (earlier versions allowed it) applies to the year of its decision.
    unnamed = (decisions.get((subject.kind, n, None)) for n in numbers)
    its_own = (decision for decision in unnamed if decision and str(decision.on.year) == year)
    return next(filter(None, (*named, *its_own)), None)


def _year(owed: Obligation) -> str:
    """The year of its case: a review's own year, even if its due date moved.

    Otherwise it is the year of the meeting's day.
    """
    day = owed.rule.duty.began(owed)
    if owed.rule.owed_by is Case.REVIEW and owed.due is not None:
        day = owed.due
        return str(day.year - 1 if day.month == 1 else day.year)
    return str(day.year)
