"""What was paid for dues, a line of text a member, to see at a glance that nothing is open.

On a ledger of a thousand branches there are two million payments, and all but a few are alike:
made in their month or before, by the member, of the amount assessed. SQLite writes each member's
months and amounts into one line ten times faster than the law could judge them; whether the line
is the one that pays all that was owed is for the law to say (`law.dues_book.settled`).
"""

import sqlite3

from partyctl.ledger.reading.objects import Object, objects

UNUSUAL_PAYMENTS = """
SELECT entry.member_id FROM dues_payment AS payment
CROSS JOIN dues_entry AS entry ON entry.id = payment.entry_id
WHERE payment.payer <> 'self' OR payment.paid_on > payment.first_month || '-31'
"""
"""In the words of the partial index, which SQLite uses for no others."""

UNUSUAL_ENTRIES = """
SELECT member_id FROM dues_entry WHERE voided_at IS NOT NULL OR act IN ('exemption', 'lapse')
"""

# Should SQLite ever take the rows in another order, the line fits nobody and all is read.
LINES = """
SELECT member.id,
    (SELECT group_concat(line.month, '') || ':' || group_concat(line.amount)
    FROM dues_payment_line AS line WHERE line.member_id = member.id AND line.month < ?),
    (SELECT group_concat(from_month || ' ' || amount)
    FROM dues_assessment AS assessed WHERE assessed.member_id = member.id)
FROM member WHERE member.branch_id = ?
"""

Lines = tuple[str | None, str | None]
"""What somebody paid, 2026-012026-02:7650,7650, and what was assessed, 2026-01 7650,2027-01 8000."""


def unusual_members(ledger: sqlite3.Connection) -> frozenset[int]:
    """The members with any entry that the law looks at twice."""
    every = (*ledger.execute(UNUSUAL_PAYMENTS), *ledger.execute(UNUSUAL_ENTRIES))
    return frozenset(member for (member,) in every)


def dues_lines(ledger: sqlite3.Connection, branch: int, before_month: str) -> dict[int, Lines]:
    """What each member of a branch paid for the months before one, and was assessed."""
    rows = ledger.execute(LINES, (before_month, branch))
    return {member: (paid, assessed) for member, paid, assessed in rows}


def assessments(ledger: sqlite3.Connection) -> list[Object]:
    """Every assessment that stands, with its base: who shows them has the journal say so."""
    return objects(
        ledger,
        "SELECT entry.id AS entry, entry.member_id, line.from_month, line.category, line.base, "
        "line.amount FROM dues_entry AS entry "
        "JOIN dues_assessment AS line ON line.entry_id = entry.id "
        "WHERE entry.voided_at IS NULL ORDER BY entry.id",
    )
