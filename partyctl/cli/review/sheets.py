"""`partyctl review import` and `review sheet`: import ratings, or write a sheet to fill in."""

from typing import Annotated

import typer

from partyctl.cli.input.dates import read_year
from partyctl.cli.input.options import AsJson
from partyctl.cli.output.documents import Output
from partyctl.cli.output.saving import Replace
from partyctl.cli.review.options import Year
from partyctl.cli.sheets.options import DryRun, File, SheetName, Update
from partyctl.language import say

YearOfAll = Annotated[
    int | None,
    typer.Option(
        "--year",
        parser=read_year,
        metavar="YEAR",
        help=say("年度（表里没有写时）", "the year, if the sheet does not give it"),
    ),
]


def import_file(
    file: File,
    sheet: SheetName = None,
    year: YearOfAll = None,
    dry_run: DryRun = False,
    update: Update = False,
    as_json: AsJson = False,
) -> None:
    """Import summaries, ratings and votes from a workbook, all or nothing."""
    from partyctl.cli.review.sheet_rows import REVIEW_IMPORT
    from partyctl.cli.sheets.importing import import_sheet, wanted

    said = wanted(update, dry_run, year=year)
    import_sheet([REVIEW_IMPORT], file, sheet, said, as_json=as_json)


def sheet(
    year: Year, output: Output = None, replace: Replace = False, as_json: AsJson = False
) -> None:
    """Write the entry sheet of a yearly review; the clerk fills it in and imports it."""
    from partyctl.cli.review.entry_sheet import fill
    from partyctl.cli.sheets.entry import write_filled

    write_filled(fill, str(year), output, replace=replace, as_json=as_json)
