"""Values for the dues register, the list of assessments and the public notice (支部·七)."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from partyctl.calendar import Period, months_between, period_named, period_of
from partyctl.language import comma_list, say
from partyctl.law.dues.book import DuesBook, ended
from partyctl.law.dues.tariff import is_fixed, rate_of
from partyctl.light import NamedTuple
from partyctl.papers.forms.registers import numbered
from partyctl.terms import Category, stored_term

Object = dict[str, Any]


class Assessment(NamedTuple):
    """A member's assessment: number in the dues book, first month, category, base, amount (分)."""

    entry: int
    from_month: str
    category: str
    base: int | None
    amount: int

    @property
    def rate(self) -> str:
        """Return the rate in the form that papers use, such as 1.5%.

        Return 定额 for a fixed amount, and a dash if the base was erased.
        """
        if self.is_erased:
            return "—"
        share = rate_of(stored_term(Category, self.category), self.base, self.from_month)
        return say("定额", "fixed") if share is None else f"{share // 100}.{share % 100 // 10}%"

    @property
    def is_erased(self) -> bool:
        """Return whether the base was erased: it is missing, although the amount depends on it."""
        category = stored_term(Category, self.category)
        return self.base is None and not is_fixed(category, self.from_month)


class DuesLine(NamedTuple):
    """A member's line in the register; amounts are in 分.

    `months`: the amounts paid for January to December; None for a month without a payment. `owed`:
    the amount owed for the months that have ended; None if one of these months was never assessed.
    `late`: the sum of the payments that were made after the end of the month that they pay for.
    """

    name: str
    assessment: Assessment | None
    months: tuple[int | None, ...]
    owed: int | None
    late: int

    @property
    def paid(self) -> int:
        """Return the total paid for the twelve months."""
        return sum(each or 0 for each in self.months)


def year_lines(
    books: Sequence[DuesBook], assessments: Mapping[int, Sequence[Assessment]], year: Period
) -> Iterator[DuesLine]:
    """Yield a line for each member who owed or paid dues for a month of the year."""
    names = months_between(f"{year.first.year}-01", f"{year.first.year}-12")
    for book in books:
        owed = [month for month in book.months if month in names]
        paid = [book.paid(month) if book.payments.get(month) else None for month in names]
        if owed or any(paid):
            yield DuesLine(
                book.subject.proper_name,
                in_force(assessments.get(book.subject.id, ()), names[-1]),
                tuple(paid),
                _owed(book, owed),
                sum(_late(book, month) for month in names),
            )


def in_force(assessments: Sequence[Assessment], month: str) -> Assessment | None:
    """Return the assessment that applies to the month, or None."""
    known = [each for each in assessments if each.from_month <= month]
    return max(known, key=lambda each: (each.from_month, each.entry), default=None)


def _owed(book: DuesBook, months: Sequence[str]) -> int | None:
    """Return the amount owed for the months that have ended, as `dues status` computes it.

    Return None if one of these months was never assessed.
    """
    owing = [m for m in ended(tuple(months), book.known.on) if m not in book.excused]
    amounts = [book.assessed(month) for month in owing]
    known = [amount for amount in amounts if amount is not None]
    return sum(known) if len(known) == len(amounts) else None


def _late(book: DuesBook, month: str) -> int:
    last = period_named(month).last
    return sum(each.amount for each in book.payments.get(month, ()) if each.on > last)


def ahead(books: Sequence[DuesBook], year: Period) -> int:
    """Add up the payments for months of the year that have not ended.

    `dues status` does not include these payments in the amount paid (已交), but shows them as
    payments in advance (预交).
    """
    on = books[0].known.on if books else year.first
    running = max(period_of("month", on).name, f"{year.first.year}-01")
    if running > f"{year.first.year}-12":
        return 0
    months = months_between(running, f"{year.first.year}-12")
    return sum(book.paid(month) for book in books for month in months)


class Cash(NamedTuple):
    """Sums in 分 that explain why a year's register and the money received in the year differ.

    The register contains the payments for the months of the year, even if they were received before
    or after the year. It contains neither voluntary surpluses nor payments for other years.
    """

    received: int
    """All money received in the year, no matter for which months it was paid (实收)."""
    voluntary: int
    """Money received in the year that was paid voluntarily above the dues (自愿多交)."""
    came_outside: int
    """Money for months of the year, received before or after the year."""
    for_others: int
    """Money for months of other years, received in the year."""


def cash(books: Sequence[DuesBook], year: Period, received: int, voluntary: int) -> Cash:
    """Return the sums of `Cash` for a year, added up over all members.

    `received` and `voluntary` are known from the ledger; the other sums are added up from the books.
    """
    outside = others = 0
    for book in books:
        for month, several in book.payments.items():
            is_ours = month.startswith(f"{year.first.year}-")
            for paid in several:
                came = year.first <= paid.on <= year.last
                outside += paid.amount if is_ours and not came else 0
                others += paid.amount if came and not is_ours else 0
    return Cash(received, voluntary, outside, others)


def notice_rows(books: Sequence[DuesBook], period: Period) -> list[Object]:
    """Return the rows of the public notice: member, months and amount, but not the income base."""
    names = months_between(period.first.isoformat()[:7], period.last.isoformat()[:7])
    rows = []
    for book in books:
        paid = [month for month in names if book.paid(month)]
        if paid or any(month in names for month in book.months):
            total = sum(book.paid(month) for month in paid)
            rows.append({"姓名": book.subject.proper_name, "月份": comma_list(paid), "实交": total})
    return numbered(rows)
