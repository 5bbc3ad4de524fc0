"""The owners of a periodic duty.

A branch, a cell or the leading group owes every period due on or after both the
ledger's start and its founding. A person owes it if they have the role on the last day of the period and for
at least half of its days.
"""

from collections.abc import Callable, Iterator
from datetime import date

from partyctl import calendar
from partyctl.calendar import Period
from partyctl.law.engine.facts import Spell, Subject
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
            yield (
                subject,
                [
                    period
                    for period in opened
                    if (day := due(period)) >= start and any(spell.covers(day) for spell in spells)
                ],
            )


class Person(Owing):
    """A person in a role: on the roll, a leading cadre, an activist."""

    role: str
    noun: Noun = Noun.MEMBER

    def periods(self, known: Known, kind: str, due: Due) -> Iterator[Owed]:
        """Every period with the person in the role on the last day and for at least half of the days."""
        for subject, spells in known.in_role(self.role).items():
            opened = calendar.periods_within(kind, known.since, known.on)
            yield (
                subject,
                [
                    period
                    for period in opened
                    if due(period) >= known.since and _serves(spells, period)
                ],
            )


def _serves(spells: list[Spell], period: Period) -> bool:
    if not any(spell.covers(period.last) for spell in spells):
        return False
    days = sum(
        (
            min(spell.to_on or date.max, period.last) - max(spell.from_on or date.min, period.first)
        ).days
        + 1
        for spell in spells
        if (spell.from_on or date.min) <= period.last and (spell.to_on or date.max) >= period.first
    )
    return 2 * days >= period.days


class Each:
    """The roles used in rules."""

    BRANCH = Body("branch", Noun.BRANCH)
    BRANCH_WITH_COMMITTEE = Body("branch-with-committee", Noun.BRANCH)
    CELL = Body("cell", Noun.CELL)
    LEADER = Person("leader")
    MEMBER = Person("member")
    ORGAN = Body("organ", Noun.ORGAN)
    CONTACT = Body("contact", Noun.CONTACT)
