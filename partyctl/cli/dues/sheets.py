"""`partyctl dues import` and `dues sheet`: import bases and payments, or write a sheet."""

from typing import Annotated

import typer

from partyctl.cli.input.dates import read_month
from partyctl.cli.input.options import MONTH, AsJson, On
from partyctl.cli.output.documents import Output
from partyctl.cli.output.saving import Replace
from partyctl.cli.sheets.options import DryRun, File, SheetName, Update
from partyctl.language import say

TheMonth = Annotated[
    str,
    typer.Argument(parser=read_month, metavar=MONTH, help=say("哪个月", "which month")),
]
MonthOfAll = Annotated[
    str | None,
    typer.Option(
        "--month",
        parser=read_month,
        metavar=MONTH,
        help=say("月份（表里没有写时）", "the month, if the sheet does not give it"),
    ),
]


def import_file(
    file: File,
    sheet: SheetName = None,
    month: MonthOfAll = None,
    on: On = None,
    dry_run: DryRun = False,
    update: Update = False,
    as_json: AsJson = False,
) -> None:
    """Import bases and payments from a workbook, all or nothing."""
    from partyctl.cli.dues.sheet_rows import DUES_IMPORT
    from partyctl.cli.sheets.importing import import_sheet, wanted

    year = None if month is None else int(month[:4])
    said = wanted(update, dry_run, month=month, year=year, paid_on=on)
    import_sheet([DUES_IMPORT], file, sheet, said, as_json=as_json)


def sheet(
    month: TheMonth, output: Output = None, replace: Replace = False, as_json: AsJson = False
) -> None:
    """Write the entry sheet of a month's dues to a workbook, which the clerk fills in and imports."""
    from partyctl.cli.dues.entry_sheet import fill
    from partyctl.cli.sheets.entry import write_filled

    write_filled(fill, month, output, replace=replace, as_json=as_json)
