"""`partyctl plan`: what a branch adopts at the start of a year."""

from datetime import date
from typing import Annotated

import typer

from partyctl.cli import here
from partyctl.cli.answers import acknowledge
from partyctl.cli.dates import read_past_day, read_year, today
from partyctl.cli.group import noun
from partyctl.cli.options import DATE, AsJson, AsOf, Number, On, Reason
from partyctl.cli.showing import History, show_record
from partyctl.language import say
from partyctl.ledger import lists
from partyctl.show.records import label
from partyctl.show.tables import Line, print_json, print_table
from partyctl.terms import Noun, PlanKind, read_term

app = noun("年度计划", "Plans for a year")


def read_kind(text: str) -> PlanKind:
    """A kind of plan as typed."""
    return read_term(PlanKind, text, of=say("计划", "plan"))


@app.command(help=say("登记年度计划已制定", "Record that a plan was adopted"))
def adopt(
    kind: Annotated[
        PlanKind,
        typer.Argument(
            parser=read_kind,
            metavar="KIND",
            help=say("work、study 或 budget", "work, study, budget"),
        ),
    ],
    year: Annotated[
        int, typer.Argument(parser=read_year, metavar="YEAR", help=say("年度", "the year"))
    ],
    on: On = None,
    as_json: AsJson = False,
) -> None:
    """Record that a branch adopted its plan for a year."""
    with here.writing() as session:
        from partyctl.records import finding, plans

        branch = finding.branch(session, here.branch())
        plan = plans.adopt(session, kind, year, on or today(), branch)
    line = say(
        f"已登记{plan.year} 年{kind.chinese} #{plan.id}（{plan.adopted_on}）",
        f"Plan #{plan.id}: {kind} {plan.year}, adopted {plan.adopted_on}",
    )
    acknowledge(Noun.PLAN, plan.number, line, as_json=as_json)


@app.command(help=say("更正制定日期", "Correct the day of adoption"))
def edit(
    number: Number,
    on: Annotated[
        date, typer.Option(parser=read_past_day, metavar=DATE, help=say("制定日期", "the day"))
    ],
    as_json: AsJson = False,
) -> None:
    """Correct the day on which a plan was adopted."""
    with here.writing() as session:
        from partyctl.records import plans

        plans.edit(session, number, on)
    line = say(f"已更正计划 #{number}（{on}）", f"Plan #{number} corrected")
    acknowledge(Noun.PLAN, number, line, as_json=as_json)


@app.command(help=say("作废计划", "Void a plan"))
def void(number: Number, reason: Reason, as_json: AsJson = False) -> None:
    """Void a plan."""
    with here.writing() as session:
        from partyctl.records import plans

        plans.void_plan(session, number, reason)
    line = say(f"已作废计划 #{number}", f"Plan #{number} voided")
    acknowledge(Noun.PLAN, number, line, as_json=as_json)


@app.command(help=say("查看计划", "Show a plan"))
def show(
    number: Number, history: History = False, as_of: AsOf = None, as_json: AsJson = False
) -> None:
    """Show a plan."""
    show_record(Noun.PLAN, number, as_of, as_json=as_json, history=history)


@app.command("list", help=say("列出计划", "List the plans"))
def show_list(as_of: AsOf = None, as_json: AsJson = False) -> None:
    """List the plans."""
    with here.reading(as_of or today()) as reading:
        rows = lists.plans(reading.ledger, reading.on)
    if as_json:
        print_json(rows)
        return
    headings = ("#", say("计划", "plan"), say("年度", "year"), say("制定", "adopted"))
    lines = [
        Line((str(row["id"]), label("kind", row["kind"]), str(row["year"]), row["adopted_on"]))
        for row in rows
    ]
    print_table(headings, lines)
