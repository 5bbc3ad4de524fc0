"""The money received for dues, counted on the day on which it was handed over."""

import sqlite3
from datetime import date

RECEIVED = """
SELECT entry.member_id, sum(payment.amount) FROM dues_payment AS payment
JOIN dues_entry AS entry ON entry.id = payment.entry_id
WHERE entry.voided_at IS NULL AND payment.paid_on BETWEEN ? AND ? GROUP BY entry.member_id
"""


def received(ledger: sqlite3.Connection, first: date, last: date) -> dict[int, int]:
    """The money received from each member between two days, both included, in 分 (实收)."""
    return dict(ledger.execute(RECEIVED, (first.isoformat(), last.isoformat())).fetchall())
