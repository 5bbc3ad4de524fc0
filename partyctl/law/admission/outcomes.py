"""支部·六11: how probation ends: a members' meeting decides, and the superior approves.

This module finds the decisions that the superior approved. An applicant's admission and a member's
standing both depend on these decisions.
"""

from collections.abc import Container, Iterable
from datetime import date

from partyctl import calendar
from partyctl.law.engine.facts import ONE_DAY, Fact, Spell, what
from partyctl.law.engine.values import AdmissionAct
from partyctl.light import NamedTuple
from partyctl.terms import AdmissionStep, Result

OUTCOMES = (AdmissionStep.CONVERSION_VOTE, AdmissionStep.EXTENSION, AdmissionStep.CANCELLATION)
"""The decisions of a members' meeting on probation: conversion, extension or cancellation.

Each decision takes effect when the superior approves it.
"""

KINDS = {what(step): step for step in AdmissionStep}

Step = Fact[AdmissionAct]
"""The record of an admission step."""

NOT_RECORDED = 2**63 - 1
"""The number (`line_id`) of a step that is only tested, not recorded.

A step with this number sorts after all recorded steps of its day.
"""


class Conclusion(NamedTuple):
    """A meeting's decision on probation, and the superior's approval of it."""

    outcome: Step
    approval: Step


class Standing(NamedTuple):
    """The days that decide a member's standing under the admission rules.

    A day is None if its event did not happen. If the superior refused the admission, the person was
    never a member. Full membership counts from `full_on`, the day after probation; `converted_on` is
    the day on which the superior approved the conversion.
    """

    full_on: date
    refused_on: date | None = None
    converted_on: date | None = None
    cancelled_on: date | None = None
    extended_on: date | None = None
    extended_to: date | None = None


def passed(step: Step) -> bool:
    """Whether the result of a step is "passed".

    The result of a vote without a majority is "not passed", unless the clerk typed another result.
    """
    return step.of.result is Result.PASS


def in_order(step: Step) -> tuple[date, int]:
    """The sort key of a step: its day, then its number (the order in which steps were recorded)."""
    return step.on, step.of.line_id


def kind_of(step: Step) -> AdmissionStep:
    """The step that a fact records."""
    return KINDS[step.what]


def pending(steps: Iterable[Step], by: date, concluded: Container[Step | None]) -> Step | None:
    """The last passed decision on probation on or before the day `by`.

    The result is None if there is no such decision, or if the last one is in `concluded`.
    `concluded`: the decisions that the superior has already answered.
    """
    decided = [s for s in steps if kind_of(s) in OUTCOMES and passed(s) and s.on <= by]
    last = max(decided, key=in_order, default=None)
    return None if last is None or last in concluded else last


def conclusions(steps: Iterable[Step]) -> list[Conclusion]:
    """How each period of probation ended, in order: the meeting's decision and the superior's approval."""
    ordered = sorted(steps, key=in_order)
    found: list[Conclusion] = []
    for approval in ordered:
        if kind_of(approval) is AdmissionStep.CONVERSION_APPROVAL and passed(approval):
            outcome = pending(ordered, approval.on, [each.outcome for each in found])
            if outcome is not None:
                found.append(Conclusion(outcome, approval))
    return found


def standing(joined_on: date, steps: Iterable[Step]) -> Standing:
    """Compute the standing of a member from the day of joining and all steps after it."""
    ordered = sorted(steps, key=in_order)
    answers = [step for step in ordered if kind_of(step) is AdmissionStep.APPROVAL]
    days: dict[AdmissionStep, date] = {}
    extended_to = None
    for outcome, approval in conclusions(ordered):
        days.setdefault(kind_of(outcome), approval.on)
        if kind_of(outcome) is AdmissionStep.EXTENSION:
            extended_to = outcome.of.until_on
    ends = extended_to or calendar.probation_end(joined_on)
    return Standing(
        full_on=calendar.days_after(ends, 1),
        refused_on=answers[-1].on if answers and not passed(answers[-1]) else None,
        converted_on=days.get(AdmissionStep.CONVERSION_VOTE),
        cancelled_on=days.get(AdmissionStep.CANCELLATION),
        extended_on=days.get(AdmissionStep.EXTENSION),
        extended_to=extended_to,
    )


def on_the_roll(spell: Spell, standing: Standing) -> Spell:
    """Shorten a member's period on the roll or on probation if a cancellation or conversion ended it.

    If no other end of probation is recorded, probation ends on the day before the superior approves
    the conversion, even if full membership counts from another day.
    """
    to_on = spell.to_on
    if spell.role == "member" and standing.cancelled_on is not None:
        to_on = min(to_on or date.max, standing.cancelled_on - ONE_DAY)
    elif spell.role == "probationary" and to_on is None and standing.converted_on is not None:
        to_on = standing.converted_on - ONE_DAY
    return spell._replace(to_on=to_on, annulled_on=standing.refused_on)


BY_ADMISSION = ("member", "probationary")
"""The roles that an admission can begin or end."""
