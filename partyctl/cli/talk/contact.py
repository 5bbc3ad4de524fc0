"""`partyctl contact`: contact points and visits to them."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from partyctl.bilingual import Told
from partyctl.cli.input.dates import read_past_day, read_past_day_or_none, today
from partyctl.cli.input.options import (
    DATE,
    NAME,
    TEXT,
    TITLE,
    AsJson,
    AsOf,
    MakesUp,
    Number,
    On,
    Reason,
    listed,
)
from partyctl.cli.output.answers import acknowledge, acknowledge_correction
from partyctl.cli.output.record import add_show, add_void, by_name, void_line
from partyctl.cli.output.to_file import to_file
from partyctl.cli.session import current
from partyctl.cli.session.group import noun
from partyctl.cli.session.prompts import MissingFact, Question
from partyctl.language import say
from partyctl.ledger.reading import contacts as contact_lists
from partyctl.show.listing import ID, Column, print_list
from partyctl.terms import Noun, VisitKind, read_term

if TYPE_CHECKING:
    from sqlmodel import Session

    from partyctl.ledger.tables.base import Record

app = noun("党建工作联系点", "Contact points")


def read_kind(text: str) -> VisitKind:
    """Parse the kind of a visit."""
    return read_term(VisitKind, text, of=say("联系点工作", "visit"))


def came_of_it(kind: VisitKind) -> str | None:
    """Return what the note of a visit of this kind must say, such as "the suggestions", or None.

    None means that no note is required. A visit without the required note is not recorded.
    """
    return {
        VisitKind.SURVEY: say("调研提出的建议", "the suggestions"),
        VisitKind.SUPERVISION: say("督促检查的整改意见", "the rectification opinions"),
        VisitKind.MODEL: say("值得推广的做法", "good practice to follow"),
    }.get(kind)


Point = Annotated[
    str, typer.Argument(metavar=TITLE, help=say("联系点名称，或 #编号", "a contact point, or #ID"))
]
Keeper = say("联系领导", "the leader responsible for the contact point")


@app.command(help=say("登记联系点；不写 --since 即台账起始就有", "Enter a contact point"))
def add(
    name: Annotated[
        str, typer.Argument(metavar=TITLE, help=say("联系点名称", "the name of the contact point"))
    ],
    leader: Annotated[str, typer.Option(metavar=NAME, help=Keeper)],
    since: Annotated[
        date | None,
        typer.Option(
            parser=read_past_day,
            metavar=DATE,
            help=say(
                "哪天建立",
                "the day the contact point was set up (default: before the ledger began)",
            ),
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Enter a contact point. Without --since, the contact point counts as older than the ledger."""
    with current.writing() as session:
        from partyctl.records.life import contacts

        contact = contacts.add(session, name, leader, since, today())
    line = say(
        f"已登记联系点 #{contact.id} {contact.name}", f"Contact #{contact.id} {contact.name}"
    )
    acknowledge(Noun.CONTACT, contact.number, line, as_json=as_json)


@app.command(
    help=say(
        "登记一次走访、调研、督促检查或总结推广",
        "Record a visit, survey, supervision or summing-up",
    )
)
def visit(
    name: Point,
    kind: Annotated[
        VisitKind,
        typer.Option(
            parser=read_kind,
            metavar="KIND",
            help=listed(VisitKind),
        ),
    ],
    on: On = None,
    note: Annotated[
        str | None, typer.Option(metavar=TEXT, help=say("做了什么", "what was done"))
    ] = None,
    makes_up: MakesUp = None,
    as_json: AsJson = False,
) -> None:
    """Record a leader's visit to a contact point."""
    asked = came_of_it(kind)
    if asked is not None and not (note and note.strip()):
        raise MissingFact(Question("--note", asked))
    with current.writing() as session:
        from partyctl.records.life import contacts

        made = contacts.visit(session, name, contacts.Visit(on or today(), kind, note, makes_up))
    line = say(
        f"已登记{kind.chinese} #{made.id}（联系点 #{made.contact_id}，{made.visited_on}）",
        f"Visit #{made.id} ({kind}) to contact #{made.contact_id} on {made.visited_on}",
    )
    acknowledge(Noun.CONTACT, made.contact_id, line, as_json=as_json)


@app.command(
    "visit-void",
    help=say("作废一次走访（编号见 contact show）", "Void a visit (`contact show` prints its ID)"),
)
def void_visit(number: Number, reason: Reason, as_json: AsJson = False) -> None:
    """Void one visit to a contact point."""
    told = say(f"走访 #{number}（联系点 #{{}}）", f"visit #{number} to contact #{{}}")
    void_line(Noun.CONTACT, lambda session: _visit(session, number), told, reason, as_json=as_json)


def _visit(session: "Session", number: int) -> "Record":
    from partyctl.records.life import contacts

    return contacts.visit_numbered(session, number)


@app.command(help=say("更正联系点", "Correct a contact point"))
def edit(
    point: Point,
    name: Annotated[
        str | None, typer.Option(metavar=TITLE, help=say("名称", "the name of the contact point"))
    ] = None,
    leader: Annotated[str | None, typer.Option(metavar=NAME, help=Keeper)] = None,
    since: Annotated[
        str | None,
        typer.Option(
            metavar=DATE,
            help=say(
                "哪天建立；写“无”即台账起始就有",
                "the day the contact point was set up; write “none” if it is older than the ledger",
            ),
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Correct a contact point."""
    with current.correcting() as session:
        from partyctl.records.life import contacts

        contact = contacts.edit(session, point, name, leader, today())
        if since is not None:
            contacts.start(session, contact, read_past_day_or_none(since))
    line = say(f"已更正联系点 #{contact.id} {contact.name}", f"Contact #{contact.id} corrected")
    acknowledge_correction(Noun.CONTACT, contact.number, line, as_json=as_json)


add_void(
    app,
    Noun.CONTACT,
    "作废联系点",
    "Void a contact point",
    named=by_name("联系点名称，或 #编号", "a contact point, or #ID", metavar=TITLE),
)


add_show(
    app,
    Noun.CONTACT,
    "查看联系点和历次走访",
    "Show a contact point and the visits to it",
    named=by_name("联系点名称，或 #编号", "a contact point, or #ID", metavar=TITLE),
)


def _last(kind: VisitKind) -> Callable[[dict[str, Any]], str]:
    return lambda row: str(row["last"].get(kind.value, ""))


COLUMNS = (
    ID,
    Column(Told("联系点", "contact point"), "name"),
    Column(Told("联系领导", "leader"), "leader"),
    *(Column(Told(kind.chinese, kind.value), _last(kind)) for kind in VisitKind),
)


@app.command("list", help=say("列出联系点", "List the contact points"))
@to_file("党建工作联系点", "Contact points")
def show_list(as_of: AsOf = None, as_json: AsJson = False) -> None:
    """List the contact points, with the last visit of each kind."""
    with current.reading(as_of or today()) as reading:
        rows = contact_lists.contacts(reading.ledger, reading.on)
    print_list(rows, COLUMNS, as_json=as_json)
