"""The base class of duties that belong to a case, such as a planned meeting, a target or a review.

A case is a fact whose values include dates. The duty of a case is owed either by the case itself or
by each of several people. The function `each` returns those who owe the duty, and the function
`met` returns the record that satisfied the duty.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from partyctl.bilingual import SEMICOLON, Told, joined
from partyctl.law.engine.facts import Fact, Subject, what
from partyctl.law.engine.known import Known
from partyctl.law.engine.owed import Proof, Wanted
from partyctl.law.engine.rule import Obligation, Rule, Shape
from partyctl.law.engine.values import LifeMeeting, Measure, Task
from partyctl.light import NamedTuple
from partyctl.terms import Noun, Status, Term

ToDo = Task | Measure
"""A task with a name, a due day, and the day on which it was done."""

Met = Callable[[Fact, Subject, Known], Proof | None]
Each = Callable[[Fact, Known], Iterable[Subject]]
Note = Callable[[Fact, Subject, Known], Told | None]
Day = Callable[[Fact, Known], date | None]


class Window(NamedTuple):
    """The days on which a duty opens and is due; `due` is None if the duty has no due day.

    The due date is `provisional` if it depends on holidays that are not announced yet.
    """

    opens: date
    due: date | None
    provisional: bool = False


def of_case(case: Fact[ToDo], known: Known) -> Iterator[Subject]:
    """The case itself as the subject of its duty."""
    yield Subject(case.record_kind, case.record_id, case.of.name)


def done(case: Fact[ToDo], subject: Subject, known: Known) -> Proof | None:
    """Return the case itself as proof if its record says on which day the task was done."""
    done_on = case.of.done_on
    if done_on is None or done_on > known.on:
        return None
    return Proof(case.record_kind, case.record_id, done_on)


def held_or_planned(case: Fact[LifeMeeting], known: Known) -> date | None:
    """The day on which a meeting was held or is planned, or None if neither day is known."""
    held_on, planned_on = case.of.held_on, case.of.planned_on
    return (
        held_on
        if held_on is not None and (held_on <= known.on or planned_on is None)
        else planned_on
    )


class Deadline(Shape, kw_only=True):
    """The base class of a case's duties. A duty is an obligation of the case, or of each of several people.

    `whose`: the kind of subject that owes the duty, or None if the case itself owes it.
    """

    met: Met = done
    each: Each = of_case
    whose: Noun | None = None
    note: Note | None = None

    def window(self, case: Fact, known: Known) -> Window | None:
        """The days on which a case's duty opens and is due, or None if the case has no such duty."""
        raise TypeError("Deadline is a base class: use one of its subclasses")

    def judge(self, rule: Rule, known: Known, wanted: Wanted) -> Iterator[Obligation]:
        """Return the obligations of every case, one for each person who owes the duty.

        Duties that have not opened yet, duties due before the ledger's start, and duties that
        `wanted` excludes are left out.
        """
        assert isinstance(rule.owed_by, Term)
        for case in known.facts[what(rule.owed_by)]:
            window = self.window(case, known)
            if window is None or window.opens > known.on:
                continue
            due = window.due or window.opens
            if due < known.since or (window.due is not None and due > wanted.until):
                continue
            for subject in self.each(case, known):
                proof = self.met(case, subject, known)
                if proof is None or _is_wanted(window, proof, wanted):
                    yield self._obligation(rule, known, case, subject, window, proof)

    def _obligation(
        self,
        rule: Rule,
        known: Known,
        case: Fact,
        subject: Subject,
        window: Window,
        proof: Proof | None,
    ) -> Obligation:
        opens, due, provisional = window
        number, remedy = case.record_id, None
        if proof is not None:
            status = self.settled(proof, due)
        else:
            status = self.unsettled(rule, due, known.on)
            remedy = rule.command(known, subject, case.period or "…", case=number)
        note = self._note(case, subject, known, provisional=provisional)
        head = (rule, subject, None, opens, due, status)
        return Obligation(*head, proof, remedy, note, number, provisional)

    def _note(
        self, case: Fact, subject: Subject, known: Known, *, provisional: bool
    ) -> Told | None:
        note = self.note(case, subject, known) if self.note else None
        if not provisional:
            return note
        provisional_date = Told("期限为暂算", "the date is provisional")
        return joined(filter(None, (note, provisional_date)), SEMICOLON)

    def settled(self, proof: Proof, due: date | None) -> Status:
        """The status of a duty that was done: met or late."""
        return Status.MET if due is None or proof.on <= due else Status.LATE

    def unsettled(self, rule: Rule, due: date | None, on: date) -> Status:
        """The status of an undone duty: due, then overdue (or advised if the rule only advises)."""
        return Status.DUE if due is None or due >= on else rule.wrong(Status.OVERDUE)


def _is_wanted(window: Window, proof: Proof, wanted: Wanted) -> bool:
    """Whether `wanted` includes a duty that was done."""
    if window.due is not None:
        return wanted.settled(window.due)
    return wanted.was_open(window.opens, proof.on)
