"""Read the entries of the dues book as plain objects, without members' incomes."""

import sqlite3
from datetime import date

from partyctl.ledger.reading.objects import OF_RECORDS, Object, objects, parts_of
from partyctl.light import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from partyctl.contract.dues import Dues

DUES = """
SELECT entry.id, entry.act, entry.member_id, member.name AS member,
    branch.name AS branch, cell.name AS cell,
    coalesce(payment.paid_on, exemption.decided_on, lapse.taken_on) AS happened_on,
    coalesce(assessment.from_month, payment.first_month, exemption.from_month) AS from_month,
    coalesce(payment.last_month, exemption.to_month) AS to_month,
    coalesce(assessment.amount, payment.amount) AS amount,
    assessment.category, coalesce(assessment.reason, exemption.reason) AS reason,
    payment.payer, payer.name AS paid_by, payment.consent_on, payment.consent_meeting_id,
    payment.receipt, payment.extra, exemption.approved_by, lapse.step, lapse.note,
    entry.recorded_at, entry.voided_at, entry.void_reason
FROM dues_entry AS entry JOIN member ON member.id = entry.member_id
JOIN branch ON branch.id = member.branch_id LEFT JOIN cell ON cell.id = member.cell_id
LEFT JOIN dues_assessment AS assessment ON assessment.entry_id = entry.id
LEFT JOIN dues_payment AS payment ON payment.entry_id = entry.id
LEFT JOIN dues_exemption AS exemption ON exemption.entry_id = entry.id
LEFT JOIN dues_lapse AS lapse ON lapse.entry_id = entry.id
LEFT JOIN member AS payer ON payer.id = payment.payer_id
"""
# Payment lines are stored by member, so these queries are faster if they name the members.
OF_THEIR_MEMBERS = f"IN (SELECT member_id FROM dues_entry WHERE id {OF_RECORDS})"
MONTHS = f"""
SELECT entry_id AS of, month, amount FROM dues_payment_line
WHERE member_id {OF_THEIR_MEMBERS} AND entry_id {OF_RECORDS} ORDER BY month
"""
CONSENTS = f"""
SELECT DISTINCT record_id AS of, consent_on FROM payment_fact
WHERE subject_id {OF_THEIR_MEMBERS} AND record_id {OF_RECORDS}
"""


def dues_entries(
    ledger: sqlite3.Connection, on: date, member_id: int | None = None, branch: int | None = None
) -> "list[Dues]":
    """The entries of the dues book on or before a day, and all assessments, without incomes.

    `member_id`, `branch`: return only the entries of this member or branch. The branch and the cell
    in an entry are the member's present branch and cell.
    """
    sql = f"""{DUES} WHERE entry.voided_at IS NULL
        AND (:member IS NULL OR entry.member_id = :member)
        AND (:branch IS NULL OR member.branch_id = :branch)
        AND coalesce(payment.paid_on, exemption.decided_on, lapse.taken_on, '') <= :on
    ORDER BY entry.id"""
    rows = objects(ledger, sql, {"member": member_id, "branch": branch, "on": on.isoformat()})
    return _whole(ledger, rows)


def dues_entry(ledger: sqlite3.Connection, number: int) -> "Dues | None":
    """The entry that has the given number, even if it was voided."""
    rows = objects(ledger, f"{DUES} WHERE entry.id = ?", (number,))
    return _whole(ledger, rows)[0] if rows else None


def _whole(ledger: sqlite3.Connection, rows: list[Object]) -> "list[Dues]":
    """The entries with the months of the payments, and the days of the consents."""
    parts, agreed = parts_of(ledger, {"months": MONTHS}, rows), _agreed_on(ledger, rows)
    return [cast("Dues", row | agreed.get(row["id"], {}) | parts[row["id"]]) for row in rows]


def _agreed_on(ledger: sqlite3.Connection, rows: list[Object]) -> dict[int, Object]:
    """The days of the consents that meetings gave, keyed by the number of the payment.

    The day of a consent is the day of its meeting, as in the view `payment_fact`. If the meeting
    was voided, the consent that the meeting gave is void too.
    """
    by_meeting = [row for row in rows if row["consent_meeting_id"] is not None]
    if not by_meeting:
        return {}
    found = parts_of(ledger, {"days": CONSENTS}, by_meeting)
    return {number: each["days"][0] for number, each in found.items() if each["days"]}
