"""Printing `partyctl dues status`."""

from datetime import date

from partyctl.calendar import period_named
from partyctl.cli.output.answers import tell
from partyctl.cli.session import current
from partyctl.contract.dues import DuesStatus
from partyctl.language import comma_list, say
from partyctl.law.dues.book import runs
from partyctl.law.dues.status import Standing, standings
from partyctl.ledger.reading.dues.received import received
from partyctl.ledger.reading.lookup import branches_named, member_number
from partyctl.ledger.views.sources import DUES
from partyctl.money import print_yuan
from partyctl.show.papers import printed_head
from partyctl.show.tables import Line, print_json, print_table


def print_status(
    span: str | None, *, member: str | None, only_unpaid: bool, as_of: date, as_json: bool
) -> None:
    """Each member's dues for a month, a year or the whole ledger, on a day."""
    with current.reading(as_of) as reading:
        number = (
            member_number(reading.ledger, member, current.branch_meant(reading)) if member else None
        )
        period = period_named(span) if span else None
        first, last = (period.first, min(period.last, as_of)) if period else (date.min, as_of)
        money = received(reading.ledger, first, last)
        found = [
            standing
            for branch in branches_named(reading.ledger, current.branch())
            for standing in standings(reading.known(branch, DUES), period, money)
        ]
        head = printed_head(reading.ledger)
    chosen = [
        each
        for each in found
        if number in (None, each.id)
        and not (only_unpaid and not each.unpaid_months and not each.underpaid_months)
    ]
    if as_json:
        print_json(_object(chosen, as_of))
    else:
        _print_lines(chosen)
        tell(head)


def _total(chosen: list[Standing]) -> int | None:
    """The total owed; unknown (not zero) if no amount is known."""
    known = [each.owed for each in chosen if each.owed is not None]
    return sum(known) if known or not chosen else None


def _object(chosen: list[Standing], as_of: date) -> DuesStatus:
    return {
        "as_of": as_of.isoformat(),
        "members": [
            {
                "id": each.id,
                "name": each.name,
                "owed": each.owed,
                "paid": each.paid,
                "unpaid_months": each.unpaid_months,
                "longest_unpaid_run": each.longest_unpaid_run,
                "underpaid_months": each.underpaid_months,
                "prepaid": each.prepaid,
                "received": each.received,
            }
            for each in chosen
        ],
        "totals": {
            "owed": _total(chosen),
            "paid": sum(each.paid for each in chosen),
            "prepaid": sum(each.prepaid for each in chosen),
            "received": sum(each.received for each in chosen),
            "unassessed": sum(each.owed is None for each in chosen),
        },
    }


def _print_lines(chosen: list[Standing]) -> None:
    headings = (
        "#",
        say("姓名", "name"),
        say("应交", "owed"),
        say("已交", "paid"),
        say("预交", "ahead"),
        say("实收", "received"),
        say("欠交月份", "unpaid"),
        say("未足额", "underpaid"),
    )
    lines = [
        Line(
            (
                str(each.id),
                each.name,
                _yuan(each.owed),
                print_yuan(each.paid),
                print_yuan(each.prepaid),
                print_yuan(each.received),
                _spans(each),
                comma_list(each.underpaid_months),
            ),
            "overdue" if each.unpaid_months else None,
        )
        for each in chosen
    ]
    sums = (sum(e.paid for e in chosen), sum(e.prepaid for e in chosen))
    money = sum(each.received for each in chosen)
    total = (say("合计", "total"), _yuan(_total(chosen)), *map(print_yuan, (*sums, money)))
    print_table(headings, [*lines, Line(("", *total, "", ""))])


def _yuan(fen: int | None) -> str:
    return say("未核定", "unassessed") if fen is None else print_yuan(fen)


def _spans(each: Standing) -> str:
    """The unpaid months; consecutive ones as from–to."""
    return comma_list(
        run[0] if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs(each.unpaid_months)
    )
