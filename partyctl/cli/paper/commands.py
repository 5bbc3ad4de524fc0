"""`partyctl paper KIND SUBJECT`: write a paper from the records and the bureau's template."""

from datetime import date
from typing import Annotated

import typer

from partyctl.calendar import Period
from partyctl.cli.input.dates import read_period, today
from partyctl.cli.input.options import AsJson, AsOf, unused_day
from partyctl.cli.output.documents import Fill, Output, Template, Wanted
from partyctl.cli.output.saving import Replace
from partyctl.cli.output.to_file import to_file
from partyctl.cli.session.context import Context
from partyctl.cli.session.group import Nouns, Resolved
from partyctl.language import say
from partyctl.terms import PaperKind, read_term

KIND = "KIND"
"""The name under which help lists the command that writes a paper."""


class KindOrVerb(Nouns):
    """A group of commands; the first word is a verb or the name of a paper."""

    def resolve_command(self, ctx: Context, args: list[str]) -> Resolved:  # type: ignore[override]  # Typer has its own Context
        """If the first word is not a verb, treat it as the name of a paper."""
        if args[0].startswith("-") or args[0] in set(self.commands) - {KIND}:
            return super().resolve_command(ctx, args)
        return "", self.commands[KIND], args


app = typer.Typer(
    cls=KindOrVerb,
    help=say("文书：从台账写出 Word、Excel", "Papers in Word and Excel, written from the records"),
    subcommand_metavar="KIND|VERB …",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
)


def read_kind(text: str) -> PaperKind:
    """Parse the kind of a paper. Raises BadUsage."""
    return read_term(PaperKind, text, of=say("文书", "paper"))


@app.command(
    KIND,
    help=say(
        "写出一份文书：paper 会议记录 7", "Write a paper, for example: paper meeting-record 7"
    ),
)
def write(
    kind: Annotated[
        PaperKind,
        typer.Argument(
            parser=read_kind,
            metavar=KIND,
            help=say("哪种文书，见 paper list", "the paper (see paper list)"),
        ),
    ],
    subject: Annotated[
        str | None,
        typer.Argument(
            metavar=say("[编号|姓名|期间]", "[ID|NAME|PERIOD]"),
            help=say("关于什么", "the record, person or period that the paper is about"),
        ),
    ] = None,
    period: Annotated[
        Period | None,
        typer.Option(
            "--period",
            parser=read_period,
            metavar="2026-H1",
            help=say("考察表的半年", "the half-year of an examination form"),
        ),
    ] = None,
    output: Output = None,
    template: Template = None,
    fill: Fill = None,
    replace: Replace = False,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """Write a paper."""
    from partyctl.cli.paper.making import make

    wanted = Wanted(template=template, fill=fill, output=output, replace=replace)
    make(kind, subject, period, wanted, as_of or today(), as_json=as_json)


NoDay = Annotated[
    date | None, unused_day("文书不随日期变化", "the papers are the same on every day")
]


@app.command(
    "list",
    help=say(
        "列出每种文书：条款、栏目、模板",
        "List the papers, each with its clause, fields and template",
    ),
)
@to_file("文书", "Papers")
def show_list(as_of: NoDay = None, as_json: AsJson = False) -> None:
    """List every paper with its clause, subject, file types and command."""
    from partyctl.cli.paper.listing import print_kinds

    print_kinds(as_json=as_json)


@app.command(
    help=say(
        "把模板放到台账旁，供修改",
        "Copy the templates to a folder beside the ledger, for editing",
    )
)
def templates(
    kind: Annotated[
        PaperKind | None,
        typer.Argument(parser=read_kind, metavar=f"[{KIND}]", help=say("哪种文书", "which paper")),
    ] = None,
) -> None:
    """Copy the templates of one paper or of all papers into the folder beside the ledger.

    A template that is already in the folder is not replaced.
    """
    from partyctl.cli.paper.listing import copy_templates

    copy_templates(kind)
