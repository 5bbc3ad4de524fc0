"""`partyctl calendar`: the coming weeks, a calendar file of the coming months, holidays."""

import sys
from datetime import date, timedelta
from typing import Annotated

import typer

from partyctl.calendar import months_after
from partyctl.cli.calendar import holidays
from partyctl.cli.input.dates import today
from partyctl.cli.input.options import NAME, AsJson, AsOf
from partyctl.cli.output.to_file import to_file
from partyctl.cli.session import current
from partyctl.cli.session.group import Defaulting
from partyctl.language import say
from partyctl.ledger.reading.lookup import member_number

COMING = "coming"


class CalendarGroup(Defaulting):
    """Let `calendar` without a verb show the coming weeks."""

    usual = COMING


app = typer.Typer(
    cls=CalendarGroup,
    help=say(
        "日历：今后几周要办的事；导出 iCalendar；节假日和调休上班日",
        "The coming weeks; a calendar file; public holidays",
    ),
    subcommand_metavar="[--weeks N] | export --ics | holidays …",
    add_completion=False,
    rich_markup_mode=None,
)
app.add_typer(holidays.app, name="holidays")


@app.command(
    COMING,
    help=say(
        "今后几周要办的事（coming 可以不写）",
        "List the duties of the coming weeks (`coming` may be left out)",
    ),
)
@to_file("今后几周", "The coming weeks")
def coming(
    weeks: Annotated[
        int, typer.Option("--weeks", min=1, max=106, help=say("几周", "how many weeks"))
    ] = 5,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """Show coming and overdue duties, and the duties that one meeting could satisfy together."""
    from partyctl.cli.calendar.coming import items_until, print_coming

    on = as_of or today()
    until = on + timedelta(weeks=weeks)
    with current.reading(on) as reading:
        items = items_until(reading, until, current.branch())
        print_coming(reading, items, until, current.branch(), as_json=as_json)


@app.command(help=say("导出 iCalendar 日历到标准输出", "Write a calendar file to standard output"))
def export(
    ics: Annotated[
        bool,
        typer.Option(
            "--ics", show_default=False, help=say("iCalendar 格式", "write in the format iCalendar")
        ),
    ] = True,
    months: Annotated[
        int, typer.Option("--months", min=1, max=36, help=say("今后几个月", "how many months"))
    ] = 12,
    person: Annotated[
        str | None,
        typer.Option(
            "--for",
            metavar=NAME,
            help=say(
                "只导出某人自己的和分管的事",
                "only duties of this person: the person's own duties, and duties that the "
                "person is responsible for",
            ),
        ),
    ] = None,
    as_of: AsOf = None,
) -> None:
    """Write a calendar file of the coming months' duties; settled duties appear as cancelled."""
    from partyctl.cli.calendar.coming import items_until
    from partyctl.cli.calendar.export import as_calendar

    on: date = as_of or today()
    with current.reading(on) as reading:
        number = (
            None
            if person is None
            else member_number(reading.ledger, person, current.branch_meant(reading))
        )
        items = items_until(reading, months_after(on, months), current.branch())
        content = as_calendar(reading, items, number)
    sys.stdout.flush()
    sys.stdout.buffer.write(content)
