"""Each member's payments of dues as one line of text, to find members without open dues quickly.

A ledger of a thousand branches has two million payments, and nearly all are alike: the member paid
the assessed amount by the end of the month. SQLite can join a member's months and amounts into one
line ten times faster than the rules can be applied to each payment. `law.dues.settled` then
compares the line with the dues that the member owes.
"""

import sqlite3
from datetime import date

from partyctl.calendar import Period, month_of
from partyctl.light import TYPE_CHECKING, TypedDict, cast

if TYPE_CHECKING:
    from partyctl.law.dues.settled import Lines, Unusual

UNUSUAL = """
SELECT entry.member_id, payment.first_month, payment.last_month,
    :as_enacted AND payment.consent_on IS NOT NULL AND payment.consent_meeting_id IS NULL
    AND payment.paid_on < :first
    AND payment.paid_on <= date(payment.first_month || '-01', '+4 months', '-1 day')
FROM dues_payment AS payment CROSS JOIN dues_entry AS entry ON entry.id = payment.entry_id
WHERE payment.payer <> 'self' OR payment.paid_on > payment.first_month || '-31'
"""
"""A query for unusual payments: those that another person made, and those made after the first
month that they cover. The last column says whether it is certain that no rule objects to a payment:
no rule was changed, the committee consented, and the payment was made before the day `:first` and
at most three months after the first month that it covers. The last line of the query must be
written exactly as in the partial index; otherwise SQLite does not use the index."""

EXEMPT = """
SELECT entry.member_id, exemption.from_month, exemption.to_month
FROM dues_exemption AS exemption CROSS JOIN dues_entry AS entry ON entry.id = exemption.entry_id
"""

VOIDED = "SELECT DISTINCT member_id FROM dues_entry WHERE voided_at IS NOT NULL"

# The queries below must return the months in order. In any other order, `law.dues.settled` could not
# use the lines, and all entries would be read one by one.
LINES = """
SELECT member.id,
    (SELECT group_concat(line.month, '') || ':' || group_concat(line.amount)
    FROM dues_payment_line AS line WHERE line.member_id = member.id AND line.month < ?),
    (SELECT group_concat(from_month || ' ' || amount)
    FROM dues_assessment AS assessed WHERE assessed.member_id = member.id)
FROM member WHERE member.branch_id = ?
"""

EVERY_MONTH = ("0000-00", "9999-99", False)


def unusual_payments(
    ledger: sqlite3.Connection, before: Period, *, as_enacted: bool
) -> "dict[int, list[Unusual]]":
    """Each member's unusual payments: first and last month, and whether they surely obey the rules.

    The result is keyed by member. It is needed because the lines of text (`dues_lines`) do not show
    who paid, or when. Exempt months are listed too, because the lines do not show that nothing is
    owed for these months. If an entry of a member was voided, all months of this member count as
    unusual. `before`: the first month for which every member's payments are read as facts.
    `as_enacted`: whether all rules are unchanged.
    """
    found = {member: [EVERY_MONTH] for (member,) in ledger.execute(VOIDED)}
    values = {"first": before.first.isoformat(), "as_enacted": as_enacted}
    for member, first, last, agreed in ledger.execute(UNUSUAL, values):
        found.setdefault(member, []).append((first, last, bool(agreed)))
    for member, first, last in ledger.execute(EXEMPT):
        found.setdefault(member, []).append((first, last, False))
    return found


def dues_lines(ledger: sqlite3.Connection, branch: int, before_month: str) -> "dict[int, Lines]":
    """Each member's assessments and payments, even if voided.

    Payments are read only for months before `before_month`.
    """
    rows = ledger.execute(LINES, (before_month, branch))
    return {member: (paid, assessed) for member, paid, assessed in rows}


AHEAD = """
SELECT DISTINCT line.member_id FROM member
JOIN dues_payment_line AS line ON line.member_id = member.id AND line.month > :month
JOIN dues_payment AS payment ON payment.entry_id = line.entry_id AND payment.paid_on <= :day
WHERE member.branch_id = :branch
"""


def members_ahead(ledger: sqlite3.Connection, branch: int, day: date) -> frozenset[int]:
    """The members who, on or before `day`, paid dues for a later month; voided payments count."""
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
