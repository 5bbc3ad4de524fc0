"""Parts of an answer: the proof, the counting of days, and the choice of settled duties."""

from datetime import date

from partyctl.bilingual import Told
from partyctl.law.engine.facts import Fact
from partyctl.light import NamedTuple
from partyctl.terms import Status


class Proof(NamedTuple):
    """The record that satisfied an obligation."""

    kind: str
    id: int
    on: date


OPEN = frozenset({Status.BREACH, Status.OVERDUE, Status.ADVISED, Status.DUE})
WRONG = frozenset({Status.BREACH, Status.OVERDUE})


class Wanted(NamedTuple):
    """Which settled obligations to include; open ones are always included.

    Settled ones (met, late, waived) are included only if due between the two days.
    """

    first: date = date.min
    last: date = date.max

    def settled(self, due: date) -> bool:
        """Whether a settled obligation with that due date is included."""
        return self.first <= due <= self.last

    def was_open(self, opens: date, settled_on: date) -> bool:
        """Whether a settled obligation without a due date was open on one of the days asked for."""
        return opens <= self.last and settled_on >= self.first


EVERYTHING = Wanted()
ONLY_OPEN = Wanted(date.max, date.min)


class Counting(NamedTuple):
    """A day of an obligation with its counting; None if there is no such day."""

    day: date | None
    how: Told


def proof_of(fact: Fact) -> Proof:
    """The record behind a fact, as proof."""
    return Proof(fact.record_kind, fact.record_id, fact.on)
