"""Read the dues that a branch received and remitted; amounts are in 分."""

import sqlite3
from datetime import date

from partyctl.law.dues.cash import Movement, counts
from partyctl.ledger.reading.objects import objects
from partyctl.light import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from partyctl.contract.dues import Remittance

REMITTANCES = """
SELECT item.id, branch.name AS branch, item.branch_id, item.period, item.amount,
    item.remitted_on, item.remitted_to, item.receipt,
    item.recorded_at, item.voided_at, item.void_reason
FROM dues_remittance AS item JOIN branch ON branch.id = item.branch_id
"""
RECEIVED = """
SELECT payment.paid_on, sum(payment.amount) FROM dues_payment AS payment
JOIN dues_entry AS entry ON entry.id = payment.entry_id
JOIN member ON member.id = entry.member_id
WHERE member.branch_id = ? AND entry.voided_at IS NULL AND payment.paid_on <= ?
GROUP BY payment.paid_on ORDER BY payment.paid_on
"""


def remittances(ledger: sqlite3.Connection, branch: int, on: date) -> "list[Remittance]":
    """A branch's remittances on or before a day, oldest first."""
    return cast(
        "list[Remittance]",
        objects(
            ledger,
            f"{REMITTANCES} WHERE item.voided_at IS NULL AND item.branch_id = ? "
            "AND item.remitted_on <= ? ORDER BY item.remitted_on, item.id",
            (branch, on.isoformat()),
        ),
    )


def remittance(ledger: sqlite3.Connection, number: int) -> "Remittance | None":
    """The remittance that has the given number, even if it was voided."""
    found = objects(ledger, f"{REMITTANCES} WHERE item.id = ?", (number,))
    return cast("Remittance | None", found[0] if found else None)


def movements(
    ledger: sqlite3.Connection, branch: int, since: date, on: date = date.max
) -> list[Movement]:
    """All receipts (summed per day) and remittances of a branch on or before a day.

    `since`: the ledger's first day. Remittances for periods that ended earlier are left out.
    """
    came = ledger.execute(RECEIVED, (branch, on.isoformat())).fetchall()
    went = [
        (row["remitted_on"], -row["amount"])
        for row in remittances(ledger, branch, on)
        if counts(row["period"], since)
    ]
    return [Movement(date.fromisoformat(day), amount) for day, amount in (*came, *went)]
