"""`partyctl dues list` and `status`: the entries of the dues book, and the members' dues."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

import typer

from partyctl.bilingual import Told, many
from partyctl.calendar import months_between
from partyctl.cli.input.dates import read_month, read_year, today
from partyctl.cli.input.list_filters import MonthAndCell, in_cell
from partyctl.cli.input.option_groups import taking_options
from partyctl.cli.input.options import MONTH, NAME, AsJson, AsOf
from partyctl.cli.output.answers import tell
from partyctl.cli.output.to_file import to_file
from partyctl.cli.session import current
from partyctl.language import say
from partyctl.ledger.reading.dues.entries import dues_entries
from partyctl.ledger.reading.lookup import member_number
from partyctl.money import print_yuan
from partyctl.show.listing import BRANCH, ID, Column, field_column, print_list, without_branch
from partyctl.show.wording import label
from partyctl.terms import DuesAct

MemberName = Annotated[
    str | None, typer.Option("--member", metavar=NAME, help=say("只看这位党员", "this member only"))
]


COLUMNS = (
    ID,
    Column(Told("日期", "date"), "happened_on"),
    Column(Told("姓名", "name"), "member"),
    BRANCH,
    field_column("cell"),
    Column(
        Told("事项", "act"),
        lambda row: label("step" if row["step"] else "act", row["step"] or row["act"]),
    ),
    Column(
        Told("月份", "months"),
        lambda row: "–".join(dict.fromkeys(filter(None, (row["from_month"], row["to_month"])))),
    ),
    Column(
        Told("元", "YUAN"), lambda row: "" if row["amount"] is None else print_yuan(row["amount"])
    ),
)


@to_file("党费记录", "Dues entries")
@taking_options
def show_list(
    *,
    member: MemberName = None,
    of: MonthAndCell,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """List the records of the dues book; members' incomes are not shown."""
    with current.reading(as_of or today()) as reading:
        number = (
            member_number(reading.ledger, member, current.branch_meant(reading)) if member else None
        )
        branch = current.branch_number(reading)
        wanted = in_cell(reading, of.cell)
        rows = dues_entries(reading.ledger, reading.on, number, branch)
        several = len(reading.branches) > 1
    rows = [
        row
        for row in rows
        if (wanted is None or row["member_id"] in wanted) and of.month in (None, *_months(row))
    ]
    print_list(rows, without_branch(COLUMNS, several=several), as_json=as_json)
    if not as_json:
        tell(_total(rows, of.month))


def _months(row: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the months of a record; for an assessment, return only the first month."""
    if row["from_month"] is None:
        return ()
    return months_between(row["from_month"], row["to_month"] or row["from_month"])


def _total(rows: Sequence[Mapping[str, Any]], month: str | None) -> str:
    """Return a sentence with the number of listed payments and people, and the sum.

    If the user named a month, the sum covers only what was paid for that month.
    """
    payments = [row for row in rows if row["act"] == DuesAct.PAYMENT]
    people = len({row["member_id"] for row in payments})
    of_month = [each for row in payments for each in row["months"] if each["month"] == month]
    fen = sum(each["amount"] for each in (of_month if month else payments))
    for_month = say(f"，其中 {month} 的", f"; for {month}:") if month else say("，共", "; in total")
    return say(
        f"交费 {len(payments)} 笔，{people} 人{for_month} {print_yuan(fen)} 元",
        f"{many(len(payments), 'payment')} by {many(people, 'person')}{for_month} {print_yuan(fen)} yuan",
    )


@to_file("党费情况", "Dues")
def show_status(
    month: Annotated[
        str | None,
        typer.Option(parser=read_month, metavar=MONTH, help=say("只看这个月", "this month only")),
    ] = None,
    year: Annotated[
        int | None,
        typer.Option(parser=read_year, metavar="YEAR", help=say("只看这一年", "this year only")),
    ] = None,
    member: MemberName = None,
    unpaid: Annotated[
        bool, typer.Option("--unpaid", help=say("只列欠费的", "only those in arrears"))
    ] = False,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """Show the members' dues and payments."""
    from partyctl.cli.dues.status import Asked, answer

    answer(Asked(month, year, member, unpaid, as_of, as_json))
