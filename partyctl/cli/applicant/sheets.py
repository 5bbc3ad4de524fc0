"""`partyctl applicant import` and `applicant sheet`: the ways of many, from a workbook and to one."""

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
    """Import applicants with the days of their steps, all of it or nothing."""
    from partyctl.cli.applicant.sheet_rows import APPLICANT_IMPORT

    import_sheet(
        [APPLICANT_IMPORT], file, how.sheet, wanted(how.update, how.dry_run), as_json=as_json
    )


def sheet(output: Output = None, replace: Replace = False, as_json: AsJson = False) -> None:
    """Write those on the way to a workbook, to be filled and taken back by import."""
    from partyctl.cli.applicant.entry_sheet import fill

    write_filled(fill, "", output, replace=replace, as_json=as_json)
