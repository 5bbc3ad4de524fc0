"""The options of `partyctl disclosure`, and the functions that parse them."""

from datetime import date
from typing import Annotated

import typer
from typer.models import OptionInfo

from partyctl.calendar import Period
from partyctl.cli.input.options import TEXT, listed, past_day
from partyctl.cli.talk.options import read_quarter
from partyctl.language import say
from partyctl.terms import (
    DisclosureForm,
    DisclosureKind,
    DisclosureScope,
    PeriodClass,
    read_term,
)


def read_kind(text: str) -> DisclosureKind:
    """Parse a kind of disclosure."""
    return read_term(DisclosureKind, text, of=say("公开事项", "disclosure"))


def read_scope(text: str) -> DisclosureScope:
    """Parse the audience of a disclosure."""
    return read_term(DisclosureScope, text, of=say("公开范围", "scope"))


def read_form(text: str) -> DisclosureForm:
    """Parse the form of a disclosure."""
    return read_term(DisclosureForm, text, of=say("公开形式", "form"))


def read_period_class(text: str) -> PeriodClass:
    """Parse how long a disclosure stays public."""
    return read_term(PeriodClass, text, of=say("公开时限", "period"))


KIND = "|".join(DisclosureKind)
SCOPE, FORM, PERIOD = "|".join(DisclosureScope), "|".join(DisclosureForm), "|".join(PeriodClass)
TO_WHOM = listed(DisclosureScope)

Kind = Annotated[
    DisclosureKind,
    typer.Argument(parser=read_kind, metavar="KIND", help=listed(DisclosureKind)),
]
NewKind = Annotated[
    DisclosureKind | None,
    typer.Option("--kind", parser=read_kind, metavar="KIND", help=listed(DisclosureKind)),
]
Title = Annotated[
    str, typer.Option("--title", metavar=TEXT, help=say("标题", "the title of the disclosure"))
]
NewTitle = Annotated[
    str | None,
    typer.Option("--title", metavar=TEXT, help=say("标题", "the title of the disclosure")),
]
Scope = Annotated[
    DisclosureScope, typer.Option("--scope", parser=read_scope, metavar=SCOPE, help=TO_WHOM)
]
NewScope = Annotated[
    DisclosureScope | None, typer.Option("--scope", parser=read_scope, metavar=SCOPE, help=TO_WHOM)
]


def _form(option: str, meaning: str = listed(DisclosureForm)) -> OptionInfo:
    """Declare an option for the form in which something was or will be published."""
    found: OptionInfo = typer.Option(option, parser=read_form, metavar=FORM, help=meaning)
    return found


By = Annotated[DisclosureForm, _form("--by")]
PublishedBy = Annotated[
    DisclosureForm | None,
    _form(
        "--by",
        say("如已公布：公布形式", "the form of publication, if already published"),
    ),
]
PublishedOn = Annotated[
    date | None,
    past_day(
        "--on",
        say(
            "如已公布：公布日期（默认今天）",
            "the day of publication, if already published (default: today)",
        ),
    ),
]
PlannedForm = Annotated[DisclosureForm | None, _form("--form")]
PeriodOption = Annotated[
    PeriodClass | None,
    typer.Option(
        "--period",
        parser=read_period_class,
        metavar=PERIOD,
        help=say(
            "公开时限（默认按种类）",
            "how long the disclosure stays public (default: as usual for this kind)",
        ),
    ),
]
ReviewedOn = Annotated[
    date | None, past_day("--reviewed-on", say("保密审查日期", "the day of the secrecy review"))
]
ApprovedOn = Annotated[
    date | None,
    past_day(
        "--approved-on",
        say(
            "党务公开领导小组审定的日期",
            "the day the leading group for openness approved the disclosure",
        ),
    ),
]
Responsible = Annotated[
    str | None,
    typer.Option(
        "--responsible",
        metavar=TEXT,
        help=say("责任人", "the person responsible for the disclosure"),
    ),
]
TheQuarter = Annotated[
    Period,
    typer.Argument(
        parser=lambda text: read_quarter(text, "partyctl disclosure briefing"),
        metavar="2026-Q1",
        help=say("哪个季度", "the quarter"),
    ),
]
