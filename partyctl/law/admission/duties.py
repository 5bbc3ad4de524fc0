"""The classes of duties in an admission: a condition, a deadline, or a duty open until it is done.

Most classes of duties in `law.engine` look at one record. The classes in this module look at the
whole admission, because an earlier step can meet the need of a later step.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from partyctl.bilingual import Told
from partyctl.law.admission.journey import Journey, journeys
from partyctl.law.admission.needs import Lack, NotNeeded, Requirement
from partyctl.law.admission.outcomes import Step, kind_of
from partyctl.law.admission.steps import judged_on
from partyctl.law.engine.facts import Subject
from partyctl.law.engine.known import Known
from partyctl.law.engine.owed import Proof, Wanted, proof_of
from partyctl.law.engine.requires import of_each_record
from partyctl.law.engine.rule import Obligation, Rule, Shape
from partyctl.light import NamedTuple
from partyctl.terms import Status


class Owed(NamedTuple):
    """A duty about one person, and the record that satisfied it. `case` is the applicant's number.

    The duty is `provisional` if its due date depends on holidays that are not announced yet.

    A duty without a due date is open until it is done.
    """

    subject: Subject
    opens: date
    due: date | None
    proof: Proof | None
    case: int | None = None
    note: Told | None = None
    provisional: bool = False


Owing = Callable[[Known], Iterable[Owed]]


class OnTheWay(Shape):
    """The base class of the duties in this module.

    `owed` returns all duties, with the records that satisfied them.
    """

    owed: Owing

    def judge(self, rule: Rule, known: Known, wanted: Wanted) -> Iterator[Obligation]:
        """Return an obligation for each duty that `owed` returns.

        The result leaves out duties that have not opened yet, settled duties that `wanted`
        excludes, and duties that were due before the ledger's start (or opened before it, if they
        have no due day).
        """
        for owed in self.owed(known):
            if owed.opens > known.on or (owed.due or owed.opens) < known.since:
                continue
            obligation = self._obligation(rule, known, owed)
            if obligation.is_open or _is_wanted(obligation, wanted):
                yield obligation

    def _obligation(self, rule: Rule, known: Known, owed: Owed) -> Obligation:
        status = self.status(rule, owed, known.on)
        remedy = None
        if owed.proof is None:
            remedy = rule.command(known, owed.subject, case=owed.case)
        return Obligation(
            rule,
            owed.subject,
            None,
            owed.opens,
            owed.due,
            status,
            owed.proof,
            remedy,
            owed.note,
            owed.case,
            owed.provisional,
        )

    def status(self, rule: Rule, owed: Owed, on: date) -> Status:
        """Return met or late if the duty was done, and due or overdue if it was not.

        If the rule only advises, return `ADVISED` instead of `OVERDUE`.
        """
        if owed.proof is not None:
            return Status.MET if owed.due is None or owed.proof.on <= owed.due else Status.LATE
        return Status.DUE if owed.due is None or owed.due >= on else rule.wrong(Status.OVERDUE)


def _is_wanted(obligation: Obligation, wanted: Wanted) -> bool:
    if obligation.due is not None:
        return wanted.settled(obligation.due)
    assert obligation.proof is not None
    return wanted.was_open(obligation.opens, obligation.proof.on)


class ByItsDay(OnTheWay):
    """A duty with a due day."""

    def words(self, numbers: Told) -> Told:
        """Words that say that the due day depends on the admission."""
        return Told("按各人进程的日期", "by a date that depends on other steps of the admission")


class ByItsDayNotEarlier(ByItsDay):
    """A duty that has a due day, and that must not be done too early.

    If the duty was done too early, it is in breach, and the obligation's note says so.
    """

    def status(self, rule: Rule, owed: Owed, on: date) -> Status:
        """Return a breach if the duty was done too early, otherwise the status of a duty with a due day."""
        if owed.note is not None and owed.proof is None:
            return rule.wrong(Status.BREACH)
        return super().status(rule, owed, on)


class ByAnAct(ByItsDay):
    """A duty with a due day, judged by the version of its rule in force when the duty was done.

    An open duty is judged by the version in force on its opening day, or on `since` if that is
    later. `since`: the rule's first day.
    """

    since: date = date.min

    def began(self, owed: Obligation) -> date:
        """The day on which the duty was done.

        For an open duty, the later of two days is returned: the opening day and the rule's first
        day.
        """
        return owed.proof.on if owed.proof else max(owed.opens, self.since)


class UntilDone(OnTheWay):
    """A duty without a due day: it is open until it is done, and never overdue."""

    def words(self, numbers: Told) -> Told:
        """Words that say that there is no due date."""
        return Told("办结为止，无期限", "until the duty is done, without a due date")


class Holds(OnTheWay):
    """A condition that a record must meet.

    A record that does not meet the condition is in breach from the day of the record.
    """

    def words(self, numbers: Told) -> Told:
        """Words that say that the condition applies to each record."""
        return of_each_record(numbers)

    def status(self, rule: Rule, owed: Owed, on: date) -> Status:
        """Return `MET` or `BREACH`.

        If the rule only advises, return `ADVISED` instead of `BREACH`.
        """
        return Status.MET if owed.proof is not None else rule.wrong(Status.BREACH)


def needed(requirement: Requirement) -> Owing:
    """Make a function that returns at most one duty for each admission: to meet `requirement`.

    If a step was taken while the requirement was not met, the duty is in breach from the day of the
    first step that was taken too early. If no step was taken too early, the record that meets the
    requirement also satisfies the duty.
    """
    steps = judged_on(requirement)

    def owed(known: Known) -> Iterator[Owed]:
        for way in journeys(known):
            asked = [step for step in way.steps if kind_of(step) in steps]
            found = list(filter(None, (_held(way, step, requirement) for step in asked)))
            broken = next((each for each in found if each.proof is None), None)
            own = _done(way, requirement)
            if first := broken or own or next(iter(found), None):
                yield first

    return owed


def _done(way: Journey, requirement: Requirement) -> Owed | None:
    """Return the duty if the last record of `requirement.own` meets the requirement, or None."""
    own = way.last(requirement.own) if requirement.own else None
    held = _held(way, own, requirement) if own else None
    if held is None or held.proof is None:
        return None
    return held._replace(opens=held.proof.on, due=held.proof.on)


def needed_each_time(requirement: Requirement, *before: Requirement) -> Owing:
    """Make a function that returns a duty for each recorded step that `requirement` applies to.

    The new function also tests the requirements in `before`. If one of these requirements was not
    met on the day of a step, the new function returns an unmet duty for this step.
    """
    steps = judged_on(requirement)

    def owed(known: Known) -> Iterator[Owed]:
        for way in journeys(known):
            for step in way.steps:
                if kind_of(step) in steps and (held := _held(way, step, requirement)):
                    yield held
                yield from _too_early(way, step, before)

    return owed


def _too_early(way: Journey, step: Step, before: Iterable[Requirement]) -> Iterator[Owed]:
    """Return an unmet duty for each requirement in `before` that was not met at `step`."""
    for requirement in before:
        if kind_of(step) in judged_on(requirement):
            held = _held(way, step, requirement)
            if held is not None and held.proof is None:
                yield held


def _held(way: Journey, step: Step, requirement: Requirement) -> Owed | None:
    """Return the duty to meet `requirement` before `step`, or None if `requirement` does not apply.

    If a record meets the requirement, the duty has this record as proof. If no record meets the
    requirement, the duty has a note that says what is missing.
    """
    found = requirement.test(way, step)
    if isinstance(found, NotNeeded):
        return None
    held = Owed(way.subject, step.on, step.on, None, way.case.record_id)
    if isinstance(found, Lack):
        return held._replace(note=found.told)
    return held._replace(proof=proof_of(found))
