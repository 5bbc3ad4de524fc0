"""Find the waiver (免除) of an obligation.

A waiver is for one rule and for one subject that owes the duty. If the duty recurs, the waiver
is only for one period or one year.

A waiver of a member's duty in a democratic-life meeting or a review applies to one year only,
because these duties recur every year.
"""

from partyctl.law.engine.facts import Decisions, Fact
from partyctl.law.engine.rule import Obligation, Rule
from partyctl.terms import Case, Noun, ReviewStep

OF_A_YEAR = (Case.DEMOCRATIC_LIFE, Case.REVIEW, ReviewStep.RATING)
"""The kinds of cases that recur every year with the same people."""


def is_of_a_year(rule: Rule, whose: str) -> bool:
    """Whether a rule gives each member a yearly duty in a review or a democratic-life meeting."""
    return whose == Noun.MEMBER and any(rule.owed_by is case for case in OF_A_YEAR)


def excuse(owed: Obligation, decisions: Decisions) -> Fact | None:
    """The waiver that excuses an obligation.

    If two people owe the obligation, a waiver for one of the two is enough.
    """
    subject = owed.subject
    numbers = [number for number in (subject.id, subject.other_id) if number]
    if not is_of_a_year(owed.rule, subject.kind):
        found = (decisions.get((subject.kind, n, owed.period)) for n in numbers)
        return next(filter(None, found), None)
    year = _year(owed)
    named = (decisions.get((subject.kind, n, year)) for n in numbers)
    # A waiver without a year (from an earlier version) applies to the year of its decision.
    unnamed = (decisions.get((subject.kind, n, None)) for n in numbers)
    its_own = (decision for decision in unnamed if decision and str(decision.on.year) == year)
    return next(filter(None, (*named, *its_own)), None)


def _year(owed: Obligation) -> str:
    """The year that an obligation belongs to: the review's year, or the year of the meeting's day."""
    day = owed.rule.duty.began(owed)
    if owed.rule.owed_by is Case.REVIEW and owed.due is not None:
        day = owed.due
        return str(day.year - 1 if day.month == 1 else day.year)
    return str(day.year)
