"""What somebody owes on a day, with its proof or its remedy; and what a reader wants to see of it."""

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from partyctl.law.facts import Fact, Subject
from partyctl.terms import Status

if TYPE_CHECKING:
    from partyctl.law.rule import Rule


class Proof(NamedTuple):
    """The record that satisfied an obligation."""

    kind: str
    id: int
    on: date


class Obligation(NamedTuple):
    """What one subject owes under one rule, on the day that was asked for.

    `proof` is the record that satisfied it, `remedy` the command that would; `note` is a remark
    for the reader, `case` the number of the case that it belongs to. It is `provisional` (暂算)
    where its due date was counted in working days of a year that is not announced yet.
    """

    rule: "Rule"
    subject: Subject
    period: str | None
    opens: date
    due: date | None
    status: Status
    proof: Proof | None = None
    remedy: str | None = None
    note: str | None = None
    case: int | None = None
    provisional: bool = False

    @property
    def key(self) -> str:
        """The one name of this obligation, on whatever day it is asked for.

        Its due date is no part of it: that may move. What has neither a period nor a case goes by
        the day on which it opened, unless it is about a record.
        """
        kind, number, _, other = self.subject
        whose = f"{kind}#{number}" if other is None else f"{kind}#{other},{number}"
        which = self.period or (f"#{self.case}" if self.case else None)
        if not which and self.due is None:
            which = self.opens.isoformat()
        return "|".join(filter(None, (self.rule.id, whose, which)))

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to do something about it."""
        return self.status in OPEN

    @property
    def is_missed(self) -> bool:
        """Whether a day went by on which it should have been done; no fault of a record's form."""
        if self.status is Status.ADVISED:
            return self.period is not None or (self.due is not None and self.opens < self.due)
        return self.status is Status.OVERDUE


OPEN = frozenset({Status.BREACH, Status.OVERDUE, Status.ADVISED, Status.DUE})
WRONG = frozenset({Status.BREACH, Status.OVERDUE})


class Wanted(NamedTuple):
    """Which settled obligations the reader wants to see; open ones are always wanted.

    Settled (met, late, waived) ones are left out unless their due date lies between the two days.
    """

    first: date = date.min
    last: date = date.max

    def settled(self, due: date) -> bool:
        """Whether a settled obligation with that due date is asked for."""
        return self.first <= due <= self.last

    def was_open(self, opens: date, settled_on: date) -> bool:
        """Whether a settled obligation without a due date was open on a day that is asked for."""
        return opens <= self.last and settled_on >= self.first


EVERYTHING = Wanted()
ONLY_OPEN = Wanted(date.max, date.min)


class Counting(NamedTuple):
    """A day of an obligation, and the rule by which it was counted; no day: there is none."""

    day: date | None
    how: str


def proof_of(fact: Fact) -> Proof:
    """The record behind a fact, as proof."""
    return Proof(fact.record_kind, fact.record_id, fact.on)
