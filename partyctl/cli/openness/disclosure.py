"""`partyctl disclosure`: record what is disclosed to the bureau or the public (党务公开)."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from partyctl.bilingual import Told
from partyctl.calendar import Period
from partyctl.cli.input.dates import read_past_day, today
from partyctl.cli.input.option_groups import taking_options
from partyctl.cli.input.options import DATE, AsJson, AsOf, MakesUp, Number, On
from partyctl.cli.input.useless import refuse_without
from partyctl.cli.openness.disclosure_options import (
    ApprovedOn,
    By,
    Kind,
    NewKind,
    NewScope,
    NewTitle,
    PeriodOption,
    PlannedForm,
    PublishedBy,
    PublishedOn,
    Responsible,
    ReviewedOn,
    Scope,
    TheQuarter,
    Title,
)
from partyctl.cli.output.answers import acknowledge, acknowledge_correction
from partyctl.cli.output.documents import Wanted
from partyctl.cli.output.record import add_show, add_void
from partyctl.cli.output.to_file import to_file
from partyctl.cli.session import current
from partyctl.cli.session.group import add_verb, noun
from partyctl.errors import BadUsage
from partyctl.language import say
from partyctl.ledger.reading import disclosures as disclosure_lists
from partyctl.light import NamedTuple
from partyctl.show.listing import ID, Column, field_column, print_list
from partyctl.show.records import words
from partyctl.terms import DisclosureForm, DisclosureKind, DisclosureScope, Noun

if TYPE_CHECKING:
    from partyctl.records.openness.disclosures import Matter

app = noun("党务公开：批准、公布、撤下", "Openness: what is approved, published and withdrawn")


class About(NamedTuple):
    """The options that describe a disclosure: form, period, review, approval, person responsible."""

    form: PlannedForm = None
    period: PeriodOption = None
    reviewed_on: ReviewedOn = None
    approved_on: ApprovedOn = None
    responsible: Responsible = None

    def matter(
        self,
        kind: DisclosureKind | None,
        title: str | None,
        scope: DisclosureScope | None,
        not_published: date | None = None,
        *,
        not_withdrawn: bool = False,
    ) -> "Matter":
        """Return the disclosure that the options describe."""
        from partyctl.records.openness.disclosures import Matter

        return Matter(
            kind=kind,
            title=title,
            scope=scope,
            form=self.form,
            period_class=self.period,
            reviewed_on=self.reviewed_on,
            approved_on=self.approved_on,
            responsible=self.responsible,
            not_published=not_published,
            not_withdrawn=not_withdrawn,
        )


@app.command(help=say("登记要公开的事项", "Enter a disclosure"))
@taking_options
def add(
    *,
    kind: Kind,
    title: Title,
    scope: Scope,
    about: About,
    on: PublishedOn = None,
    by: PublishedBy = None,
    makes_up: MakesUp = None,
    as_json: AsJson = False,
) -> None:
    """Enter a disclosure; with --by, also record that it was published."""
    day = _published_at_once(on, by, makes_up)
    with current.writing() as session:
        from partyctl.records.openness import disclosures

        disclosure = disclosures.add(session, about.matter(kind, title, scope))
        if by is not None and day is not None:
            disclosures.publish(session, disclosure.number, day, by, makes_up)
    line = say(
        f"已登记公开事项 #{disclosure.id} {kind.chinese}：{disclosure.title}",
        f"Disclosure #{disclosure.id}: {kind}, {disclosure.title}",
    )
    if by is not None:
        line += say(f"，{day} 公布（{by.chinese}）", f", published on {day} ({by})")
    acknowledge(Noun.DISCLOSURE, disclosure.number, line, as_json=as_json)


def _published_at_once(
    on: date | None, by: DisclosureForm | None, makes_up: Period | None
) -> date | None:
    """Return the day on which a new disclosure was published, or None if it is unpublished.

    Raises BadUsage.
    """
    if by is None and (on is not None or makes_up is not None):
        raise BadUsage(
            say(
                "登记时就写公布，还要写公布的形式：缺少 --by。",
                "Missing: --by, the form in which it was published.",
            ),
            f"--by {DisclosureForm.BOARD.label}",
        )
    return None if by is None else on or today()


@app.command(
    help=say(
        "登记已公布；可以再次公布", "Record that a disclosure was published; this can be repeated"
    )
)
def publish(
    number: Number,
    by: By,
    on: On = None,
    makes_up: MakesUp = None,
    as_json: AsJson = False,
) -> None:
    """Record that a disclosure was published, for the first time or again."""
    with current.writing() as session:
        from partyctl.records.openness import disclosures

        day = on or today()
        disclosures.publish(session, number, day, by, makes_up)
    line = say(
        f"已登记公开事项 #{number} {day} 公布（{by.chinese}）",
        f"Disclosure #{number} published on {day} ({by})",
    )
    acknowledge(Noun.DISCLOSURE, number, line, as_json=as_json)


@app.command(help=say("登记已撤下", "Record that a disclosure was withdrawn"))
def withdraw(number: Number, on: On = None, as_json: AsJson = False) -> None:
    """Record a withdrawal."""
    with current.writing() as session:
        from partyctl.records.openness import disclosures

        disclosure = disclosures.withdraw(session, number, on or today())
    line = say(
        f"已登记公开事项 #{number} {disclosure.withdrawn_on} 撤下",
        f"Disclosure #{number} withdrawn on {disclosure.withdrawn_on}",
    )
    acknowledge(Noun.DISCLOSURE, number, line, as_json=as_json)


@app.command(help=say("更正公开事项", "Correct a disclosure"))
@taking_options
def edit(
    *,
    number: Number,
    kind: NewKind = None,
    title: NewTitle = None,
    scope: NewScope = None,
    about: About,
    not_published: Annotated[
        date | None,
        typer.Option(
            parser=read_past_day,
            metavar=DATE,
            help=say(
                "这一天其实没有公布",
                "void the publication recorded for this day: it did not happen",
            ),
        ),
    ] = None,
    not_withdrawn: Annotated[
        bool,
        typer.Option(
            "--not-withdrawn",
            help=say("其实没有撤下", "void the recorded withdrawal: it did not happen"),
        ),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Correct a disclosure."""
    with current.correcting() as session:
        from partyctl.records.openness import disclosures

        said = about.matter(kind, title, scope, not_published, not_withdrawn=not_withdrawn)
        disclosures.edit(session, number, said)
    line = say(f"已更正公开事项 #{number}", f"Disclosure #{number} corrected")
    acknowledge_correction(Noun.DISCLOSURE, number, line, as_json=as_json)


add_void(app, Noun.DISCLOSURE, "作废公开事项", "Void a disclosure")


add_show(app, Noun.DISCLOSURE, "查看公开事项", "Show a disclosure")


COLUMNS = (
    ID,
    field_column("kind"),
    field_column("title"),
    Column(Told("范围", "scope"), "scope"),
    Column(Told("时限", "period"), "period_class"),
    Column(Told("批准", "approved"), "approved_on"),
    Column(Told("公布", "published"), lambda row: words("publications", row["publications"][-1:])),
    Column(Told("撤下", "withdrawn"), "withdrawn_on"),
)


@app.command("list", help=say("列出公开事项", "List the disclosures"))
@to_file("公开事项", "Disclosures")
def show_list(as_of: AsOf = None, as_json: AsJson = False) -> None:
    """List the disclosures, each with its latest publication."""
    with current.reading(as_of or today()) as reading:
        rows = disclosure_lists.disclosures(reading.ledger, reading.on)
    print_list(rows, COLUMNS, as_json=as_json)


@app.command(
    help=say(
        "公开目录：长期公开的、待公布的、应办的、本季度公布的",
        "Show what stays public, is due, unpublished, or newly published",
    )
)
@to_file("党务公开目录", "Directory of disclosures")
def directory(as_of: AsOf = None, as_json: AsJson = False) -> None:
    """Show what stays public, is due, waits to be published, or was published this quarter."""
    from partyctl.cli.openness.directory import print_directory

    with current.reading(as_of or today()) as reading:
        print_directory(reading, as_json=as_json)


@app.command(
    help=say(
        "季度通报：本季度登记了什么；-o 写成 Word",
        "Show the quarter's briefing, or write it in Word with -o",
    )
)
@taking_options
def briefing(
    *,
    quarter: TheQuarter,
    wanted: Wanted,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """Print the briefing of a quarter, or write it as a document."""
    from partyctl.cli.openness.briefing import print_briefing, write_briefing

    if wanted.output is None:
        refuse_without("-o", template=wanted.template, fill=wanted.fill, replace=wanted.replace)
    with current.reading(as_of or today()) as reading:
        if wanted.output is None:
            print_briefing(reading, quarter, as_json=as_json)
        else:
            write_briefing(reading, quarter, wanted, as_json=as_json)


add_verb(
    app,
    "import",
    "openness.disclosure_sheets.import_file",
    "从 Excel 导入公开事项",
    "Import disclosures from Excel",
)
add_verb(
    app,
    "sheet",
    "openness.disclosure_sheets.sheet",
    "写出党务公开填报表，填好后用 import 收回",
    "Write an entry sheet: fill it in, then import it",
)
