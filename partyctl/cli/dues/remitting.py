"""`partyctl dues remit` and `dues book`: remittances to the superior, and the balance."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

import typer

from partyctl.calendar import Period, period_of
from partyctl.cli.input.dates import read_period, today
from partyctl.cli.input.options import Amount, AsJson, AsOf, On
from partyctl.cli.output.answers import acknowledge, tell
from partyctl.cli.output.to_file import to_file
from partyctl.cli.session import current
from partyctl.cli.session.reading import Reading
from partyctl.language import say
from partyctl.law.dues.cash import by_month, counts, opening
from partyctl.ledger.reading.bodies import Branch
from partyctl.ledger.reading.dues import remittances as lists
from partyctl.ledger.reading.lookup import branches_named
from partyctl.money import print_yuan
from partyctl.show.tables import Line, print_json, print_table
from partyctl.terms import Noun

Object = dict[str, Any]
OfPeriod = Annotated[
    Period,
    typer.Argument(
        parser=read_period,
        metavar="2026-Q1",
        help=say(
            "哪一期的党费：月、季度、半年或年",
            "the period for which the dues were paid: a month, quarter, half-year or year",
        ),
    ),
]
To = Annotated[
    str | None,
    typer.Option(
        "--to", metavar="ORG", help=say("上缴给谁", "the organisation that received the dues")
    ),
]
Receipt = Annotated[
    str | None, typer.Option("--receipt", metavar="NO", help=say("收据号", "the receipt's number"))
]
Span = Annotated[
    Period | None,
    typer.Option(
        "--period",
        parser=read_period,
        metavar="2026",
        help=say("看哪一期（默认今年）", "the period (default: this year)"),
    ),
]


def remit(
    period: OfPeriod,
    amount: Amount,
    on: On = None,
    to: To = None,
    receipt: Receipt = None,
    as_json: AsJson = False,
) -> None:
    """Record dues that the branch remitted to its superior."""
    with current.writing() as session:
        from partyctl.records.dues import remittances

        said = remittances.HandedOn(
            period=period, amount=amount, remitted_on=on or today(), to=to, receipt=receipt
        )
        row = remittances.remit(session, said, current.branch())
    yuan, receiver = print_yuan(row.amount), f" {row.remitted_to}" if row.remitted_to else ""
    line = say(
        f"已登记上缴党费 #{row.id} {row.remitted_on}{receiver} {row.period} {yuan} 元",
        f"Remittance #{row.id} {row.remitted_on}{receiver}: {yuan} for {row.period}",
    )
    acknowledge(Noun.REMITTANCE, row.number, line, as_json=as_json)


@to_file("党费收缴账", "Cash of the dues")
def book(period: Span = None, as_of: AsOf = None, as_json: AsJson = False) -> None:
    """Show for each month the dues received, the dues remitted, and the balance."""
    with current.reading(as_of or today()) as reading:
        span = period or period_of("year", reading.on)
        branches = branches_named(reading.ledger, current.branch())
        found = [_book(reading, branch, span) for branch in branches]
    if as_json:
        print_json({"as_of": str(reading.on), "period": span.name, "branches": found})
        return
    for each in found:
        _print(each, span, reading.on)


def _book(reading: Reading, branch: Branch, span: Period) -> Object:
    """Return the dues that a branch received and remitted in each month, and a list of remittances.

    All amounts are in 分.
    """
    since = reading.organ.since
    moved = lists.movements(reading.ledger, branch.id, since, reading.on)
    months = by_month(moved, span, reading.on)
    handed_on = [
        row | {"counted": counts(row["period"], since)}
        for row in lists.remittances(reading.ledger, branch.id, reading.on)
        if span.first <= date.fromisoformat(row["remitted_on"]) <= span.last
    ]
    before = opening(moved, span)
    return {
        "branch": branch.name,
        "opening": before,
        "received": sum(each.received for each in months),
        "remitted": sum(each.remitted for each in months),
        "balance": months[-1].balance if months else before,
        "months": [each._asdict() for each in months],
        "remittances": handed_on,
    }


def _print(found: Mapping[str, Any], span: Period, on: date) -> None:
    """Print the opening balance, one row per month and a total, then print each remittance."""
    headings = (
        say("月份", "month"),
        say("收到", "received"),
        say("上缴", "handed on"),
        say("结存", "balance"),
    )
    title = say(f"党费收缴 {span} · {found['branch']}", f"Dues {span} · {found['branch']}")
    first = Line((say("上期结存", "before"), "", "", print_yuan(found["opening"])))
    lines = [Line((each["month"], *_amounts(each)), _tone(each)) for each in found["months"]]
    print_table(headings, [first, *lines, Line((say("合计", "total"), *_amounts(found)))], title)
    for row in found["remittances"]:
        tell(_handed_on(row))


def _amounts(row: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(print_yuan(row[name]) for name in ("received", "remitted", "balance"))


def _tone(row: Mapping[str, Any]) -> str | None:
    return "overdue" if row["balance"] < 0 else None


def _handed_on(row: Mapping[str, Any]) -> str:
    receiver = f" {row['remitted_to']}" if row["remitted_to"] else ""
    receipt = say(f" 收据 {row['receipt']}", f" receipt {row['receipt']}") if row["receipt"] else ""
    aside = "" if row["counted"] else say("（建账前收的，不计）", " (received before the ledger)")
    yuan = print_yuan(row["amount"])
    return say(
        f"上缴 #{row['id']} {row['remitted_on']}{receiver} {row['period']} {yuan} "
        f"元{receipt}{aside}",
        f"#{row['id']} {row['remitted_on']}{receiver} {yuan} for {row['period']}{receipt}{aside}",
    )
