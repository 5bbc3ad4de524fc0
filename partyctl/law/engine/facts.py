"""The input of the law: facts, and spells (periods in which people have a role)."""

from datetime import date, timedelta
from functools import lru_cache
from operator import itemgetter

from partyctl.bilingual import Text
from partyctl.law.engine.value import Value
from partyctl.law.engine.values import LAST_DAYS, PLAIN
from partyctl.light import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar
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
"""For each class of terms, the word before the colon, such as `meeting` in `meeting:study`."""


# Without `typed`, PlanKind.STUDY would get the stored name of MeetingKind.STUDY, because the two
# terms are equal.
@lru_cache(maxsize=None, typed=True)
def what(term: Term) -> str:
    """The kind of fact that belongs to a term: `meeting:study` belongs to `MeetingKind.STUDY`."""
    return f"{GENUS[type(term)]}:{term}"


if TYPE_CHECKING:
    from typing_extensions import TypeVar as TypeVarWithDefault

    Of = TypeVarWithDefault("Of", bound=Value, default=Any, covariant=True)
else:  # type variables have defaults only from Python 3.13 on
    Of = TypeVar("Of")


class Fact(NamedTuple, Generic[Of]):
    """Something that happened on a day: a row of a database view that lists facts.

    The first nine fields are columns that every view of facts has, such as the kind of fact
    (`what`), the day (`on`), the subject and the record. `period`: the period that is written in
    the record (such as a plan's year or a month of dues). `makes_up`: the earlier period for which
    the record makes up. `of`: the values of the view's other columns.
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
    of: Of = PLAIN  # type: ignore[assignment]  # a fact without values of its own is a Fact[Plain]

    def is_about(self, subject: "Subject") -> bool:
        """Whether the fact is about a subject."""
        return self.subject_id == subject.id and self.subject_kind == subject.kind

    def about(self, what: str, kind: str, number: int) -> "Fact":
        """A fact from the same record, but of another kind and about another subject."""
        return Fact._make((what, self.on, kind, number, *self[4:-1], PLAIN))

    def as_on(self, day: date) -> "Fact[Of]":
        """The fact as it was known on a day.

        If the fact has a last day (see LAST_DAYS) that was still to come, this last day is left out.
        """
        name = LAST_DAYS.get(type(self.of))
        last = getattr(self.of, name) if name else None
        return self.ending(None) if last is not None and last > day else self

    def ending(self, day: date | None) -> "Fact[Of]":
        """A copy of the fact with another last day."""
        return self._replace(of=self.of.changed(**{LAST_DAYS[type(self.of)]: day}))


class Spell(NamedTuple):
    """A period in which somebody has a role, with its first and last day (None: no limit).

    The fields are the columns of the view `scope`, in their order, and then `annulled_on`. Three
    columns are used only for a member's period on the roll. `paid_to`: the last paid month
    according to the incoming letter. `leaves_to`: the last paid month according to the outgoing
    letter. `admitted`: whether the person joined the Party on `from_on`, the first day on the roll.
    `annulled_on`: the day on which the admission was refused. From the day `annulled_on` on, the
    role counts as never held.
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
    """The subject of an obligation: who owes the duty, or the record that must meet the condition.

    If two people owe a duty, `id` is the number of the second person and `other_id` the number of
    the first. A record that has no name is named by a description in both languages.
    """

    kind: str
    id: int
    name: Text
    other_id: int | None = None

    @property
    def proper_name(self) -> str:
        """The name of a person or a branch; for a record without a name, its Chinese description."""
        return self.name if isinstance(self.name, str) else self.name.chinese


Decisions = dict[tuple[str, int, str | None], Fact]
"""The waivers of one rule, by subject (kind and number) and period."""

whose = itemgetter(*map(Fact._fields.index, ("what", "subject_kind", "subject_id")))
"""What a fact is about: its kind, and the kind and number of its subject."""

by_day = itemgetter(*map(Fact._fields.index, ("on", "record_id", "what", "period")))
"""The sort key of facts: the day, then the record's number (the order in which records were made).

`what` comes before `period`: facts of one kind either all have a period or all have none, and None
cannot be compared with a period.
"""
