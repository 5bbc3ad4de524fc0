"""The parts of an answer: its proof, how its days were counted, which settled duties are wanted."""

from datetime import date
from typing import NamedTuple

from partyctl.law.engine.facts import Fact
from partyctl.terms import Status


class Proof(NamedTuple):
    """The record that satisfied an obligation."""

    kind: str
    id: int
    on: date


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
