"""Parts of an obligation (proof, counted days), and which obligations an answer includes."""

from datetime import date

from partyctl.bilingual import Told
from partyctl.calendar import Period
from partyctl.law.engine.facts import Fact
from partyctl.light import NamedTuple
from partyctl.terms import Status


class Proof(NamedTuple):
    """The record that satisfied an obligation, or the decision that waived it."""

    kind: str
    id: int
    on: date


OPEN = frozenset({Status.BREACH, Status.OVERDUE, Status.ADVISED, Status.DUE})
WRONG = frozenset({Status.BREACH, Status.OVERDUE})


class Wanted(NamedTuple):
    """Which obligations an answer includes, depending on their days.

    A settled obligation (met, late, waived) is included if it is due between `first` and `last`. An
    open obligation is included if it is due on or before `until`, or has no due date.
    """

    first: date = date.min
    last: date = date.max
    until: date = date.max

    def settled(self, due: date) -> bool:
        """Whether to include a settled obligation that was due on a day."""
        return self.first <= due <= self.last

    def was_open(self, opens: date, settled_on: date) -> bool:
        """Whether to include a settled obligation without a due date.

        The obligation is included if it was open on at least one day from `first` to `last`.
        """
        return opens <= self.last and settled_on >= self.first


EVERYTHING = Wanted()
ONLY_OPEN = Wanted(date.max, date.min)


def of_scoreboard(period: Period) -> Wanted:
    """Choose the obligations for a period's scoreboard, without those due after the period."""
    return Wanted(period.first, period.last, until=period.last)


class Counting(NamedTuple):
    """One day of an obligation, such as its due date, and how this day was counted.

    `day` is None if the obligation has no due date.
    """

    day: date | None
    how: Told


def proof_of(fact: Fact) -> Proof:
    """The record that a fact comes from, as a proof."""
    return Proof(fact.record_kind, fact.record_id, fact.on)
