"""`partyctl check`: what is owed, overdue and in breach, under which clause, and what mends it."""

import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Annotated

import typer
from typer import _click as click
from typer.core import TyperCommand

from partyctl.calendar import Period, period_named, period_of
from partyctl.cli import here
from partyctl.cli.dates import read_month, today
from partyctl.cli.group import verb
from partyctl.cli.options import MONTH, AsJson, AsOf
from partyctl.language import say
from partyctl.law.catalogue import CATALOGUE, rule_named
from partyctl.law.obligations import falls_in, is_carried_over, is_wrong, obligations
from partyctl.law.rule import EVERYTHING, ONLY_OPEN, Obligation, Rule, Wanted
from partyctl.ledger.reader import Reading, branches_named
from partyctl.show.obligations import Item
from partyctl.terms import Noun, Status, read_term

RUNNING = "running"
SOON = timedelta(days=7)
FOUND = 3

app = verb()


class MonthMayStandAlone(TyperCommand):
    """`--month` without a value means the running month."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Give a bare --month its value."""
        filled = []
        for place, arg in enumerate(args):
            filled.append(arg)
            is_last = place + 1 == len(args)
            if arg == "--month" and (is_last or args[place + 1].startswith("-")):
                filled.append(RUNNING)
        return super().parse_args(ctx, filled)


def read_area(text: str) -> Noun:
    """The part of the regulation's work that is asked about, by its command."""
    return read_term(Noun, text, of=say("范围", "area"))


def read_running_month(text: str) -> str:
    """A month, or the running one."""
    return text if text == RUNNING else read_month(text)


@app.command(
    cls=MonthMayStandAlone,
    help=say(
        "查应办、逾期和不合规事项；有逾期或不合规时退出码为 3",
        "What is owed, overdue and in breach; exit code 3 if anything is",
    ),
)
def check(
    month: Annotated[
        str | None,
        typer.Option(
            parser=read_running_month,
            metavar=f"[{MONTH}]",
            help=say("这个月的记分板；不写月份即本月", "the scoreboard of a month"),
        ),
    ] = None,
    as_of: AsOf = None,
    everything: Annotated[
        bool, typer.Option("--all", help=say("连已完成的也列出", "list what is settled too"))
    ] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help=say("提示也算", "advice counts as well"))
    ] = False,
    area: Annotated[
        Noun | None,
        typer.Option(parser=read_area, metavar="NOUN", help=say("只查一类", "one noun only")),
    ] = None,
    rule: Annotated[
        str | None, typer.Option(metavar="ID", help=say("只查一条规则", "one rule only"))
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show what is owed, and leave with 3 if something is overdue or in breach."""
    on = as_of or today()
    asked = period_of("month", on) if month == RUNNING else month and period_named(month)
    rules = [rule_named(rule)] if rule else list(CATALOGUE)
    chosen = [each for each in rules if area in (None, each.area)]
    with here.reading(on) as reading:
        if as_json:
            wrong = _print_json(reading, chosen, asked or None, strict=strict)
        else:
            wrong = _print_table(
                reading, chosen, asked or None, strict=strict, everything=everything
            )
    raise typer.Exit(FOUND if wrong else 0)


def found(
    reading: Reading, rules: list[Rule], month: Period | None, wanted: Wanted
) -> Iterator[Item]:
    """The obligations of every branch asked for; of a month: its own, and those left behind."""
    for branch in branches_named(reading.ledger, here.branch()):
        for obligation in obligations(rules, reading.known(branch), wanted):
            if month is None or falls_in(obligation, month):
                yield Item(obligation, branch.name, carried_over=False)
            elif is_carried_over(obligation, month):
                yield Item(obligation, branch.name, carried_over=True)


def _print_json(reading: Reading, rules: list[Rule], month: Period | None, *, strict: bool) -> bool:
    from partyctl.show.obligations import as_json
    from partyctl.show.tables import json_text

    wanted = Wanted(month.first, month.last) if month else EVERYTHING
    counts: Counter[Status] = Counter()
    lines, wrong = [], False
    for item in found(reading, rules, month, wanted):
        wrong = wrong or is_wrong(item.obligation, strict=strict)
        if not item.carried_over:
            counts[item.obligation.status] += 1
        lines.append(as_json(item, reading.on))
    head = {
        "as_of": reading.on.isoformat(),
        "month": month and month.name,
        "ok": not wrong,
        "summary": {status.value: counts[status] for status in SUMMARY},
    }
    sys.stdout.write(json_text(head)[:-1] + ', "obligations": [')
    sys.stdout.write(",\n".join(lines))
    sys.stdout.write("]}\n")
    return wrong


SUMMARY = (
    *(Status.MET, Status.LATE, Status.DUE, Status.OVERDUE),
    *(Status.BREACH, Status.ADVISED, Status.WAIVED),
)


def _print_table(
    reading: Reading, rules: list[Rule], month: Period | None, *, strict: bool, everything: bool
) -> bool:
    from partyctl.show.scoreboard import print_scoreboard

    wanted = ONLY_OPEN
    if month or everything:
        wanted = Wanted(month.first, month.last) if month else EVERYTHING
    items = list(found(reading, rules, month, wanted))
    wrong = any(is_wrong(item.obligation, strict=strict) for item in items)
    if not month and not everything:
        items = [item for item in items if is_pressing(item.obligation, reading.on)]
    branches = branches_named(reading.ledger, here.branch())
    names = branches[0].name if len(branches) == 1 else reading.organ.name
    heading = " · ".join(filter(None, (reading.on.isoformat(), names, month and month.name)))
    print_scoreboard(items, reading.on, heading, everything=everything, branches=len(branches))
    return wrong


def is_pressing(obligation: Obligation, on: date) -> bool:
    """Whether something is wrong, or due within the running month or the next seven days."""
    if obligation.status is not Status.DUE or obligation.due is None:
        return obligation.is_open
    return obligation.due <= max(period_of("month", on).last, on + SOON)
