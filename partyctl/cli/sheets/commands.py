"""Make the commands `import` and `sheet` for nouns that add no options of their own to them."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from partyctl.cli.input.option_groups import Command, taking_options
from partyctl.cli.input.options import AsJson
from partyctl.cli.output.documents import Output
from partyctl.cli.output.saving import Replace
from partyctl.cli.sheets.options import File, HowImported

if TYPE_CHECKING:
    from partyctl.cli.sheets.judging import Import


def import_command(load: Callable[[], "Import"]) -> Command:
    """Make the command `import FILE`, which imports the whole workbook or nothing.

    `load` imports the modules that only this command needs, and returns the noun's `Import`.
    """

    @taking_options
    def import_file(*, file: File, how: HowImported, as_json: AsJson = False) -> None:
        from partyctl.cli.sheets.importing import import_sheet, wanted

        import_sheet([load()], file, how.sheet, wanted(how.update, how.dry_run), as_json=as_json)

    return import_file


def sheet_command(load: Callable[[], Callable[..., Any]]) -> Command:
    """Make the command `sheet`. `load` returns the function that fills the entry sheet."""

    def sheet(output: Output = None, replace: Replace = False, as_json: AsJson = False) -> None:
        from partyctl.cli.sheets.entry import write_filled

        write_filled(load(), "", output, replace=replace, as_json=as_json)

    return sheet
