"""`partyctl staff`: staff of the bureau who are not Party members."""

from datetime import date
from typing import Annotated

import typer

from partyctl.bilingual import Told
from partyctl.cli.input.dates import today
from partyctl.cli.input.options import AsJson, Person, unused_day
from partyctl.cli.output.answers import acknowledge, tell_unused_day
from partyctl.cli.output.record import add_void
from partyctl.cli.output.to_file import to_file
from partyctl.cli.session import current
from partyctl.cli.session.group import noun
from partyctl.language import say
from partyctl.ledger.reading import lists
from partyctl.show.listing import ID, Column, field_column, print_list
from partyctl.terms import Noun

app = noun("不是党员的干部职工", "Staff of the bureau who are not Party members")


@app.command(help=say("登记不是党员的干部职工", "Enter a staff member who is not a Party member"))
def add(
    name: Person,
    title: Annotated[str | None, typer.Option(help=say("职务", "position"))] = None,
    as_json: AsJson = False,
) -> None:
    """Enter a staff member who is not a Party member."""
    with current.writing() as session:
        from partyctl.records.members import organisation

        staff = organisation.add_staff(session, name, title)
    line = say(f"已登记干部职工 #{staff.id} {staff.name}", f"Staff #{staff.id} {staff.name}")
    acknowledge(Noun.STAFF, staff.number, line, as_json=as_json)


add_void(app, Noun.STAFF, "作废误登的干部职工", "Void a staff member entered by mistake")


NoDates = Annotated[
    date | None, unused_day("名单不记到职、离职日期", "the staff are recorded without dates")
]
COLUMNS = (ID, field_column("name"), Column(Told("职务", "position"), "title"))


@app.command("list", help=say("列出干部职工", "List the staff"))
@to_file("干部职工", "Staff")
def show_list(as_of: NoDates = None, as_json: AsJson = False) -> None:
    """List the staff who are not Party members."""
    tell_unused_day(as_of, say("名单不记到职、离职日期", "the staff are recorded without dates"))
    with current.reading(today()) as reading:
        rows = lists.staff(reading.ledger)
    print_list(rows, COLUMNS, as_json=as_json)
