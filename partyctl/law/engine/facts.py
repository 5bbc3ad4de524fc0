"""The input of the law: facts, and the periods of people in a role."""

from datetime import date, timedelta
from functools import lru_cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from partyctl.bilingual import Text
from partyctl.law.engine.value import Value
from partyctl.law.engine.values import LAST_DAYS, PLAIN
from partyctl.light import NamedTuple
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
"""The separator between two people's names; no name contains it."""

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
"""The prefix of a vocabulary's facts, before the colon."""


@lru_cache(maxsize=None, typed=True)  # typed: PlanKind.STUDY equals MeetingKind.STUDY
def what(term: Term) -> str:
    """The name of facts of a kind: `meeting:study`, distinct from `plan:study`."""
    return f"{GENUS[type(term)]}:{term}"


if TYPE_CHECKING:
    from typing_extensions import TypeVar as TypeVarWithDefault

    Of = TypeVarWithDefault("Of", bound=Value, default=Any, covariant=True)
else:  # type variables have defaults only from Python 3.13 on
    Of = TypeVar("Of")


class Fact(NamedTuple, Generic[Of]):
    """Something that happened on a day. The facts of every view have this shape.

    The first nine fields are columns of every view: the kind, the day, the subject and the record. `period`
    is the record's own period (a plan's year, a month of dues), and `makes_up` is the period that it makes
    up. `of` has the values of its own view.
    """

    what: str
    on: date
    subject_kind: str
    subject_id: int
    branch_id: int | None
    record_kind: str
    record_id: int
    period: str | None = None
    makes_up: str | None = None
    of: Of = PLAIN  # type: ignore[assignment]  # a fact without further values is a Fact[Plain]

    def is_about(self, subject: "Subject") -> bool:
        """Whether the fact is about somebody or something."""
        return self.subject_id == subject.id and self.subject_kind == subject.kind

    def as_on(self, day: date) -> "Fact[Of]":
        """The fact without changes after a day."""
        name = LAST_DAYS.get(type(self.of))
        last = getattr(self.of, name) if name else None
        return self.ending(None) if last is not None and last > day else self

    def ending(self, day: date | None) -> "Fact[Of]":
        """The fact with another last day."""
        return self._replace(of=self.of.changed(**{LAST_DAYS[type(self.of)]: day}))


class Spell(NamedTuple):
    """A person in a role, with first and last day (both included; None: unbounded).

    The fields are the columns of the view `scope`, in its order, except the last. Three of them belong to a
    member's period on the roll: the month up to which dues are paid according to the incoming letter, that
    month in the outgoing letter, and whether the person was admitted here on `from_on`. If admission was
    refused, the role never existed: known from `annulled_on` on.
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
    """The owner of a duty, or the record that a condition is about.

    A duty of two people has the number of the second person; `other_id` is the first. A record without a
    name of its own is named in both languages.
    """

    kind: str
    id: int
    name: Text
    other_id: int | None = None

    @property
    def proper_name(self) -> str:
        """The name of people or a branch, the same in both languages; Chinese for a record without one."""
        return self.name if isinstance(self.name, str) else self.name.chinese


Decisions = dict[tuple[str, int, str | None], Fact]
"""The waivers of one rule, by subject (kind and number) and period."""

by_day = attrgetter("on", "record_id", "what", "period")
"""Sort key: the day, then the number, as the records of a noun were made.

`what` comes before `period`, because only some kinds of facts have a period.
"""
