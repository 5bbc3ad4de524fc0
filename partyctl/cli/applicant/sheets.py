"""`partyctl applicant import` and `applicant sheet`: import applications, or write a sheet."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from partyctl.cli.sheets.commands import import_command, sheet_command

if TYPE_CHECKING:
    from partyctl.cli.sheets.judging import Import


def _import() -> "Import":
    from partyctl.cli.applicant.sheet_rows import APPLICANT_IMPORT

    return APPLICANT_IMPORT


def _fill() -> Callable[..., Any]:
    from partyctl.cli.applicant.entry_sheet import fill

    return fill


import_file, sheet = import_command(_import), sheet_command(_fill)
