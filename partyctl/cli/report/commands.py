"""`partyctl report`: pages of a month or year, a yearbook, and folders to hand over."""

from pathlib import Path
from typing import Annotated

import typer

from partyctl.calendar import Period
from partyctl.cli.input.dates import read_one_month, read_period, today
from partyctl.cli.input.option_groups import taking_options
from partyctl.cli.input.options import MONTH, AsJson, AsOf
from partyctl.cli.output.saving import Replace
from partyctl.cli.report.writing_page import write_page
from partyctl.cli.session.group import noun
from partyctl.errors import BadUsage
from partyctl.language import say
from partyctl.light import NamedTuple

app = noun(
    "报告：月报、年报、年册、迎检材料、工作交接",
    "Reports: a month or a year as a page, a book or a folder",
)


def read_year(text: str) -> Period:
    """Parse a year: 2026. Raises BadUsage."""
    period = read_period(text)
    if period.kind != "year":
        raise BadUsage(
            say(f"“{text}”不是年度。", f"“{text}” is not a year."),
            say(f"写作 {period.first.year}", f"write {period.first.year}"),
        )
    return period


Year = Annotated[
    Period,
    typer.Argument(parser=read_year, metavar="YEAR", help=say("年度：2026", "the year: 2026")),
]
Page = Annotated[
    Path | None,
    typer.Option(
        "-o", "--output", metavar="FILE.html", help=say("写到哪个文件", "the file to write")
    ),
]
WithoutNames = Annotated[
    bool,
    typer.Option(
        "--without-names",
        help=say("不写人名，可以上墙", "leave out names, for a notice board"),
    ),
]


class HowDrawn(NamedTuple):
    """Options of the commands that write a page."""

    output: Page = None
    without_names: WithoutNames = False
    replace: Replace = False
    as_of: AsOf = None
    as_json: AsJson = False

    def write(self, period: Period) -> None:
        """Write the page of a period. Raises BadUsage, Refused."""
        write_page(
            period,
            self.output,
            self.as_of or today(),
            with_names=not self.without_names,
            replace=self.replace,
            as_json=self.as_json,
        )


@app.command(
    help=say(
        "月报：一个月，一页（HTML，离线）",
        "Write a month's report as one HTML page (works offline)",
    )
)
@taking_options
def month(
    *,
    of: Annotated[
        Period,
        typer.Argument(
            parser=read_one_month, metavar=MONTH, help=say("月份：2026-03", "the month: 2026-03")
        ),
    ],
    page: HowDrawn,
) -> None:
    """Write the page of a month."""
    page.write(of)


@app.command(
    help=say(
        "年报：一年，一页（HTML，离线，可打印）",
        "Write a year's report as one HTML page (works offline)",
    )
)
@taking_options
def year(
    *,
    of: Year,
    page: HowDrawn,
) -> None:
    """Write the page of a year."""
    page.write(of)


Place = Annotated[
    Path | None,
    typer.Option(
        "-o", "--output", metavar="DIR", help=say("写到哪个文件夹", "the folder to write")
    ),
]


@app.command(
    help=say(
        "迎检材料：按章节的文书和记录、目录、缺口、校验值；有缺口时退出码为 3",
        "Write the inspection papers; exit with 3 if a duty was not met",
    )
)
def inspection(
    of: Year,
    output: Place = None,
    replace: Replace = False,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """Write the folder that an inspector receives. Exit with 3 if something is overdue or in breach."""
    from partyctl.cli.report.inspection import write_inspection

    code = write_inspection(of, output, as_of or today(), replace=replace, as_json=as_json)
    if code:
        raise typer.Exit(code)


@app.command(
    help=say(
        "工作交接：校验过的台账备份、交接清单、怎样接着用",
        "For a successor: a backup, a list and instructions",
    )
)
def handover(output: Place = None, replace: Replace = False, as_json: AsJson = False) -> None:
    """Write the folder that a successor receives."""
    from partyctl.cli.report.handover import write_handover

    write_handover(output, today(), replace=replace, as_json=as_json)


@app.command(
    help=say(
        "年册：可以装订的 PDF（需要 partyctl[pdf]）",
        "Write a year's book as a PDF for binding (needs partyctl[pdf])",
    )
)
def book(
    of: Year,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            metavar="FILE.pdf",
            help=say("写到哪个文件", "the file to write"),
        ),
    ] = None,
    replace: Replace = False,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """Write the book of a year."""
    from partyctl.cli.report.book import write_book

    write_book(of, output, as_of or today(), replace=replace, as_json=as_json)
