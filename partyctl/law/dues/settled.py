"""支部·七: find the months for which each member paid exactly the dues owed.

The payments and the assessments of each member are given as two lines of text, because reading all
records would take longer.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache

from partyctl.calendar import Period
from partyctl.law.dues.book import months_before, months_owed
from partyctl.law.engine.facts import Spell
from partyctl.law.engine.past import Settled
from partyctl.light import NamedTuple

Lines = tuple[str | None, str | None]
"""Two texts: one lists a member's payments, and the other lists the member's assessments.

Payments: first all months, then all amounts (`2026-012026-02:7650,7650`). Assessments: the first
month and the amount of each (`2026-01 7650,2027-01 8000`).
"""


Unusual = tuple[str, str, bool]
"""An entry that the two texts do not fully describe: its first month, its last month, and whether
it is certain that no rule objects to the entry. Such entries are exemptions, and payments that were
late or that another person made. If an entry of a member was voided, all months of this member are
listed as one such entry."""


def settled(
    spells: Iterable[Spell],
    lines: Mapping[int, Lines],
    unusual: Mapping[int, Sequence[Unusual]],
    known_on: tuple[date, date],
    before: Period,
) -> dict[int, Settled]:
    """For each member, the months before the month `before` that the member paid plainly.

    The class `Settled` says what "paid plainly" means.

    `known_on` is a pair: the ledger's start, and the day of the question.
    """
    found = {}
    for member, months in _owed(spells, known_on, before).items():
        paid, assessed = lines[member]
        odd = unusual.get(member, ())
        expected = _plain(months, assessed) if months and assessed else None
        is_paid = not (months or paid) if expected is None else paid == expected.line
        if is_paid and all(agreed for _, _, agreed in odd):
            found[member] = Settled(months, expected.amount if expected else 0, complete=True)
        elif paid and assessed:
            found[member] = _in_part(months, paid, assessed, odd)
    return found


def _owed(
    spells: Iterable[Spell], known_on: tuple[date, date], before: Period
) -> dict[int, tuple[str, ...]]:
    """For each member, the months before the month `before` for which the member owes dues."""
    found: dict[int, tuple[str, ...]] = {}
    for spell in spells:
        if spell.role == "member":
            months = months_before(months_owed(spell, *known_on), before.name)
            others = found.get(spell.subject_id)
            found[spell.subject_id] = others + months if others else months
    return found


def _in_part(months: tuple[str, ...], paid: str, assessed: str, odd: Sequence[Unusual]) -> Settled:
    """The months that were paid plainly, for a member who did not pay all of `months` plainly."""
    names, _, amounts = paid.partition(":")
    paid_for = [names[place : place + 7] for place in range(0, len(names), 7)]
    due: dict[str, str] = {}
    for amount, start, end in _spans(months, assessed):
        due |= dict.fromkeys(months[start:end], amount)
    plain = {
        month: int(amount)
        for month, amount in zip(paid_for, amounts.split(","), strict=True)
        if due.get(month) == amount
    }
    if len({*paid_for}) < len(paid_for):
        payments = Counter(paid_for)
        plain = {month: amount for month, amount in plain.items() if payments[month] == 1}
    for first, last, _ in odd:
        plain = {m: amount for m, amount in plain.items() if not first <= m <= last}
    return Settled(tuple(plain), sum(plain.values()), complete=False)


class PaidPlainly(NamedTuple):
    """Payments that exactly match the assessments: their text (`line`) and their sum (`amount`)."""

    line: str
    amount: int


@lru_cache(maxsize=4096)
def _plain(months: tuple[str, ...], assessed: str) -> PaidPlainly:
    """Return the text and the sum for a member who paid exactly the assessed amounts."""
    owed = [(amount, last - first) for amount, first, last in _spans(months, assessed)]
    line = "".join(f"{amount}," * count for amount, count in owed)
    return PaidPlainly(
        f"{_joined(months)}:{line[:-1]}", sum(int(amount) * count for amount, count in owed)
    )


def _spans(months: tuple[str, ...], assessed: str) -> list[tuple[str, int, int]]:
    """Return each assessed amount as text, with the slice of `months` for which it is owed."""
    amounts = [each.split(" ") for each in assessed.split(",")]
    places = [*(bisect_left(months, start) for start, _ in amounts), len(months)]
    return [
        (amount, first, last)
        for (_, amount), first, last in zip(amounts, places, places[1:], strict=False)
    ]


@lru_cache(maxsize=1024)
def _joined(months: tuple[str, ...]) -> str:
    return "".join(months)
