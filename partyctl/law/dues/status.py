"""支部·七: what each member owed and paid over a span of months, and who is behind."""

from collections.abc import Iterator
from typing import NamedTuple

from partyctl.calendar import Period, period_named
from partyctl.law.dues.book import DuesBook, books, ended, runs
from partyctl.law.engine.known import Known


class Standing(NamedTuple):
    """One member's dues over some months; amounts in 分, `owed` None where never assessed."""

    id: int
    name: str
    owed: int | None
    paid: int
    unpaid_months: list[str]
    longest_unpaid_run: int
    underpaid_months: list[str]


def standings(known: Known, span: Period | None) -> Iterator[Standing]:
    """Every member who owed a month of the span; without one, of all that have ended."""
    for book in books(known).values():
        months = _months(book, span)
        if months:
            yield _standing(book, months)


def _months(book: DuesBook, span: Period | None) -> tuple[str, ...]:
    """The months ended before the day; a single month that is asked for counts at once."""
    months = book.months
    if span is not None:
        months = tuple(
            month for month in months if span.first <= period_named(month).first <= span.last
        )
    return months if span and span.kind == "month" else ended(months, book.known.on)


def _standing(book: DuesBook, months: tuple[str, ...]) -> Standing:
    owing = [month for month in months if month not in book.excused]
    amounts = [book.assessed(month) for month in owing]
    unpaid = [month for month in owing if not book.paid(month)]
    underpaid = [
        month
        for month, amount in zip(owing, amounts, strict=True)
        if amount is not None and 0 < book.paid(month) < amount
    ]
    known = [amount for amount in amounts if amount is not None]
    return Standing(
        book.subject.id,
        book.subject.name,
        sum(known) if len(known) == len(amounts) else None,
        sum(book.paid(month) for month in months),
        unpaid,
        max((len(run) for run in runs(unpaid)), default=0),
        underpaid,
    )
