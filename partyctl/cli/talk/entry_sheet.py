"""The entry sheet of talks: one row for each member on the roll."""

from datetime import date
from sqlite3 import Connection

from partyctl.cli.sheets.filling import EntrySheet
from partyctl.language import say
from partyctl.ledger.reading import lists
from partyctl.papers.sheets.forms.talks import TALKS

FIELDS = ("number", "name", "talker", "held_on", "place", "theme", "note", "follow_up", "due")


def fill(ledger: Connection, what: str, on: date, branch: int | None) -> EntrySheet:
    """Write the number and name of each member on the roll; leave all other columns empty."""
    rows = [
        {"number": row["id"], "name": [row["name"]]} for row in lists.members(ledger, on, branch)
    ]
    note = say(
        "一行记一次谈话：填谈话人和谈话日期；没有谈的空着，多谈几次的另起一行（编号也写）。",
        "Write one line for each talk: the people and the day; leave the other lines empty; "
        "for a second talk, add a line with the ID.",
    )
    return EntrySheet(TALKS, what, say("谈心谈话填报表", "talks"), FIELDS, rows, (note,))
