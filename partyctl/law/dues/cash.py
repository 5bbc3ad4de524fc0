"""The cash that a branch received as dues and remitted, and the balance at the end of each month.

A remittance for a period before the ledger began is listed but does not change the balance, because
the ledger does not have the dues received for that period.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import accumulate

from partyctl.calendar import Period, month_of, months_between, period_named
from partyctl.light import NamedTuple


class Cash(NamedTuple):
    """The cash of one month in 分; `balance` is the amount at the end of the month."""

    month: str
    received: int
    remitted: int
    balance: int


class Movement(NamedTuple):
    """Money received (positive) or remitted (negative) on a day, in 分."""

    on: date
    amount: int


def counts(period: str, since: date) -> bool:
    """Whether a remittance changes the balance.

    A remittance for a period that ended before the ledger's start does not change the balance.
    """
    return period_named(period).last >= since


def opening(movements: Iterable[Movement], span: Period) -> int:
    """The balance at the start of the period `span`."""
    return sum(each.amount for each in movements if each.on < span.first)


def by_month(movements: Sequence[Movement], span: Period, on: date) -> list[Cash]:
    """The cash of each month in the period `span`. Months that begin after `on` are left out."""
    months = months_between(month_of(span.first), min(month_of(span.last), month_of(on)))
    came, went = dict.fromkeys(months, 0), dict.fromkeys(months, 0)
    for each in movements:
        if (month := month_of(each.on)) in came:
            (came if each.amount > 0 else went)[month] += abs(each.amount)
    left = accumulate((came[m] - went[m] for m in months), initial=opening(movements, span))
    balances = list(left)[1:]
    return [
        Cash(month, came[month], went[month], balance)
        for month, balance in zip(months, balances, strict=True)
    ]


def lowest_from(movements: Iterable[Movement], day: date) -> int:
    """The lowest balance at the end of the given day or of any later day."""
    of_day: dict[date, int] = {day: 0}
    for each in movements:
        of_day[each.on] = of_day.get(each.on, 0) + each.amount
    days = sorted(of_day)
    balances = dict(zip(days, accumulate(of_day[each] for each in days), strict=True))
    return min(balance for each, balance in balances.items() if each >= day)
