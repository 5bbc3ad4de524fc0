"""`partyctl dues list`: the entries of the dues book."""

from typing import Annotated, Any

import typer

from partyctl.cli.input.dates import today
from partyctl.cli.input.options import NAME, YUAN, AsJson, AsOf
from partyctl.cli.output.to_file import to_file
from partyctl.cli.session import current
from partyctl.language import say
from partyctl.ledger.reading import lists
from partyctl.ledger.reading.facts import member_number
from partyctl.money import print_yuan
from partyctl.show.tables import Line, print_json, print_table
from partyctl.show.wording import label

MemberName = Annotated[
    str | None, typer.Option("--member", metavar=NAME, help=say("只看这位党员", "this member only"))
]


@to_file("党费记录", "Dues entries")
def show_list(member: MemberName = None, as_of: AsOf = None, as_json: AsJson = False) -> None:
    """List the entries of the dues book, without incomes."""
    with current.reading(as_of or today()) as reading:
        number = (
            member_number(reading.ledger, member, current.branch_meant(reading)) if member else None
        )
        branch = current.branch_number(reading)
        rows = lists.dues_entries(reading.ledger, reading.on, number, branch)
    if as_json:
        print_json(rows)
        return
    headings = ("#", say("日期", "date"), NAME, say("事项", "act"), say("月份", "months"), YUAN)
    print_table(headings, [_line(row) for row in rows])


def _line(row: dict[str, Any]) -> Line:
    act = label("step", row["step"]) if row["step"] else label("act", row["act"])
    months = "–".join(dict.fromkeys(filter(None, (row["from_month"], row["to_month"]))))
    amount = "" if row["amount"] is None else print_yuan(row["amount"])
    return Line((str(row["id"]), row["happened_on"] or "", row["member"], act, months, amount))
