"""`partyctl talk import` and `talk sheet`: talks from a workbook, and a sheet to fill."""

from partyctl.cli.input.option_groups import taking_options
from partyctl.cli.input.options import AsJson
from partyctl.cli.output.documents import Output
from partyctl.cli.output.saving import Replace
from partyctl.cli.sheets.entry import write_filled
from partyctl.cli.sheets.importing import File, HowImported, import_sheet, wanted


@taking_options
def import_file(
    *,
    file: File,
    how: HowImported,
    as_json: AsJson = False,
) -> None:
    """Import talks from a workbook, all of them or none."""
    from partyctl.cli.talk.sheet_rows import TALK_IMPORT

    import_sheet([TALK_IMPORT], file, how.sheet, wanted(how.update, how.dry_run), as_json=as_json)


def sheet(output: Output = None, replace: Replace = False, as_json: AsJson = False) -> None:
    """Write everybody to a workbook, to be filled with talks and taken back by import."""
    from partyctl.cli.talk.entry_sheet import fill

    write_filled(fill, "", output, replace=replace, as_json=as_json)
