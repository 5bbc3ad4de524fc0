"""`partyctl meeting import` and `meeting sheet`: import meetings or attendance; write attendance sheets."""

from typing import Annotated

import typer

from partyctl.cli.input.options import NUMBER, AsJson, Number, read_number
from partyctl.cli.output.documents import Output
from partyctl.cli.output.saving import Replace
from partyctl.cli.sheets.options import DryRun, File, SheetName, Update
from partyctl.language import say

OneMeeting = Annotated[
    int | None,
    typer.Option(
        "--meeting",
        parser=read_number,
        metavar=NUMBER,
        help=say("签到表是哪次会议的", "the meeting to which the attendance sheet belongs"),
    ),
]


def import_file(
    file: File,
    sheet: SheetName = None,
    meeting: OneMeeting = None,
    dry_run: DryRun = False,
    update: Update = False,
    as_json: AsJson = False,
) -> None:
    """Import meetings, or one meeting's attendance, from a workbook, all or nothing."""
    from partyctl.cli.meeting.attendance_rows import ATTENDANCE_IMPORT
    from partyctl.cli.meeting.sheet_rows import MEETINGS_IMPORT
    from partyctl.cli.sheets.importing import import_sheet, wanted

    said = wanted(update, dry_run, meeting=meeting)
    import_sheet([MEETINGS_IMPORT, ATTENDANCE_IMPORT], file, sheet, said, as_json=as_json)


def sheet(
    number: Number, output: Output = None, replace: Replace = False, as_json: AsJson = False
) -> None:
    """Write a meeting's attendance sheet; the clerk fills it in and imports it."""
    from partyctl.cli.meeting.entry_sheet import fill
    from partyctl.cli.sheets.entry import write_filled

    write_filled(fill, str(number), output, replace=replace, as_json=as_json)
