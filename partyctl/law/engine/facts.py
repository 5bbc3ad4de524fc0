"""What the law may look at: facts, and the spells that people spend in a role."""

from datetime import date, timedelta
from functools import lru_cache
from operator import attrgetter
from typing import NamedTuple

from partyctl.terms import (
    AdmissionStep,
    Case,
    DisclosureKind,
    DuesAct,
    IntegrityAct,
    LifeStep,
    MeetingKind,
    OpinionStep,
    PlanKind,
    ReviewStep,
    StudyAct,
    TalkKind,
    Term,
    VisitKind,
    VoteKind,
    WarningStep,
)

ONE_DAY = timedelta(days=1)
TWO = "、"
"""What stands between the names of two people, and in no name."""

GENUS: dict[type[Term], str] = {
    MeetingKind: "meeting",
    PlanKind: "plan",
    DuesAct: "dues",
    Case: "case",
    LifeStep: "step",
    ReviewStep: "review",
    TalkKind: "talk",
    VisitKind: "contact",
    IntegrityAct: "integrity",
    DisclosureKind: "disclosure",
    VoteKind: "vote",
    StudyAct: "study",
    AdmissionStep: "admission",
    OpinionStep: "opinion",
    WarningStep: "warning",
}
"""What the facts of a vocabulary are called, before the colon."""


@lru_cache(maxsize=None, typed=True)  # typed: PlanKind.STUDY equals MeetingKind.STUDY
def what(term: Term) -> str:
    """The name under which facts of a kind are known: `meeting:study`, apart from `plan:study`."""
    return f"{GENUS[type(term)]}:{term}"


class Fact(NamedTuple):
    """Something that happened on a day. Every table gives its facts this one shape.

    The fields are the columns of the view `fact`, in its order. `period` is what the record
    itself names (a plan's year, a month of dues; `until` the last month of several, of an assessment
    the month from which the next one holds), `makes_up`
    the period that it was held to make up. Amounts are in 分, or half days of study.

    A case has deadlines of its own: `due_on` is the day it is planned for or due on, `done_on` the
    day it was held or done. `case_id` is the case that a step belongs to, `other_id` the other
    person, or meeting, concerned; `name` what a case is called; `opinions_on` when opinions were
    asked for; `consent_on` when somebody agreed; `marks` are the words for what else the record shows.
    """

    what: str
    on: date
    subject_kind: str
    subject_id: int
    branch_id: int | None
    record_kind: str
    record_id: int
    period: str | None = None
    until: str | None = None
    makes_up: str | None = None
    chair_id: int | None = None
    lecturer_id: int | None = None
    notified_on: date | None = None
    has_minutes: int = 0
    undecided: int = 0
    amount: int | None = None
    payer: str | None = None
    consent_on: date | None = None
    step: str | None = None
    due_on: date | None = None
    done_on: date | None = None
    case_id: int | None = None
    other_id: int | None = None
    name: str | None = None
    opinions_on: date | None = None
    marks: str = ""

    def has(self, mark: str) -> bool:
        """Whether the record shows something."""
        return mark in self.marks.split()

    def as_on(self, day: date) -> "Fact":
        """The fact without what happened to it after a day."""
        is_later = self.done_on is not None and self.done_on > day
        return self._replace(done_on=None) if is_later else self


class Spell(NamedTuple):
    """Who is in which role from when to when (both days included; None: since ever, until now).

    The fields are the columns of the view `scope`, in its order. The next three belong to a
    member's time on the roll: the month to which an incoming letter says the dues are paid, the
    month to which the outgoing one does, and whether the person was admitted here on `from_on`.
    One who was not approved in the end never was what the spell says: known from `annulled_on` on.
    """

    role: str
    subject_kind: str
    subject_id: int
    name: str
    branch_id: int | None
    from_on: date | None
    to_on: date | None
    paid_to: str | None = None
    leaves_to: str | None = None
    admitted: int = 0
    annulled_on: date | None = None

    def covers(self, day: date) -> bool:
        """Whether the role was held on a day."""
        return (self.from_on is None or self.from_on <= day) and (
            self.to_on is None or day <= self.to_on
        )


class Subject(NamedTuple):
    """Who owes something, or the record that a condition is about.

    Two people who owe something together go by the second's number; `other_id` is the first's.
    """

    kind: str
    id: int
    name: str
    other_id: int | None = None


Decisions = dict[tuple[str, int, str | None], Fact]
"""The decisions that excuse from one rule, by whose duty (kind and number) and which period."""

by_day = attrgetter("on", "record_id", "what", "period")
"""The order in which things happened; on one day by number, as records of a noun were recorded.

`what` comes before `period`, which some kinds of facts have and others do not.
"""
