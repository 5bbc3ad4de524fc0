"""Compute an obligation again without one record, to explain whether the record counts."""

from collections.abc import Callable
from copy import copy

from partyctl.law.engine.every import Every
from partyctl.law.engine.facts import Fact, whose
from partyctl.law.engine.known import Known
from partyctl.law.engine.obligations import judged
from partyctl.law.engine.requires import Requires
from partyctl.law.engine.rule import Obligation
from partyctl.terms import Noun

SEVERAL_FACTS = (Noun.TALK, Noun.DUES)
"""Kinds of records that have several facts: a talk has one fact for each pair of people, and a
payment has one fact for each month."""


def without(known: Known, fact: Fact) -> Known:
    """A copy of `known` that does not contain the given fact.

    The copy does not contain the other facts of the same talk or payment either.
    """
    several = fact.record_kind in SEVERAL_FACTS

    def is_left(each: Fact) -> bool:
        return each is not fact and not (several and each.record_id == fact.record_id)

    facts, about = copy(known.facts), copy(known.about)
    facts[fact.what] = [each for each in known.facts[fact.what] if is_left(each)]
    for key in {whose(each) for each in known.facts[fact.what] if not is_left(each)}:
        about[key] = [each for each in known.about[key] if is_left(each)]
    return known.with_facts(facts, about)


def answer(owed: Obligation, known: Known, others: list[Obligation]) -> Obligation | None:
    """Compute the obligation `owed` again from the facts in `known`; None if it is no longer owed.

    `others`: similar obligations (see `others_of`), which must not be mistaken for `owed`.
    """
    found = _alike(owed, known)
    # Match the obligations computed before with those in `found`: first those that are unchanged,
    # then the others by the day on which they opened.
    changed = [other for other in others if not _take(found, other, _whole)]
    if found_again := _take(found, owed, _whole):
        return found_again
    for other in changed:
        _take(found, other, _opening)
    return _take(found, owed, _opening) or next(iter(found), None)


def others_of(owed: Obligation, known: Known) -> list[Obligation]:
    """The rule's other obligations with the same subject, period and case.

    For example, a case with two talks has an obligation for each talk.
    """
    if isinstance(owed.rule.duty, Every | Requires):  # these duties are not computed again
        return []
    found = _alike(owed, known)
    _take(found, owed, _whole)
    return found


def _alike(owed: Obligation, known: Known) -> list[Obligation]:
    """The obligations with the subject, period and case of `owed`, as computed from the given facts."""
    # The remedy is not computed again, because its computation may need the fact that was left out.
    rule = owed.rule.changed(detail=None, instead=None)
    about = (owed.subject, owed.period, owed.case)
    return [each for each in judged(rule, known) if (each.subject, each.period, each.case) == about]


def _whole(owed: Obligation) -> object:
    return owed.opens, owed.due, owed.status, owed.proof


def _opening(owed: Obligation) -> object:
    return owed.opens


def _take(
    found: list[Obligation], owed: Obligation, seen: Callable[[Obligation], object]
) -> Obligation | None:
    """Remove and return the first obligation for which `seen` returns the same as for `owed`."""
    for place, each in enumerate(found):
        if seen(each) == seen(owed):
            return found.pop(place)
    return None
