"""支部·七: whose dues are owed for which months, and what was paid for them.

A member owes a month if on the roll on its first day; one admitted here from the month of the
vote; one who moved in from the month after the one that the letter states; one who left until the
month stated, else the month of leaving. No month is owed that began before the ledger did.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property, lru_cache
from typing import NamedTuple

from partyctl.calendar import Period, month_of, months_between, period_named, period_of
from partyctl.law.facts import ONE_DAY, Fact, Known, Spell, Subject, what
from partyctl.terms import DuesAct, Noun

PAYMENT = what(DuesAct.PAYMENT)
ASSESSMENT = what(DuesAct.ASSESSMENT)
EXEMPTION = what(DuesAct.EXEMPTION)
LAPSE = what(DuesAct.LAPSE)


class Paid(NamedTuple):
    """What was paid for a month on a day, in 分, by which record."""

    on: date
    amount: int
    fact: Fact


class DuesBook:
    """One member's page of the dues book, as known on a day."""

    def __init__(self, subject: Subject, spells: list[Spell], known: Known) -> None:
        self.subject = subject
        self.known = known
        self.spells = spells
        self.payments: dict[str, list[Paid]] = defaultdict(list)
        for fact in self._facts(PAYMENT):
            self.payments[str(fact.period)].append(Paid(fact.on, fact.amount or 0, fact))
        self.excused: dict[str, Fact] = {}
        for fact in self._facts(EXEMPTION):
            for month in months_between(str(fact.period), str(fact.until)):
                self.excused.setdefault(month, fact)
        self.assessments = sorted(
            (str(fact.period), fact.record_id, fact.amount or 0) for fact in self._facts(ASSESSMENT)
        )

    def _facts(self, kind: str) -> list[Fact]:
        return self.known.about.get((kind, Noun.MEMBER, self.subject.id), [])

    @cached_property
    def months(self) -> tuple[str, ...]:
        """The months owed that have begun, oldest first."""
        return tuple(
            month
            for spell in self.spells
            for month in months_owed(spell, self.known.since, self.known.on)
        )

    def assessed(self, month: str) -> int | None:
        """The amount of a month in 分: the last assessment holds until the next; None if none."""
        amount = None
        for start, _, fen in self.assessments:
            if start > month:
                break
            amount = fen
        return amount

    def paid(self, month: str) -> int:
        """What has been paid for a month, in 分."""
        return sum(each.amount for each in self.payments.get(month, ()))

    def lapse_steps(self, step: str) -> list[Fact]:
        """The records of a step of the lapse procedure, oldest first."""
        return [fact for fact in self._facts(LAPSE) if fact.step == step]


def months_owed(spell: Spell, since: date, on: date) -> tuple[str, ...]:
    """The months that one spell on the roll makes owed and that have begun by a day."""
    first = max(first_month(spell), first_whole_month(since))
    return months_between(first, min(last_month(spell), month_of(on)))


def first_month(spell: Spell) -> str:
    """The first month that a spell on the roll makes owed, wherever the ledger starts."""
    if spell.paid_to:
        return period_named(spell.paid_to).shifted(1).name
    if spell.from_on is None:
        return month_of(date.min)
    return month_of(spell.from_on) if spell.admitted else first_whole_month(spell.from_on)


def last_month(spell: Spell) -> str:
    """The last month that a spell on the roll makes owed; the last there is while it goes on."""
    if spell.to_on is None:
        return FOREVER
    return spell.leaves_to or month_of(spell.to_on + ONE_DAY)


FOREVER = "9999-11"
"""A month that no ledger reaches; the calendar ends soon after."""


@lru_cache(maxsize=4096)
def first_whole_month(day: date) -> str:
    """The first month that begins on or after a day."""
    month = period_of("month", day)
    return month.name if month.first == day else month.shifted(1).name


@lru_cache(maxsize=1)
def books(known: Known) -> tuple[DuesBook, ...]:
    """The dues book of every member who was ever on the roll; opened once for all rules."""
    members = known.in_role("member").items()
    return tuple(DuesBook(subject, spells, known) for subject, spells in members)


def settled(
    spells: Iterable[Spell],
    runs_paid: Mapping[int, tuple[str, str, int]],
    known_since: tuple[date, date],
    before: Period,
) -> frozenset[int]:
    """The members of whose dues nothing before a month can be open.

    `runs_paid` are, by member, the first and last month that were paid in time, in person and in
    full, and how many; `known_since` the ledger's start and the day that is asked for.
    """
    found: set[int] = set()
    for spell in spells:
        if spell.role != "member" or spell.subject_id not in runs_paid:
            continue
        owed = [month for month in months_owed(spell, *known_since) if month < before.name]
        first, last, count = runs_paid[spell.subject_id]
        without_gap = count == len(months_between(first, last))
        if not owed or (without_gap and first <= owed[0] and owed[-1] <= last):
            found.add(spell.subject_id)
    return frozenset(found)


def ended(months: tuple[str, ...], on: date) -> tuple[str, ...]:
    """Those of the months that had ended before a day."""
    return tuple(month for month in months if period_named(month).last < on)


def follows(month: str, next_month: str) -> bool:
    """Whether a month comes directly after another."""
    return period_named(month).shifted(1).name == next_month


def runs(months: list[str]) -> list[list[str]]:
    """Months in order, cut into runs of months that follow each other."""
    found: list[list[str]] = []
    for month in months:
        if found and follows(found[-1][-1], month):
            found[-1].append(month)
        else:
            found.append([month])
    return found
