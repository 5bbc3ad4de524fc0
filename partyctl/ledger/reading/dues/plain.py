"""Each member's payments of dues as one line of text, to find members without open dues quickly.

A ledger of a thousand branches has two million payments, and nearly all are alike: the member paid
the assessed amount by the end of the month. SQLite can join a member's months and amounts into one
line ten times faster than the rules can be applied to each payment. `law.dues.book` then decides
whether the line covers all dues that the member owes.
"""

import sqlite3
from datetime import date

from partyctl.calendar import Period, month_of
from partyctl.light import TypedDict, cast

UNUSUAL_PAYMENTS = """
SELECT entry.member_id FROM dues_payment AS payment
CROSS JOIN dues_entry AS entry ON entry.id = payment.entry_id
WHERE (payment.payer <> 'self' OR payment.paid_on > payment.first_month || '-31')
"""
"""A query for members with an unusual payment: another person made it, or it was made after the
first month that it covers. The condition must be written exactly as in the partial index; otherwise
SQLite does not use the index."""

ALL_IN_ORDER = """
    AND (payment.consent_on IS NULL OR payment.paid_on >= :first
        OR payment.paid_on > date(payment.first_month || '-01', '+4 months', '-1 day'))
"""
"""A condition that leaves out payments that break no rule: the committee agreed to the payment, and
it was made before the months in question and at most three months late. If a rule was changed, this
condition cannot be used."""

UNUSUAL_ENTRIES = """
SELECT member_id FROM dues_entry WHERE voided_at IS NOT NULL OR act IN ('exemption', 'lapse')
"""

# The queries below must return the months in order. In any other order, `law.dues.book` could not
# use the lines, and all entries would be read one by one.
LINES = """
SELECT member.id,
    (SELECT group_concat(line.month, '') || ':' || group_concat(line.amount)
    FROM dues_payment_line AS line WHERE line.member_id = member.id AND line.month < ?),
    (SELECT group_concat(from_month || ' ' || amount)
    FROM dues_assessment AS assessed WHERE assessed.member_id = member.id)
FROM member WHERE member.branch_id = ?
"""

Lines = tuple[str | None, str | None]
"""A member's payments as one text, and the member's assessments as another text.

Payments: first all months, then all amounts (`2026-012026-02:7650,7650`). Assessments: first month
and amount of each (`2026-01 7650,2027-01 8000`).
"""


def unusual_members(
    ledger: sqlite3.Connection, before: Period, *, as_enacted: bool
) -> frozenset[int]:
    """The members with an entry that the lines of text cannot express, such as an exemption.

    `before`: the first month for which every member's payments are read as facts. `as_enacted`:
    whether no rule was changed.
    """
    payments = UNUSUAL_PAYMENTS + (ALL_IN_ORDER if as_enacted else "")
    found = ledger.execute(payments, {"first": before.first.isoformat()})
    every = (*found, *ledger.execute(UNUSUAL_ENTRIES))
    return frozenset(member for (member,) in every)


def dues_lines(ledger: sqlite3.Connection, branch: int, before_month: str) -> dict[int, Lines]:
    """For each member of a branch, the assessments, and the payments before a given month."""
    rows = ledger.execute(LINES, (before_month, branch))
    return {member: (paid, assessed) for member, paid, assessed in rows}


AHEAD = """
SELECT DISTINCT line.member_id FROM member
JOIN dues_payment_line AS line ON line.member_id = member.id AND line.month > :month
JOIN dues_payment AS payment ON payment.entry_id = line.entry_id AND payment.paid_on <= :day
WHERE member.branch_id = :branch
"""


def members_ahead(ledger: sqlite3.Connection, branch: int, day: date) -> frozenset[int]:
    """The members who by a day had paid for a month after this day."""
    values = {"branch": branch, "month": month_of(day), "day": str(day)}
    return frozenset(member for (member,) in ledger.execute(AHEAD, values))


class Assessed(TypedDict):
    """An assessment of a member, with the income on which the assessment is based."""

    entry: int
    member_id: int
    from_month: str
    category: str
    base: int | None
    amount: int


def assessments(ledger: sqlite3.Connection) -> list[Assessed]:
    """Every valid assessment, with the income on which the assessment is based.

    The caller must note in the journal that incomes were shown.
    """
    # Imported here, because `check` imports this module but never calls this function.
    from partyctl.ledger.reading.objects import objects

    found = objects(
        ledger,
        "SELECT entry.id AS entry, entry.member_id, line.from_month, line.category, line.base, "
        "line.amount FROM dues_entry AS entry "
        "JOIN dues_assessment AS line ON line.entry_id = entry.id "
        "WHERE entry.voided_at IS NULL ORDER BY entry.id",
    )
    return cast("list[Assessed]", found)
