"""`partyctl calendar holidays`: days off, and make-up working days."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from partyctl.bilingual import Told, many
from partyctl.cli.calendar.holiday_file import read_days
from partyctl.cli.input.dates import read_day, read_year, today
from partyctl.cli.input.options import DATE, TEXT, AsJson, any_day
from partyctl.cli.output.answers import acknowledge, tell
from partyctl.cli.output.record import add_void
from partyctl.cli.output.to_file import to_file
from partyctl.cli.session import current
from partyctl.cli.session.group import noun
from partyctl.contract.rules import HolidaysImported
from partyctl.language import comma_list, say
from partyctl.law.engine.rest_days import Day
from partyctl.ledger.reading.rules import holidays as holiday_lists
from partyctl.show.listing import ID, Column, print_list
from partyctl.show.tables import print_json
from partyctl.terms import Noun

app = noun("节假日和调休上班日", "Public holidays and make-up working days")


@app.command("import", help=say("导入一年的放假安排（CSV）", "Import the holidays of a year (CSV)"))
def import_file(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE.csv",
            readable=False,
            help=say("文件，各列为 日期,安排,名称", "a file with the columns date,kind,name"),
        ),
    ],
    as_json: AsJson = False,
) -> None:
    """Store the days that are not recorded yet, and mark the holidays of their years as known.

    If one day is refused, store nothing.
    """
    days = read_days(file)
    with current.writing() as session:
        from partyctl.records.rules import holidays

        stored = len(holidays.import_year(session, days, file.name))
    years = sorted({each.day.year for each in days})
    if as_json:
        answer: HolidaysImported = {"imported": stored, "years": years}
        print_json(answer)
        return
    named = comma_list(map(str, years))
    tell(
        say(
            f"已导入 {stored} 天；{named} 年已收录",
            f"{many(stored, 'day')} imported; the holidays of {named} are known",
        )
    )


@app.command(
    help=say("登记一天放假，或（--works）一天调休上班", "Record a day off or a make-up working day")
)
def add(
    day: Annotated[
        date, typer.Argument(parser=read_day, metavar=DATE, help=say("日期", "the day"))
    ],
    works: Annotated[
        bool, typer.Option("--works", help=say("这天上班（调休）", "a make-up working day"))
    ] = False,
    name: Annotated[
        str | None, typer.Option(metavar=TEXT, help=say("节日名称", "the name of the holiday"))
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Record one day as a day off or as a working day."""
    with current.writing() as session:
        from partyctl.records.rules import holidays

        number = holidays.add(session, Day(day, works, name)).number
    kind = say("上班", "worked") if works else say("放假", "off")
    line = say(f"已登记 #{number} {day} {kind}", f"#{number} {day}: {kind}")
    acknowledge(Noun.HOLIDAY, number, line, as_json=as_json)


add_void(app, Noun.HOLIDAY, "作废登记的一天", "Void a recorded day")


COLUMNS = (
    ID,
    Column(Told("日期", "date"), "day"),
    Column(
        Told("安排", "kind"),
        lambda row: say("上班", "worked") if row["works"] else say("放假", "off"),
    ),
    Column(Told("名称", "name"), "name"),
)


@app.command("list", help=say("列出一年的节假日", "List the holidays of a year"))
@to_file("节假日", "Holidays")
def show_list(
    year: Annotated[
        int | None,
        typer.Option(parser=read_year, metavar="2026", help=say("哪一年", "the year")),
    ] = None,
    as_of: Annotated[
        date | None,
        any_day(
            "--as-of",
            say(
                "没写 --year 时，列这一天所在的年（默认今天）",
                "without --year: list the year of this day (default: today)",
            ),
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """List the known days off and make-up working days of a year, and say whether all are known."""
    on = as_of or today()
    asked = year or on.year
    with current.reading(on) as reading:
        rows = holiday_lists.holidays(reading.ledger, asked)
        source = holiday_lists.source_of(reading.ledger, asked)
    if rows or as_json:
        print_list(rows, COLUMNS, as_json=as_json)
    if not as_json:
        tell(_coverage(asked, source))


def _coverage(year: int, source: str | None) -> str:
    """Say whether all holidays of a year are known, and whether partyctl or a file provided them."""
    if source is None:
        return say(
            f"{year} 年未收录：按周末推算，期限为暂算。收录：partyctl calendar holidays import "
            "文件.csv",
            f"The holidays of {year} are unknown, so due dates are provisional. To import "
            "the holidays: partyctl calendar holidays import FILE.csv",
        )
    whence = say("程序自带", "shipped") if source == "shipped" else source
    return say(f"{year} 年已收录（{whence}）", f"The holidays of {year} are known ({whence})")
