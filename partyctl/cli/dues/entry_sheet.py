"""The entry sheet of a month's dues: members, their assessed dues, and payments for the month."""

from datetime import date
from sqlite3 import Connection

from partyctl.cli.sheets.filling import EntrySheet
from partyctl.language import say
from partyctl.ledger.reading import lists
from partyctl.papers.sheets.forms.dues import DUES
from partyctl.terms import Category, stored_term

FIELDS = ("number", "name", "category", "owed", "so_far", "paid", "paid_on", "by", "receipt")

OWED = """
SELECT assessment.member_id, assessment.amount FROM dues_assessment AS assessment
JOIN dues_entry AS entry ON entry.id = assessment.entry_id
WHERE entry.voided_at IS NULL AND assessment.from_month <= ?
ORDER BY assessment.from_month, assessment.entry_id
"""
PAID = """
SELECT line.member_id, sum(line.amount) FROM dues_payment_line AS line
JOIN dues_entry AS entry ON entry.id = line.entry_id
WHERE entry.voided_at IS NULL AND line.month = ? GROUP BY line.member_id
"""


def fill(ledger: Connection, what: str, on: date, branch: int | None) -> EntrySheet:
    """Fill the sheet with the members on the roll on the day `on`.

    Add each member's assessed dues, and payments recorded so far, for the month `what`.
    """
    owed = dict(ledger.execute(OWED, (what,)).fetchall())
    paid = dict(ledger.execute(PAID, (what,)).fetchall())
    rows = [
        {
            "number": row["id"],
            "name": row["name"],
            "category": stored_term(Category, row["category"]),
            "owed": owed.get(row["id"]),
            "so_far": paid.get(row["id"]),
        }
        for row in lists.members(ledger, on, branch)
    ]
    note = say(
        "填“实交”“交纳日期”两列；没交的空着。台账编号和姓名不要改。",
        "Fill in the amount and the day of each payment; leave the other rows empty.",
    )
    title = say(f"{what[:4]}年{int(what[5:])}月党费填报表", f"dues of {what}")
    return EntrySheet(DUES, what, title, FIELDS, rows, (note,))
