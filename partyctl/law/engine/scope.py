"""The owners of a periodic duty.

A branch, a cell or the leading group owes every period due on or after both the
ledger's start and its founding. A person owes it if they have the role on the last day of the period and for
at least half of its days.
"""

from collections.abc import Callable, Iterator
from datetime import date
from functools import lru_cache
from itertools import dropwhile

from partyctl import calendar
from partyctl.calendar import Period
from partyctl.law.engine.facts import Subject
from partyctl.law.engine.known import Known
from partyctl.law.engine.stated import Stated
from partyctl.terms import Noun

Due = Callable[[Period], date]
Owed = tuple[Subject, list[Period]]


class Owing(Stated):
    """The owners of a duty, each with the periods that have opened."""

    noun = Noun.MEMBER
    """The kind of subject; people by default."""

    def periods(self, known: Known, kind: str, due: Due) -> Iterator[Owed]:
        """For each subject, the periods of a kind owed on the day of `known`."""
        raise TypeError("Owing says nothing by itself: use one of Each")


class Body(Owing):
    """A body that exists from its founding on, or between two days: a branch, a committee."""

    role: str
    noun: Noun

    def periods(self, known: Known, kind: str, due: Due) -> Iterator[Owed]:
        """Every period due while the body exists, since the ledger's start."""
        for subject, spells in known.in_role(self.role).items():
            start = max(known.since, min(spell.from_on or date.min for spell in spells))
            opened = calendar.periods_within(kind, start, known.on)
            if any(spell.to_on for spell in spells):
                owed = [
                    period
                    for period in opened
                    if (day := due(period)) >= start and any(spell.covers(day) for spell in spells)
                ]
            else:  # it never ended: no day needs a look
                owed = [period for period in opened if due(period) >= start]
            yield subject, owed


class Person(Owing):
    """A person in a role: on the roll, a leading cadre, an activist."""

    role: str
    noun: Noun = Noun.MEMBER

    def periods(self, known: Known, kind: str, due: Due) -> Iterator[Owed]:
        """Every period with the person in the role on the last day and for at least half of the days."""
        for subject, spells in known.in_role(self.role).items():
            days = tuple((spell.from_on, spell.to_on) for spell in spells)
            served = _served(kind, known.since, known.on, days)
            # Due days are in the order of the periods: only the first ones may be too early.
            yield subject, [*dropwhile(lambda period: due(period) < known.since, served)]


Days = tuple[date | None, date | None]
"""The first and last day of a time in a role, both included; None: unbounded."""


@lru_cache(maxsize=4096)
def _served(kind: str, since: date, on: date, days: tuple[Days, ...]) -> tuple[Period, ...]:
    """The periods between two days that somebody served in; most people of a branch have the same."""
    opened = calendar.periods_within(kind, since, on)
    return tuple(period for period in opened if _serves(days, period))


def _serves(days: tuple[Days, ...], period: Period) -> bool:
    spans = [(first or date.min, last or date.max) for first, last in days]
    if not any(first <= period.last <= last for first, last in spans):
        return False
    served = sum(
        (min(last, period.last) - max(first, period.first)).days + 1
        for first, last in spans
        if first <= period.last and last >= period.first
    )
    return 2 * served >= period.days


class Each:
    """The roles used in rules."""

    BRANCH = Body("branch", Noun.BRANCH)
    BRANCH_WITH_COMMITTEE = Body("branch-with-committee", Noun.BRANCH)
    CELL = Body("cell", Noun.CELL)
    LEADER = Person("leader")
    MEMBER = Person("member")
    ORGAN = Body("organ", Noun.ORGAN)
    CONTACT = Body("contact", Noun.CONTACT)
