"""`partyctl plan`: yearly plans and their targets."""

from datetime import date
from typing import Annotated

import typer

from partyctl.bilingual import Told
from partyctl.cli.input.dates import read_year, today
from partyctl.cli.input.options import TEXT, AsJson, AsOf, Number, On, listed, past_day
from partyctl.cli.output.answers import acknowledge, acknowledge_correction
from partyctl.cli.output.record import add_show, add_void
from partyctl.cli.output.to_file import to_file
from partyctl.cli.plan.options import Due, NewDue, NewOwner, Owner
from partyctl.cli.session import current
from partyctl.cli.session.group import noun
from partyctl.cli.session.prompts import MissingFact, Question
from partyctl.language import say
from partyctl.ledger.reading import plans as plan_lists
from partyctl.show.listing import BRANCH, ID, Column, field_column, print_list
from partyctl.show.tables import bar
from partyctl.terms import Noun, PlanKind, read_term, told_of

app = noun("年度计划及其目标任务", "The plans of a year, and their targets")


def read_kind(text: str) -> PlanKind:
    """Parse a kind of plan."""
    return read_term(PlanKind, text, of=say("计划", "plan"))


Year = Annotated[
    int, typer.Argument(parser=read_year, metavar="YEAR", help=say("年度", "the year"))
]
Assign = Annotated[
    list[str] | None,
    typer.Option(
        metavar="ROLE=NAME",
        help=say(
            "谁承担哪项责任，可重复：secretary 第一责任人、person-in-charge 具体责任人、"
            "leader-in-charge 直接责任人",
            "who has which responsibility; may be repeated; ROLE is secretary, "
            "person-in-charge or leader-in-charge",
        ),
    ),
]
SetOn = Annotated[
    date | None,
    past_day(
        "--on",
        say(
            "提出日期（默认计划制定之日）",
            "the day the target was set (default: the day the plan was adopted)",
        ),
    ),
]
NewSetOn = Annotated[date | None, past_day("--on", say("提出日期", "the day the target was set"))]


@app.command(help=say("登记年度计划已制定", "Record that a plan was adopted"))
def adopt(
    kind: Annotated[
        PlanKind,
        typer.Argument(
            parser=read_kind,
            metavar="KIND",
            help=listed(PlanKind),
        ),
    ],
    year: Year,
    on: On = None,
    assign: Assign = None,
    as_json: AsJson = False,
) -> None:
    """Record that the leading group adopted a year's plan, or a branch adopted its study plan."""
    with current.writing() as session:
        from partyctl.records.plans import plans
        from partyctl.records.plans.roles import read_assignment

        assigned = [read_assignment(each) for each in assign or ()]
        plan = plans.adopt(
            session, kind, year, on or today(), branch=current.branch(), assigned=assigned
        )
    line = say(
        f"已登记 {plan.year} 年{kind.chinese} #{plan.id}（{plan.adopted_on}）",
        f"Plan #{plan.id}: {kind} {plan.year}, adopted {plan.adopted_on}",
    )
    acknowledge(Noun.PLAN, plan.number, line, as_json=as_json)


@app.command(
    help=say("登记年度工作安排中的一项目标任务", "Set a target in the work plan of a year")
)
def item(
    year: Year,
    text: Annotated[str, typer.Argument(metavar=TEXT, help=say("目标任务", "the target"))],
    owner: Owner,
    due: Due,
    on: SetOn = None,
    as_json: AsJson = False,
) -> None:
    """Set a target in the work plan of a year, with a person responsible and a deadline."""
    with current.writing() as session:
        from partyctl.records.plans import targets

        target = targets.add(session, year, text, owner, due_on=due, set_on=on)
    line = say(
        f"已登记任务 #{target.id} {target.target}（时限 {due}）",
        f"Target #{target.id}: {target.target}, by {due}",
    )
    acknowledge(Noun.PLAN_ITEM, target.number, line, as_json=as_json)


@app.command(help=say("登记目标任务已完成", "Record that a target was reached"))
def done(number: Number, on: On = None, as_json: AsJson = False) -> None:
    """Record that a target was reached."""
    with current.writing() as session:
        from partyctl.records.plans import targets

        target = targets.reach(session, number, on or today())
    line = say(
        f"已登记任务 #{number} {target.done_on} 完成", f"Target #{number} done {target.done_on}"
    )
    acknowledge(Noun.PLAN_ITEM, number, line, as_json=as_json)


@app.command(
    help=say("更正制定日期、责任主体", "Correct the day of adoption, or who is responsible")
)
def edit(
    number: Number,
    on: Annotated[
        date | None, past_day("--on", say("制定日期", "the day the plan was adopted"))
    ] = None,
    assign: Assign = None,
    as_json: AsJson = False,
) -> None:
    """Correct the day a plan was adopted, or the people responsible for the plan."""
    if on is None and not assign:
        raise MissingFact(Question("--on", say("制定日期", "the day the plan was adopted")))
    with current.correcting() as session:
        from partyctl.records.plans import plans
        from partyctl.records.plans.roles import read_assignment

        plan = plans.edit(session, number, on, [read_assignment(each) for each in assign or ()])
    line = say(f"已更正计划 #{number}（{plan.adopted_on}）", f"Plan #{number} corrected")
    acknowledge_correction(Noun.PLAN, number, line, as_json=as_json)


@app.command("item-edit", help=say("更正目标任务", "Correct a target"))
def edit_item(
    number: Number,
    text: Annotated[
        str | None, typer.Option(metavar=TEXT, help=say("目标任务", "the target"))
    ] = None,
    owner: NewOwner = None,
    due: NewDue = None,
    on: NewSetOn = None,
    not_done: Annotated[
        bool,
        typer.Option(
            "--not-done",
            help=say(
                "其实没有完成",
                "remove the day on which the target was reached: it was recorded by mistake",
            ),
        ),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Correct a target."""
    with current.correcting() as session:
        from partyctl.records.plans import targets

        said = targets.Correction(text=text, owner=owner, due_on=due, set_on=on, not_done=not_done)
        targets.edit(session, number, said)
    line = say(f"已更正任务 #{number}", f"Target #{number} corrected")
    acknowledge_correction(Noun.PLAN_ITEM, number, line, as_json=as_json)


add_void(app, Noun.PLAN_ITEM, "作废目标任务", "Void a target", command="item-void")


add_void(app, Noun.PLAN, "作废计划（连同目标任务）", "Void a plan and its targets")


add_show(app, Noun.PLAN, "查看计划、目标任务、责任主体", "Show a plan with its targets")


COLUMNS = (
    ID,
    Column(told_of(Noun.PLAN), "kind"),
    field_column("year"),
    field_column("adopted_on"),
    BRANCH,
    Column(Told("进度", "progress"), lambda row: bar(row["items_done"], row["items_total"])),
)
CARRIED_OVER = (
    ID,
    Column(Told("任务", "target"), "target"),
    field_column("year"),
    field_column("owner"),
    Column(Told("期限", "due"), "due_on"),
)
"""The columns of the list of open targets of earlier years."""


@app.command(
    "list",
    help=say(
        "列出计划、进度、以前年度结转的任务",
        "List the plans, their progress, and open targets of past years",
    ),
)
@to_file("年度计划", "Plans")
def show_list(
    year: Annotated[
        int | None,
        typer.Option(parser=read_year, metavar="YEAR", help=say("只列这一年", "this year only")),
    ] = None,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """List the plans with their progress.

    Without --branch and --json, also list the open targets of earlier years.
    """
    with current.reading(as_of or today()) as reading:
        branch = current.branch_number(reading)
        rows = plan_lists.plans(reading.ledger, reading.on, branch, year)
        since = year or reading.on.year
        left = [] if branch else plan_lists.carried_over(reading.ledger, reading.on, since)
    print_list(rows, COLUMNS, as_json=as_json)
    if left and not as_json:
        typer.echo()
        title = say(f"结转到 {since} 年的任务", f"Carried over to {since}")
        print_list(left, CARRIED_OVER, as_json=False, title=title)
