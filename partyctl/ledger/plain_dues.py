"""Which months of dues were paid plainly, so that nothing about them need be looked at again.

On a ledger of a thousand branches there are two million payments, and all but a few are alike:
made in their month or before, by the member, of at least the amount assessed. SQL finds those as
runs of months a hundred times faster than the law could judge them; whether a run covers all that
a member owed is for the law to say (`law.dues_book.settled`).
"""

import sqlite3

UNUSUAL_PAYMENTS = """
SELECT DISTINCT entry.member_id FROM dues_payment AS payment
CROSS JOIN dues_entry AS entry ON entry.id = payment.entry_id
WHERE payment.payer <> 'self' OR payment.paid_on > payment.first_month || '-31'
"""

UNUSUAL_ENTRIES = """
SELECT DISTINCT member_id FROM dues_entry
WHERE voided_at IS NOT NULL OR act IN ('exemption', 'lapse')
"""

RUNS = """
WITH span AS MATERIALIZED (
    SELECT member_id, from_month, amount, lead(from_month, 1, '9999-12') OVER (
        PARTITION BY member_id ORDER BY from_month, entry_id) AS until
    FROM dues_assessment
)
SELECT span.member_id, count(DISTINCT line.month), min(line.month), max(line.month)
FROM span CROSS JOIN dues_payment_line AS line
    ON line.member_id = span.member_id AND line.month >= span.from_month
    AND line.month < span.until AND line.month < ? AND line.amount >= span.amount
GROUP BY span.member_id
"""


def plain_runs(ledger: sqlite3.Connection, before_month: str) -> dict[int, tuple[str, str, int]]:
    """For each member whose entries are all plain: first and last month paid, and how many."""
    unusual = {member for (member,) in ledger.execute(UNUSUAL_PAYMENTS)}
    unusual |= {member for (member,) in ledger.execute(UNUSUAL_ENTRIES)}
    return {
        member: (first, last, count)
        for member, count, first, last in ledger.execute(RUNS, (before_month,))
        if member not in unusual
    }
