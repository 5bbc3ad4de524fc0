"""`partyctl disclosure import` and `disclosure sheet`: import disclosures, or write a sheet."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from partyctl.cli.sheets.commands import import_command, sheet_command

if TYPE_CHECKING:
    from partyctl.cli.sheets.judging import Import


def _import() -> "Import":
    from partyctl.cli.openness.disclosure_rows import DISCLOSURE_IMPORT

    return DISCLOSURE_IMPORT


def _fill() -> Callable[..., Any]:
    from partyctl.cli.openness.disclosure_filling import fill

    return fill


import_file, sheet = import_command(_import), sheet_command(_fill)
