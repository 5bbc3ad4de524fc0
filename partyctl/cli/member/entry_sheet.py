"""The entry sheet of the roll: members with their recorded values, but without private numbers."""

from collections.abc import Mapping
from datetime import date
from sqlite3 import Connection
from typing import Any

from partyctl.cli.sheets.filling import EntrySheet
from partyctl.language import say
from partyctl.ledger.reading import lists
from partyctl.papers.sheets.forms.roster import ROSTER
from partyctl.terms import Category, Gender, stored_term

FIELDS = (
    "number",
    "name",
    "joined_on",
    "full_on",
    "probationary",
    "on_roll_from",
    "branch",
    "cell",
    "posts",
    "leader",
    "gender",
    "birth_on",
    "category",
    "id_number",
    "phone",
)


def fill(ledger: Connection, what: str, on: date, branch: int | None) -> EntrySheet:
    """Fill the sheet with the members on the roll, of one branch or of all branches."""
    rows = []
    for row in lists.members(ledger, on, branch):
        recorded: Mapping[str, Any] = row
        kept = {name: recorded[name] for name in FIELDS if name in recorded}
        rows.append(
            kept
            | {
                "number": row["id"],
                "posts": lists.posts_on(row, on),
                "gender": row["gender"] and stored_term(Gender, row["gender"]),
                "category": stored_term(Category, row["category"]),
                # Identity number and telephone are left empty. A full number may be shown only if
                # the user gives a reason, and a masked number could be imported as if it were
                # complete.
                "id_number": None,
                "phone": None,
            }
        )
    note = say(
        "台账编号和姓名不要改；身份证号、电话不填出，填了就登记；新来的人编号空着，写在下面。",
        "Do not change IDs or names. The cells of identity numbers and telephone numbers "
        "are left empty: fill in a cell only to add or change the number. Add newcomers "
        "below, without an ID.",
    )
    return EntrySheet(
        ROSTER, what, say("党员填报表", "members"), FIELDS, rows, (note,), opens_empty=True
    )
