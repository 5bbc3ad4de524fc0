"""支部·七: for which months each member owes dues, and what was paid for them.

A member owes dues for each month on whose first day the member is on the roll. For a member
admitted here, dues begin with the month of the vote. For a member who transferred in, the incoming
letter names the last paid month, and dues begin with the next month. For a member who transferred
out, the outgoing letter names the last paid month, and dues end with this month. Without an
outgoing letter, the month of leaving is the last month for which dues are owed. No dues are owed
for months that began before the ledger's start.
"""

from bisect import bisect_left
from collections.abc import Mapping
from datetime import date
from functools import cached_property, lru_cache
from itertools import chain

from partyctl.calendar import month_of, months_between, period_named, period_of
from partyctl.law.engine.facts import ONE_DAY, Fact, Spell, Subject, what
from partyctl.law.engine.known import Known
from partyctl.law.engine.values import Exemption, LapseAct, Payment
from partyctl.light import NamedTuple
from partyctl.terms import DuesAct, Noun

PAYMENT = what(DuesAct.PAYMENT)
ASSESSMENT = what(DuesAct.ASSESSMENT)
EXEMPTION = what(DuesAct.EXEMPTION)
LAPSE = what(DuesAct.LAPSE)


class Paid(NamedTuple):
    """A payment for one month: the day, the amount in 分, and the record."""

    on: date
    amount: int
    fact: Fact[Payment]


class DuesBook:
    """One member's page of the dues book, as known on a day."""

    def __init__(self, subject: Subject, spells: list[Spell], known: Known) -> None:
        self.subject = subject
        self.known = known
        self.spells = spells

    @cached_property
    def payments(self) -> dict[str, list[Paid]]:
        """The payments for each month, oldest first."""
        found: dict[str, list[Paid]] = {}
        for fact in self._facts(PAYMENT):
            paid = Paid(fact.on, fact.of.amount, fact)
            found.setdefault(str(fact.period), []).append(paid)
        return found

    @cached_property
    def excused(self) -> dict[str, Fact[Exemption]]:
        """The months without dues, each with the first decision that exempts it."""
        return self.known.excused(EXEMPTION, self.subject)

    @cached_property
    def assessments(self) -> list[tuple[str, int, int]]:
        """The first month of each assessment, with the number of its record and the amount."""
        return sorted(
            (str(fact.period), fact.record_id, fact.of.amount) for fact in self._facts(ASSESSMENT)
        )

    def _facts(self, kind: str) -> list[Fact]:
        return self.known.about.get((kind, Noun.MEMBER, self.subject.id), [])

    @cached_property
    def months(self) -> tuple[str, ...]:
        """The months that have begun and for which dues are owed, oldest first."""
        since, on = self.known.since, self.known.on
        owed = [months_owed(spell, since, on) for spell in self.spells]
        return owed[0] if len(owed) == 1 else tuple(chain.from_iterable(owed))

    @cached_property
    def months_read(self) -> tuple[str, ...]:
        """The months for which dues are owed, except the months in `Known.settled`.

        The payments for the months in `Known.settled` were not read.
        """
        settled = self.known.settled.get(self.subject.id)
        return months_without(self.months, settled.months) if settled else self.months

    def owes(self, month: str) -> bool:
        """Whether dues are owed for a month; the month may lie in the future."""
        return any(first <= month <= last for first, last in self._spans)

    @cached_property
    def _spans(self) -> list[tuple[str, str]]:
        """The first and the last month of each period for which dues are owed."""
        start = first_whole_month(self.known.since)
        return [(max(first_month(spell), start), last_month(spell)) for spell in self.spells]

    def assessed(self, month: str) -> int | None:
        """The amount assessed for a month in 分, or None if no assessment applies to the month.

        The latest assessment that starts in or before the month applies, even to an exempt month.
        """
        amount = None
        for start, _, fen in self.assessments:
            if start > month:
                break
            amount = fen
        return amount

    def paid(self, month: str) -> int:
        """The amount paid for a month, in 分."""
        return sum(each.amount for each in self.payments.get(month, ()))

    @property
    def lapses(self) -> list[Fact[LapseAct]]:
        """The steps of all lapse procedures against the member, oldest first."""
        return self._facts(LAPSE)


def months_owed(spell: Spell, since: date, on: date) -> tuple[str, ...]:
    """The months for which dues are owed in one period on the roll, up to the month of the day `on`."""
    first = max(first_month(spell), first_whole_month(since))
    return months_between(first, min(last_month(spell), month_of(on)))


def first_month(spell: Spell) -> str:
    """The first month for which a member owes dues, in one of the member's periods on the roll.

    The month that is returned can be before the ledger's start.
    """
    if spell.paid_to:
        return period_named(spell.paid_to).shifted(1).name
    if spell.from_on is None:
        return month_of(date.min)
    return month_of(spell.from_on) if spell.admitted else first_whole_month(spell.from_on)


def last_month(spell: Spell) -> str:
    """The last month for which dues are owed in a period on the roll.

    The result is FOREVER while the period continues.
    """
    if spell.to_on is None:
        return FOREVER
    return spell.leaves_to or month_of(spell.to_on + ONE_DAY)


FOREVER = "9999-11"
"""Stands for the last month while no end is known. It is later than any month in a ledger, and the
month after it still exists in Python's calendar."""


@lru_cache(maxsize=4096)
def first_whole_month(day: date) -> str:
    """The first month that begins on or after a day."""
    month = period_of("month", day)
    return month.name if month.first == day else month.shifted(1).name


@lru_cache(maxsize=1)
def books(known: Known) -> Mapping[int, DuesBook]:
    """The dues book of every member who was ever on the roll. The books are built once for all rules."""
    members = known.in_role("member").items()
    return {subject.id: DuesBook(subject, spells, known) for subject, spells in members}


def months_before(months: tuple[str, ...], month: str) -> tuple[str, ...]:
    """From a sorted list of months, return the months before `month`."""
    return months[: bisect_left(months, month)]


def months_without(months: tuple[str, ...], others: tuple[str, ...]) -> tuple[str, ...]:
    """From a sorted list of months, return those that are not in another sorted list."""
    if months[: len(others)] == others:  # nearly always
        return months[len(others) :]
    left_out = frozenset(others)
    return tuple(month for month in months if month not in left_out)


def ended(months: tuple[str, ...], on: date) -> tuple[str, ...]:
    """From a sorted list of months, return those that had ended before a day."""
    return months_before(months, month_of(on))


def follows(month: str, next_month: str) -> bool:
    """Whether `next_month` comes directly after `month`."""
    return period_named(month).shifted(1).name == next_month


def runs(months: list[str]) -> list[list[str]]:
    """Split a sorted list of months into series of consecutive months."""
    found: list[list[str]] = []
    for month in months:
        if found and follows(found[-1][-1], month):
            found[-1].append(month)
        else:
            found.append([month])
    return found
