"""支部·七: what each member owes and paid for given months, and which months are unpaid."""

from collections.abc import Iterator, Mapping

from partyctl.calendar import Period, period_named, period_of
from partyctl.law.dues.book import DuesBook, books, ended, months_without, runs
from partyctl.law.engine.facts import ONE_DAY
from partyctl.law.engine.known import Known
from partyctl.light import NamedTuple


class Standing(NamedTuple):
    """One member's dues over some months, in 分. `owed` is None if a month owed has no assessment.

    `paid`: the amount paid for these months (已交), also for months that are not owed, such as
    arrears of a month before the ledger's start. `prepaid`: the amount paid for later months (预交).
    `received`: the money handed over (实收) in the given period or, if no period is given, on or
    before the day of the question.
    """

    id: int
    name: str
    owed: int | None
    paid: int
    unpaid_months: list[str]
    longest_unpaid_run: int
    underpaid_months: list[str]
    prepaid: int
    received: int


def standings(known: Known, span: Period | None, received: Mapping[int, int]) -> Iterator[Standing]:
    """Each member's dues for the period `span`. Members without dues or payments are left out.

    Payments are: payments for months of the period, payments made in the period (`received`), and
    payments in advance for later months. If `span` is None, every month that has ended is counted.
    `received`: the money received from each member, keyed by member number.
    """
    for book in books(known).values():
        months = _months(book, span)
        prepaid, not_owed = _prepaid(book, span), _paid_but_not_owed(book, span)
        money = received.get(book.subject.id, 0)
        if months or prepaid or not_owed or money:
            standing = _standing(book, months, prepaid, money, in_a_span=span is not None)
            yield standing._replace(paid=standing.paid + not_owed)


def _prepaid(book: DuesBook, span: Period | None) -> int:
    """The amount paid in advance, for months later than those that `_months` returns.

    Payments made after the day of the question, or after the period `span`, are not counted.
    """
    on = book.known.on
    if span is None:
        before = period_of("month", on).first
    elif span.kind == "month":
        before = span.shifted(1).first
    else:
        before = min(span.last + ONE_DAY, period_of("month", on).first)
    by = on if span is None else min(on, span.last)
    return sum(
        paid.amount
        for month, several in book.payments.items()
        for paid in several
        if paid.on <= by and period_named(month).first >= before
    )


def _paid_but_not_owed(book: DuesBook, span: Period | None) -> int:
    """The amount paid for months that `_months` leaves out because the member does not owe them."""
    names = tuple(
        month
        for month in sorted(book.payments)
        if not book.owes(month)
        and (span is None or span.first <= period_named(month).first <= span.last)
    )
    past = names if span and span.kind == "month" else ended(names, book.known.on)
    return sum(book.paid(month) for month in past)


def _months(book: DuesBook, span: Period | None) -> tuple[str, ...]:
    """The months of the period `span` that have ended and for which dues are owed.

    If `span` is a single month, this month is included even if it has not ended.
    """
    months = book.months
    if span is not None:
        months = tuple(
            month for month in months if span.first <= period_named(month).first <= span.last
        )
    return months if span and span.kind == "month" else ended(months, book.known.on)


def _standing(
    book: DuesBook, months: tuple[str, ...], prepaid: int, received: int, *, in_a_span: bool
) -> Standing:
    known = book.known
    long_paid = 0
    settled = known.settled.get(book.subject.id)
    if settled and not in_a_span:
        long_paid, months = settled.amount, months_without(months, settled.months)
    elif settled and not frozenset(settled.months).isdisjoint(months):
        raise ValueError("the payments for some months of the period were not read")
    owing = [month for month in months if month not in book.excused]
    amounts = [book.assessed(month) for month in owing]
    unpaid = [month for month in owing if not book.paid(month)]
    underpaid = [
        month
        for month, amount in zip(owing, amounts, strict=True)
        if amount is not None and 0 < book.paid(month) < amount
    ]
    assessed = [amount for amount in amounts if amount is not None]
    return Standing(
        book.subject.id,
        book.subject.proper_name,
        long_paid + sum(assessed) if len(assessed) == len(amounts) else None,
        long_paid + sum(book.paid(month) for month in months),
        unpaid,
        max((len(run) for run in runs(unpaid)), default=0),
        underpaid,
        prepaid,
        received,
    )
