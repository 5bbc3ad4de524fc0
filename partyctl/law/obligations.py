"""The engine: rules + what is known on a day → obligations, in the order of the regulation."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

from partyctl.calendar import Period
from partyctl.law.facts import Known
from partyctl.law.owed import EVERYTHING, WRONG, Obligation, Wanted
from partyctl.law.rule import Rule
from partyctl.terms import Status


def obligations(
    rules: Iterable[Rule], known: Known, wanted: Wanted = EVERYTHING
) -> Iterator[Obligation]:
    """Every obligation whose window has opened, with its status on the day of `known`.

    Each is judged by the version of its rule that was in force when it began.
    """
    if known.rulebook is not None:
        rules = known.rulebook.in_force(rules)
    for rule in rules:
        yield from rule.judge(known, wanted)


def falls_in(obligation: Obligation, month: Period) -> bool:
    """Whether an obligation belongs on the scoreboard of a month.

    That is where its due date lies; one without a due date belongs to every month on a day of
    which it was open.
    """
    if obligation.due is not None:
        return month.first <= obligation.due <= month.last
    settled_on = obligation.proof.on if obligation.proof else date.max
    return obligation.opens <= month.last and settled_on >= month.first


def is_carried_over(obligation: Obligation, month: Period) -> bool:
    """Whether something due before a month is still overdue, in breach or advised."""
    return (
        obligation.due is not None
        and obligation.due < month.first
        and obligation.status in (*WRONG, Status.ADVISED)
    )


def tally(found: Iterable[Obligation]) -> dict[Status, int]:
    """How many obligations have each status."""
    counts = Counter(obligation.status for obligation in found)
    return {status: counts[status] for status in Status}


def is_wrong(obligation: Obligation, *, strict: bool = False) -> bool:
    """Whether an obligation makes `check` fail; strictly, advice does too."""
    return obligation.status in WRONG or (strict and obligation.status is Status.ADVISED)


def days_left(obligation: Obligation, on: date) -> int | None:
    """The days until something is due; None where it is not open, or has no due date."""
    if obligation.status is not Status.DUE or obligation.due is None:
        return None
    return (obligation.due - on).days


def days_overdue(obligation: Obligation, on: date) -> int | None:
    """The days since something was due; None where nothing is overdue."""
    if obligation.due is None or obligation.due >= on or not obligation.is_missed:
        return None
    return (on - obligation.due).days
