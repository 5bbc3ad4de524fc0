"""`partyctl check`: open duties, overdue duties and breaches, each with its clause and remedy."""

from typing import Annotated

import typer
from typer.core import TyperCommand

from partyctl.calendar import Period
from partyctl.cli.check.answering import (
    Asked,
    answer,
    read_area,
    read_arrangement,
    read_running_month,
    with_running_month,
)
from partyctl.cli.input.dates import read_period, today
from partyctl.cli.input.options import MONTH, TITLE, AsJson, AsOf
from partyctl.cli.input.useless import refuse_beside
from partyctl.cli.output.to_file import to_file
from partyctl.cli.session.context import Context
from partyctl.cli.session.group import verb
from partyctl.cli.session.prompts import MissingFact, Question
from partyctl.language import say
from partyctl.law.catalogue import rule_named
from partyctl.law.engine.rule import Rule
from partyctl.terms import Arrangement, Noun

app = verb()


class MonthMayStandAlone(TyperCommand):
    """A command that accepts --month without a value: the month of the day asked about."""

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:  # type: ignore[override]  # Typer has its own Context
        """If --month has no value, insert the word RUNNING before Typer parses the arguments."""
        return super().parse_args(ctx, with_running_month(args))


@app.command(
    cls=MonthMayStandAlone,
    help=say(
        "查应办、逾期和不合规事项；有逾期或不合规时退出码为 3",
        "Show open and overdue duties and breaches; exit code 3 if anything is overdue or in "
        "breach",
    ),
)
@to_file("应办、逾期和不合规事项", "Open and overdue duties and breaches")
def check(
    month: Annotated[
        str | None,
        typer.Option(
            parser=read_running_month,
            metavar=f"[{MONTH}]",
            help=say(
                "某月的记分板；不写月份即本月",
                "show the scoreboard of a month (without a value: of this month)",
            ),
        ),
    ] = None,
    as_of: AsOf = None,
    everything: Annotated[
        bool,
        typer.Option("--all", help=say("连已完成的也列出", "also list settled duties")),
    ] = False,
    strict: Annotated[
        bool,
        typer.Option(
            "--strict",
            help=say("提示也算，影响退出码", "exit with 3 even if only advised duties are not met"),
        ),
    ] = False,
    area: Annotated[
        Noun | None,
        typer.Option(parser=read_area, metavar="NOUN", help=say("只查一类", "one noun only")),
    ] = None,
    rule: Annotated[
        str | None, typer.Option(metavar="ID", help=say("只查一条规则", "one rule only"))
    ] = None,
    explain: Annotated[
        Rule | None,
        typer.Option(
            parser=rule_named,
            metavar="ID",
            help=say(
                "说明一条规则为什么这样判断", "explain how the duties under a rule were judged"
            ),
        ),
    ] = None,
    subject: Annotated[
        str | None,
        typer.Option(
            metavar=f"{TITLE}|NOUN#ID",
            help=say(
                "与 --explain 同用：只说明这个人或这条记录的",
                "with --explain: only for this person or record",
            ),
        ),
    ] = None,
    period: Annotated[
        Period | None,
        typer.Option(
            parser=read_period,
            metavar="2026|2026-H1|2026-Q1|2026-03",
            help=say(
                "一年、半年、季度、月的记分板；与 --explain 同用时只说明这一期",
                "a scoreboard of a year, half-year, quarter or month; with --explain: only this "
                "period",
            ),
        ),
    ] = None,
    by: Annotated[
        Arrangement | None,
        typer.Option(
            parser=read_arrangement,
            metavar="chapter|status",
            help=say(
                "按章节或按状态排列（记分板按章节，平时按状态）",
                "group by chapter or by status (default: scoreboards by chapter, other lists by "
                "status)",
            ),
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Print or explain the duties. For the exit codes, see `answer` and `answer_why`."""
    if explain is not None:
        refuse_beside(
            "--explain", month=month, all=everything, strict=strict, area=area, rule=rule, by=by
        )
        from partyctl.cli.check.explaining import answer_why

        on = as_of or today()
        raise typer.Exit(answer_why(explain, on, subject, period, as_json=as_json))
    if subject is not None:
        raise MissingFact(Question("--explain", say("说明哪条规则", "which rule to explain")))
    asked = Asked(month, period, as_of, everything, strict, area, rule, by, as_json)
    raise typer.Exit(answer(asked))
