"""Who owes a recurring duty, and for which periods.

A body (such as a branch, the leading group or a contact point) owes the duty for a period if the
body exists on the due day, and if the due day is not before the ledger's start. A person owes the
duty for a period if the due day is not before the ledger's start, and if the person has the role on
the period's last day, and on at least half of the period's days.
"""

from collections.abc import Callable, Iterable, Iterator
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
    """Decides who owes a duty, and for which periods."""

    noun = Noun.MEMBER
    """The kind of subject that owes the duty."""

    def periods(self, known: Known, kind: str, due: Due) -> Iterator[Owed]:
        """Return, for each subject, the periods for which the subject owes the duty.

        Periods that begin after the day of `known` are left out.
        """
        raise TypeError("Owing is a base class: use an attribute of Each")


class Body(Owing):
    """A body (such as a branch or a cell) owes the duty while it exists."""

    role: str
    noun: Noun

    def periods(self, known: Known, kind: str, due: Due) -> Iterator[Owed]:
        """Every period for which a body owes the duty.

        The body must exist on the period's due day, and this day must not be before the ledger's start.
        """
        for subject, spells in known.in_role(self.role).items():
            start = max(known.since, min(spell.from_on or date.min for spell in spells))
            opened = calendar.periods_within(kind, start, known.on)
            if any(spell.to_on for spell in spells):
                owed = [
                    period
                    for period in opened
                    if (day := due(period)) >= start and any(spell.covers(day) for spell in spells)
                ]
            else:  # the body still exists, so there is no end to check
                owed = _due_since(start, opened, due)
            yield subject, owed


class Person(Owing):
    """A person owes the duty while having a role, such as member, leading cadre or activist."""

    role: str
    noun: Noun = Noun.MEMBER

    def periods(self, known: Known, kind: str, due: Due) -> Iterator[Owed]:
        """Every period in which a person had the role for long enough to owe the duty.

        Periods that were due before the ledger's start are left out.
        """
        for subject, spells in known.in_role(self.role).items():
            days = tuple((spell.from_on, spell.to_on) for spell in spells)
            served = _served(kind, known.since, known.on, days)
            yield subject, _due_since(known.since, served, due)


def _due_since(start: date, periods: Iterable[Period], due: Due) -> list[Period]:
    """The periods whose due day is on or after the day `start`."""
    # The periods are in the order of their due days, so only the first ones can be due before
    # `start`.
    return [*dropwhile(lambda period: due(period) < start, periods)]


Days = tuple[date | None, date | None]
"""The first and last day of a period in a role, both included; None means no limit."""


@lru_cache(maxsize=4096)
def _served(kind: str, since: date, on: date, days: tuple[Days, ...]) -> tuple[Period, ...]:
    """The periods in which somebody had a role for long enough to owe the duties of that role.

    The result is cached, because `days` is the same for most people.
    """
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
    """The usual kinds of bodies and people that owe a recurring duty."""

    BRANCH = Body("branch", Noun.BRANCH)
    BRANCH_WITH_COMMITTEE = Body("branch-with-committee", Noun.BRANCH)
    CELL = Body("cell", Noun.CELL)
    LEADER = Person("leader")
    MEMBER = Person("member")
    ORGAN = Body("organ", Noun.ORGAN)
    CONTACT = Body("contact", Noun.CONTACT)
