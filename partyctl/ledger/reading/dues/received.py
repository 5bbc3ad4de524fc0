"""The money received for dues, counted on the day on which it was handed over."""

import sqlite3
from datetime import date

RECEIVED = """
SELECT entry.member_id, sum(payment.amount) FROM dues_payment AS payment
JOIN dues_entry AS entry ON entry.id = payment.entry_id
WHERE entry.voided_at IS NULL AND payment.paid_on BETWEEN ? AND ? GROUP BY entry.member_id
"""

VOLUNTARY = """
SELECT coalesce(sum(payment.extra), 0) FROM dues_payment AS payment
JOIN dues_entry AS entry ON entry.id = payment.entry_id
JOIN member ON member.id = entry.member_id
WHERE member.branch_id = ? AND entry.voided_at IS NULL AND payment.paid_on BETWEEN ? AND ?
"""


def received(ledger: sqlite3.Connection, first: date, last: date) -> dict[int, int]:
    """The money received from each member between two days, both included, in 分 (实收)."""
    return dict(ledger.execute(RECEIVED, (first.isoformat(), last.isoformat())).fetchall())


def voluntary(ledger: sqlite3.Connection, branch: int, first: date, last: date) -> int:
    """The voluntary extra payments to a branch between two days, both included, in 分 (自愿多交)."""
    values = (branch, first.isoformat(), last.isoformat())
    return int(ledger.execute(VOLUNTARY, values).fetchone()[0])
