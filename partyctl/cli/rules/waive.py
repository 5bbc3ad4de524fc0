"""`partyctl waive`: record that a duty is waived, and why."""

from datetime import date
from typing import Annotated, Any

import typer

from partyctl.bilingual import Told
from partyctl.calendar import Period
from partyctl.cli.input.dates import read_past_day, read_period, today
from partyctl.cli.input.options import DATE, TEXT, TITLE, AsJson, AsOf
from partyctl.cli.output.answers import acknowledge
from partyctl.cli.output.record import add_show, add_void
from partyctl.cli.output.to_file import to_file
from partyctl.cli.session import current
from partyctl.cli.session.context import Context
from partyctl.cli.session.group import Nouns, Resolved
from partyctl.cli.session.prompts import MissingFact, Question
from partyctl.language import say, title_of
from partyctl.law.catalogue import CATALOGUE, rule_named
from partyctl.law.engine.rule import Rule
from partyctl.law.questions.whose import cadence
from partyctl.ledger.reading.rules import waivers as waiver_lists
from partyctl.show.listing import ID, Column, field_column, print_list
from partyctl.terms import Noun

RULE = "RULE"
"""The name under which help lists the command that records a waiver."""


class RuleOrVerb(Nouns):
    """A group of commands; the first word is a verb or the name of a rule."""

    def resolve_command(self, ctx: Context, args: list[str]) -> Resolved:  # type: ignore[override]  # Typer has its own Context
        """If the first word is not a verb, treat it as the name of a rule."""
        if args[0].startswith("-") or args[0] in set(self.commands) - {RULE}:
            return super().resolve_command(ctx, args)
        return "", self.commands[RULE], args


app = typer.Typer(
    cls=RuleOrVerb,
    help=say("免除决定：不办哪项义务，谁决定，为什么", "Decisions that waive a duty"),
    subcommand_metavar="RULE|VERB …",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
)


@app.command(
    RULE,
    help=say("登记一项免除决定：waive 规则 --subject …", "Record a waiver: waive RULE --subject …"),
)
def waive(
    rule: Annotated[
        Rule,
        typer.Argument(
            parser=rule_named,
            metavar=RULE,
            help=say("规则编号，见 rules list", "the rule (see rules list)"),
        ),
    ],
    subject: Annotated[
        str,
        typer.Option(
            metavar=f"{TITLE}|NOUN#ID",
            help=say(
                "谁的义务：名称、姓名，或 meeting#7",
                "who has the duty: a name, or a record such as meeting#7",
            ),
        ),
    ],
    reason: Annotated[str, typer.Option(metavar=TEXT, help=say("免除原因", "the reason"))],
    decided_on: Annotated[
        date,
        typer.Option(
            parser=read_past_day, metavar=DATE, help=say("决定日期", "the day of the decision")
        ),
    ],
    period: Annotated[
        Period | None,
        typer.Option(
            parser=read_period,
            metavar="2026-03",
            help=say("免除哪一期", "the period for which the duty is waived"),
        ),
    ] = None,
    decided_by: Annotated[
        str | None, typer.Option(metavar=TEXT, help=say("谁决定的", "who decided"))
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Record a waiver."""
    if period is None and cadence(rule) is not None:
        raise MissingFact(
            Question("--period", say("免除哪一期", "the period for which the duty is waived"))
        )
    with current.writing() as session:
        from partyctl.records.rules import waivers

        waiver = waivers.waive(
            session,
            rule,
            subject,
            period,
            reason=reason,
            decided_on=decided_on,
            decided_by=decided_by,
        )
    about = " ".join(filter(None, (subject, waiver.period)))
    line = say(
        f"已登记免除决定 #{waiver.id} {rule.title}：{about}",
        f"Waiver #{waiver.id}: {rule.english}, {about}",
    )
    acknowledge(Noun.WAIVER, waiver.number, line, as_json=as_json)


add_void(app, Noun.WAIVER, "作废免除决定：义务恢复", "Void a waiver: the duty is owed again")


add_show(app, Noun.WAIVER, "查看免除决定", "Show a decision")


def _rule(row: dict[str, Any]) -> str:
    rule = next((each for each in CATALOGUE if each.id == row["rule"]), None)
    return str(row["rule"]) if rule is None else title_of(rule)


COLUMNS = (
    ID,
    Column(Told("规则", "rule"), _rule),
    Column(Told("对象", "subject"), lambda row: row["subject"]["name"]),
    field_column("period"),
    Column(Told("决定", "decided"), "decided_on"),
    Column(Told("决定人", "by"), "decided_by"),
    Column(Told("原因", "reason"), lambda row: row["reason"]),
)


@app.command("list", help=say("列出免除决定", "List the waivers"))
@to_file("免除决定", "Waivers")
def show_list(as_of: AsOf = None, as_json: AsJson = False) -> None:
    """List the waivers."""
    with current.reading(as_of or today()) as reading:
        branch = current.branch_number(reading)
        rows = waiver_lists.waivers(reading.ledger, reading.on, branch)
    print_list(rows, COLUMNS, as_json=as_json)
