"""Judge an amount for several months: it must equal the months' dues or recorded payments."""

from typing import TYPE_CHECKING

from partyctl.bilingual import Told
from partyctl.cli.sheets import judging
from partyctl.language import say
from partyctl.money import print_yuan
from partyctl.papers.sheets.lines import Entry, Problem

if TYPE_CHECKING:
    from sqlmodel import Session

    from partyctl.ledger.tables.people import Member


def named(months: tuple[str, ...]) -> str:
    """Return consecutive months as a user would type them, such as 2026-01..2026-06."""
    return f"{months[0]}..{months[-1]}"


def judged(
    session: "Session", entry: Entry, member: "Member", months: tuple[str, ...], amount: int
) -> judging.Judged | Problem:
    """Return whether a payment for several months is new or already recorded.

    If the amount cannot be divided among the months, return a problem.

    Raises Refused for months that `require_payable` refuses.
    """
    from partyctl.records.dues import payments
    from partyctl.records.dues.assessments import assessed_for
    from partyctl.records.dues.book import require_payable

    for month in months:
        require_payable(session, member, month)
    stored = {"name": member.name, "month": named(months), "paid": amount}
    owed = [assessed_for(session, member, month) for month in months]
    paid = [payments.paid_for(session, member, month) for month in months]
    if sum(paid) == amount and all(paid):
        return judging.Judged(entry, judging.State.SAME, None, stored)
    if any(paid) or None in owed or sum(each or 0 for each in owed) != amount:
        return _does_not_fit(entry, months, amount, owed, sum(paid))
    return judging.Judged(entry, judging.State.NEW, None, stored)


def _does_not_fit(
    entry: Entry, months: tuple[str, ...], amount: int, owed: list[int | None], paid: int
) -> Problem:
    """Return the problem for an amount that cannot be divided among the months.

    The problem's sentence gives each month's dues and the sum that is already paid.
    """
    working = "+".join(say("未核定", "?") if each is None else print_yuan(each) for each in owed)
    return judging.unclear(
        entry,
        entry.columns.get("paid", ""),
        print_yuan(amount),
        Told(
            f"{named(months)} 应交 {working}，已交 {print_yuan(paid)}，与 {print_yuan(amount)} "
            "元对不上，"
            "分不到各月；请逐月写",
            f"the dues of {named(months)} are {working}, and {print_yuan(paid)} is already "
            f"paid, so the amount {print_yuan(amount)} cannot be divided among the months; "
            "write each month separately",
        ),
        kind="several-months",
    )
