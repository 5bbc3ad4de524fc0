"""支部·六: one applicant's admission as known on a day, and which stage it has reached.

Nothing here is stored: the stage, the end of probation and the outcome of a decision are computed
from the dated steps. A member who joined the roll while on probation can also have an admission; it
begins with the conversion.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from functools import cached_property, lru_cache

from partyctl import calendar
from partyctl.law.admission.outcomes import (
    KINDS,
    Conclusion,
    Step,
    conclusions,
    in_order,
    kind_of,
    passed,
    pending,
)
from partyctl.law.engine.facts import ONE_DAY, Fact, Subject, what
from partyctl.law.engine.known import Known
from partyctl.law.engine.values import Application
from partyctl.light import NamedTuple
from partyctl.terms import AdmissionStep, Case, Noun, Stage


class Reached(NamedTuple):
    """A stage of an admission, and the day on which it was reached."""

    stage: Stage
    since: date


class Probation(NamedTuple):
    """A period of probation: the first year, or an extension. `ends` is the last day of the period.

    The first year begins on the day of joining. An extension begins when the superior approves it.
    `concluded` says how the period ended, and is None until the superior approves a decision on it.
    `journey` is None for a member without an application in the ledger.
    """

    member: Subject
    begins: date
    ends: date
    journey: "Journey | None"
    concluded: Conclusion | None = None


class Journey:
    """One applicant's admission: the application, and the steps after it, in order."""

    def __init__(self, case: Fact[Application], steps: list[Step], known: Known) -> None:
        self.case = case
        self.steps = sorted(steps, key=in_order)
        self.known = known
        self.subject = Subject(Noun.APPLICANT, case.record_id, case.of.name)
        self._by_kind: dict[AdmissionStep, list[Step]] = defaultdict(list)
        for step in self.steps:
            self._by_kind[kind_of(step)].append(step)

    def all(self, step: AdmissionStep) -> list[Step]:
        """The records of a step, oldest first."""
        return self._by_kind.get(step, [])

    def last(self, step: AdmissionStep, by: date = date.max) -> Step | None:
        """The last record of a step on or before a day."""
        return next((each for each in reversed(self.all(step)) if each.on <= by), None)

    def passed(self, step: AdmissionStep, by: date = date.max) -> Step | None:
        """The last record of a step on or before a day, or None if its result is not "passed"."""
        found = self.last(step, by)
        return found if found is not None and passed(found) else None

    @property
    def came_on(self) -> date | None:
        """For a member who was on probation when added to the roll: the day of joining the Party."""
        return self.case.of.came_on

    @property
    def joined_on(self) -> date | None:
        """The day of the vote that made the applicant a member; without such a vote, `came_on`."""
        vote = self.passed(AdmissionStep.VOTE)
        return vote.on if vote else self.came_on

    @property
    def member(self) -> Subject | None:
        """The member that the applicant has become."""
        number = self.case.of.member_id
        if number is None or self.joined_on is None:
            return None
        return Subject(Noun.MEMBER, number, self.subject.name)

    @property
    def refused(self) -> Step | None:
        """The superior's refusal of the admission, which undoes the vote."""
        answer = self.last(AdmissionStep.APPROVAL)
        return answer if answer is not None and not passed(answer) else None

    @property
    def withdrawn_on(self) -> date | None:
        """The day on which the application was closed without membership, or None."""
        closed = self.case.of.closed_on
        return closed if closed is not None and closed <= self.known.on else None

    @cached_property
    def conclusions(self) -> list[Conclusion]:
        """How each period of probation ended, in order: the meeting's decision and its approval."""
        return conclusions(self.steps)

    def waiting(self, by: date = date.max, before: Step | None = None) -> Step | None:
        """The last decision on probation up to the day `by`; None if the superior has answered it.

        An answer after `by` counts too. If a step `before` is given, only answers before it count.
        """
        answers = self.all(AdmissionStep.CONVERSION_APPROVAL)
        earlier = [a for a in answers if before is None or in_order(a) < in_order(before)]
        answered = [pending(self.steps, answer.on, ()) for answer in earlier]
        return pending(self.steps, by, answered)

    @cached_property
    def probations(self) -> list[Probation]:
        """The first period of probation, and each extension.

        The list is empty if the applicant is not a member or the superior refused the admission.
        """
        if self.member is None or self.joined_on is None or self.refused:
            return []
        begins, ends = self.joined_on, calendar.probation_end(self.joined_on)
        found = []
        for conclusion in self.conclusions:
            found.append(Probation(self.member, begins, ends, self, conclusion))
            if kind_of(conclusion.outcome) is not AdmissionStep.EXTENSION:
                return found
            begins, ends = conclusion.approval.on, conclusion.outcome.of.until_on or ends
        return [*found, Probation(self.member, begins, ends, self)]

    def probation(self, day: date) -> Probation | None:
        """The period of probation that a day belongs to, or None before the first period.

        A period counts until the next one begins; the last period counts even after its end. The
        day on which an extension is approved still belongs to the period before the extension.
        """
        begun = [each for each in self.probations if each.begins <= day]
        while len(begun) > 1 and begun[-1].begins == day:
            begun.pop()
        return begun[-1] if begun else None

    @property
    def conclusion(self) -> Conclusion | None:
        """How probation finally ended: conversion, cancellation, or None if it has not ended."""
        last = self.conclusions[-1] if self.conclusions else None
        return None if last is None or kind_of(last.outcome) is AdmissionStep.EXTENSION else last

    @cached_property
    def reached(self) -> Reached:
        """The present stage."""
        return self._ended or self._underway

    @property
    def is_over(self) -> bool:
        """Whether the admission has ended, even if its papers are not archived yet."""
        return self._ended is not None

    @cached_property
    def _ended(self) -> Reached | None:
        if (end := self.conclusion) is not None:
            converted = kind_of(end.outcome) is AdmissionStep.CONVERSION_VOTE
            return Reached(Stage.FULL if converted else Stage.CANCELLED, end.approval.on)
        if self.refused:
            return Reached(Stage.NOT_ADMITTED, self.refused.on)
        vote = self.last(AdmissionStep.VOTE)
        if vote is not None and not passed(vote):
            return Reached(Stage.NOT_ADMITTED, vote.on)
        if self.withdrawn_on:
            return Reached(Stage.WITHDRAWN, self.withdrawn_on)
        return None

    @property
    def _underway(self) -> Reached:
        if self.joined_on is not None:
            return Reached(Stage.PROBATIONARY, self.joined_on)
        target = self.passed(AdmissionStep.TARGET)
        if target is not None and not self.is_sent_back(target):
            return Reached(Stage.TARGET, target.on)
        activist = self.passed(AdmissionStep.ACTIVIST)
        if activist is not None:
            return Reached(Stage.ACTIVIST, activist.on)
        return Reached(Stage.APPLICANT, self.case.on)

    def is_sent_back(self, target: Step) -> bool:
        """Whether the superior rejected the committee's decision on a target (发展对象)."""
        answer = self.last(AdmissionStep.TARGET_APPROVAL)
        return answer is not None and not passed(answer) and answer.on >= target.on


@lru_cache(maxsize=1)
def journeys(known: Known) -> list[Journey]:
    """The admission of everybody who applied on or before the day of `known`, in order of number."""
    steps: dict[int, list[Step]] = defaultdict(list)
    for kind in KINDS:
        for step in known.facts[kind]:
            steps[step.subject_id].append(step)
    cases = sorted(known.facts[what(Case.APPLICANT)], key=lambda case: case.record_id)
    return [Journey(case, steps[case.record_id], known) for case in cases]


@lru_cache(maxsize=1)
def ways_of_members(known: Known) -> dict[int, Journey]:
    """The admissions of the applicants who became members, keyed by member number."""
    return {way.member.id: way for way in journeys(known) if way.member is not None}


def meant(ways: list[Journey]) -> list[Journey]:
    """Of the applications under one name, select the open ones, or the newest if all have ended."""
    return [way for way in ways if not way.is_over] or ways[-1:]


def probations(known: Known) -> Iterator[Probation]:
    """Every period of probation, including those of members who joined the roll while on probation."""
    for journey in journeys(known):
        yield from journey.probations
    for case in known.facts[what(Case.PROBATION)]:
        member = Subject(Noun.MEMBER, case.subject_id, case.of.name)
        yield Probation(member, case.on, calendar.probation_end(case.on), None)


def is_gone(member: Subject, day: date, known: Known) -> bool:
    """Whether a member left the roll before a day and did not return."""
    return not any(
        spell.to_on is None or spell.to_on >= day
        for spell in known.spells["member"]
        if spell.subject_id == member.id
    )


def day_after(day: date) -> date:
    """The next day."""
    return day + ONE_DAY
