"""Compute obligations from rules and known facts, in the order of the regulation."""

from collections.abc import Iterable, Iterator
from datetime import date

from partyctl.calendar import Period
from partyctl.law.engine.known import Known
from partyctl.law.engine.owed import EVERYTHING, WRONG, Wanted, proof_of
from partyctl.law.engine.rule import Obligation, Rule
from partyctl.light import Protocol
from partyctl.terms import Status


class Versions(Protocol):
    """The rules with the changes that a clerk made."""

    def in_force(self, rules: Iterable[Rule]) -> Iterator[Rule]:
        """The versions of the given rules, rule by rule, each rule's oldest version first."""
        ...


def obligations(
    rules: Iterable[Rule],
    known: Known,
    rulebook: Versions | None,
    wanted: Wanted = EVERYTHING,
) -> Iterator[Obligation]:
    """Every obligation that has opened and is wanted, with its status on the day of `known`.

    Each obligation is judged by the version of its rule that was in force when the obligation
    began. Without a rulebook, the rules are used unchanged.
    """
    if rulebook is not None:
        rules = rulebook.in_force(rules)
    for rule in rules:
        yield from judged(rule, known, wanted)


def judged(rule: Rule, known: Known, wanted: Wanted = EVERYTHING) -> Iterator[Obligation]:
    """The obligations under one version of a rule, with waivers applied."""
    found = rule.duty.judge(rule, known, wanted)
    if not rule.is_always_in_force:
        found = (owed for owed in found if rule.since <= rule.duty.began(owed) < rule.until)
    decisions = known.waivers.get(rule.id)
    if decisions is None:
        yield from found
        return
    from partyctl.law.engine.excusing import excuse  # few rules have waivers

    for owed in found:
        decision = excuse(owed, decisions) if owed.is_open else None
        if decision is None:
            yield owed
        elif wanted.settled(owed.due or owed.opens):
            proof = proof_of(decision)
            yield owed._replace(status=Status.WAIVED, proof=proof, remedy=None)


def falls_in(obligation: Obligation, month: Period) -> bool:
    """Whether an obligation belongs to the scoreboard of a month (or another period).

    An obligation belongs to the month of its due date. An obligation without a due date belongs to
    every month in which it was open on at least one day.
    """
    if obligation.due is not None:
        return month.first <= obligation.due <= month.last
    settled_on = obligation.proof.on if obligation.proof else date.max
    return obligation.opens <= month.last and settled_on >= month.first


def is_carried_over(obligation: Obligation, month: Period) -> bool:
    """Whether an obligation was due before a month and is still overdue, in breach or advised.

    "Advised" means that advice was not followed.
    """
    return (
        obligation.due is not None
        and obligation.due < month.first
        and obligation.status in (*WRONG, Status.ADVISED)
    )


def is_wrong(obligation: Obligation, *, strict: bool = False) -> bool:
    """Whether an obligation makes `check` fail. With `strict`, advice that was not followed counts too."""
    return obligation.status in WRONG or (strict and obligation.status is Status.ADVISED)


def days_left(obligation: Obligation, on: date) -> int | None:
    """The days until an obligation is due.

    The result is None if the obligation has no due date, or if its status is not `due`.
    """
    if obligation.status is not Status.DUE or obligation.due is None:
        return None
    return (obligation.due - on).days


def days_overdue(obligation: Obligation, on: date) -> int | None:
    """The days since an obligation was due, or None if it is not missed (see `is_missed`)."""
    if obligation.due is None or obligation.due >= on or not obligation.is_missed:
        return None
    return (on - obligation.due).days
