"""`partyctl opinion`: opinions on openness, and how they were handled."""

from typing import TYPE_CHECKING, Annotated

import typer

from partyctl.bilingual import Told
from partyctl.cli.input.dates import is_none, today
from partyctl.cli.input.option_groups import taking_options
from partyctl.cli.input.options import AsJson, AsOf, Number, On
from partyctl.cli.openness.opinion_options import (
    Channel,
    Class,
    From,
    NewClass,
    NewFrom,
    NewReceived,
    NewWords,
    NotTaken,
    OfClass,
    Published,
    Received,
    Result,
    SubmitterTold,
    To,
    Until,
    Why,
    Words,
)
from partyctl.cli.output.answers import acknowledge, acknowledge_correction
from partyctl.cli.output.documents import Wanted, at_hand, say_written, write_document
from partyctl.cli.output.record import add_show, add_void
from partyctl.cli.output.to_file import to_file
from partyctl.cli.session import current
from partyctl.cli.session.group import noun
from partyctl.cli.talk.options import Quarter
from partyctl.language import comma_list, say
from partyctl.ledger.reading import opinions as opinion_lists
from partyctl.show.listing import ID, Column, field_column, print_list
from partyctl.terms import Noun, OpinionStep, PaperKind

if TYPE_CHECKING:
    from partyctl.records.openness.opinions import Step

app = noun(
    "意见建议：受理、提交、办结、告知、公布",
    "Opinions: received, forwarded, settled, answered, published",
)


@app.command(help=say("登记一条意见", "Record an opinion"))
def add(
    text: Words,
    received: Received,
    kind: Class,
    channel: Channel = None,
    submitter: From = None,
    as_json: AsJson = False,
) -> None:
    """Record an opinion that the bureau received."""
    with current.writing() as session:
        from partyctl.records.openness import opinions

        entry = opinions.OpinionEntry(
            text=text, kind=kind, channel=channel, received_on=received, submitter=submitter
        )
        opinion = opinions.add(session, entry)
    line = say(
        f"已登记意见 #{opinion.id}（{kind.chinese}，{received} 收到）",
        f"Opinion #{opinion.id} ({kind}), received on {received}",
    )
    acknowledge(Noun.OPINION, opinion.number, line, as_json=as_json)


@app.command(
    help=say(
        "登记已提交局党组或党支部研究",
        "Record that an opinion was forwarded for a decision",
    )
)
def refer(number: Number, to: To, on: On = None, as_json: AsJson = False) -> None:
    """Record that an opinion was forwarded to the body that decides on it."""
    from partyctl.records.openness.opinions import Step

    step = Step(step=OpinionStep.REFER, taken_on=on or today(), referred_to=to)
    _take(number, step, as_json=as_json)


@app.command(
    help=say(
        "登记已办结；--told 已告知，--published 已公布",
        "Record that an opinion is settled (also --told, --published)",
    )
)
def settle(
    number: Number,
    on: On = None,
    told: SubmitterTold = False,
    published: Published = False,
    result: Result = None,
    as_json: AsJson = False,
) -> None:
    """Record the day on which an opinion was settled.

    With --told, also record that the submitter was told the result on the same day. With
    --published, also record that the result was posted on the same day.
    """
    from partyctl.records.openness.opinions import Step

    day = on or today()
    steps = [Step(step=OpinionStep.SETTLE, taken_on=day, said=result)]
    if told:
        steps.append(Step(step=OpinionStep.TELL, taken_on=day))
    if published:
        steps.append(Step(step=OpinionStep.PUBLISH, taken_on=day))
    _take(number, *steps, as_json=as_json)


@app.command(help=say("登记已把结果告知本人", "Record that the submitter was told the result"))
def tell(number: Number, on: On = None, as_json: AsJson = False) -> None:
    """Record that the submitter was told the result."""
    from partyctl.records.openness.opinions import Step

    _take(number, Step(step=OpinionStep.TELL, taken_on=on or today()), as_json=as_json)


@app.command(help=say("登记结果已在公开栏公布", "Record that the result was published"))
def publish(number: Number, on: On = None, as_json: AsJson = False) -> None:
    """Record that the result was posted on the notice board."""
    from partyctl.records.openness.opinions import Step

    _take(number, Step(step=OpinionStep.PUBLISH, taken_on=on or today()), as_json=as_json)


@app.command(
    help=say("登记延期：原因和下次期限", "Record a delay, with its reason and the new deadline")
)
def delay(
    number: Number, reason: Why, until: Until, on: On = None, as_json: AsJson = False
) -> None:
    """Record that the decision on an opinion is delayed, with the reason and the new deadline."""
    from partyctl.records.openness.opinions import Step

    step = Step(step=OpinionStep.DELAY, taken_on=on or today(), until_on=until, said=reason)
    _take(number, step, as_json=as_json)


def _take(number: int, *steps: "Step", as_json: bool) -> None:
    with current.writing() as session:
        from partyctl.records.openness import opinions

        opinions.take(session, number, *steps)
    done = comma_list(f"{each.step.label} {each.taken_on}" for each in steps)
    line = say(f"已登记意见 #{number}：{done}", f"Opinion #{number}: {done}")
    acknowledge(Noun.OPINION, number, line, as_json=as_json)


@app.command(help=say("更正意见，改类别也在这里", "Correct an opinion or its class"))
def edit(
    number: Number,
    text: NewWords = None,
    received: NewReceived = None,
    kind: NewClass = None,
    channel: Channel = None,
    submitter: NewFrom = None,
    not_taken: NotTaken = None,
    as_json: AsJson = False,
) -> None:
    """Correct an opinion."""
    with current.correcting() as session:
        from partyctl.records.openness import opinions

        entry = opinions.OpinionEntry(
            text=text,
            kind=kind,
            channel=channel,
            received_on=received,
            submitter="" if submitter and is_none(submitter) else submitter,
            taken_back=not_taken or (),
        )
        opinions.edit(session, number, entry)
    line = say(f"已更正意见 #{number}", f"Opinion #{number} corrected")
    acknowledge_correction(Noun.OPINION, number, line, as_json=as_json)


add_void(app, Noun.OPINION, "作废意见", "Void an opinion")


add_show(
    app,
    Noun.OPINION,
    "查看意见；提出人须 --reveal from --reason",
    "Show an opinion; --reveal from --reason TEXT shows its submitter",
)


COLUMNS = (
    ID,
    field_column("received_on"),
    field_column("class"),
    Column(Told("内容", "opinion"), "text"),
    Column(Told("提交", "passed on"), "referred_on"),
    Column(Told("延到", "until"), "delayed_until"),
    field_column("settled_on"),
    Column(Told("告知", "told"), "told_on"),
    Column(Told("公布", "published"), "published_on"),
)


@app.command(
    "list", help=say("列出意见（不含提出人）", "List the opinions, without their submitters")
)
@to_file("意见建议", "Opinions")
def show_list(
    kind: OfClass = None,
    quarter: Quarter = None,
    open_only: Annotated[
        bool, typer.Option("--open", help=say("只列没有办完的", "only open ones"))
    ] = False,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """List the opinions without their submitters."""
    with current.reading(as_of or today()) as reading:
        rows = opinion_lists.opinions(
            reading.ledger, reading.on, open_only=open_only, kind=kind, quarter=quarter
        )
    print_list(rows, COLUMNS, as_json=as_json)


@app.command(
    help=say(
        "写出意见办理登记册（Word，不含提出人）",
        "Write the register of opinions in Word, without submitters",
    )
)
@taking_options
def register(
    *,
    quarter: Quarter = None,
    wanted: Wanted,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """Write the register of opinions as a Word document, without submitters."""
    from partyctl.cli.openness.register import register_fields

    target = wanted.target(say(f"{PaperKind.OPINION_REGISTER.chinese}.docx", "opinions.docx"))
    chosen = at_hand("opinions.docx", wanted.template)
    with current.reading(as_of or today()) as reading:
        values = register_fields(reading, quarter)
    say_written([write_document(chosen, values, target, wanted)], as_json=as_json)
