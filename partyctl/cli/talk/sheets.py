"""`partyctl talk import` and `talk sheet`: import talks, or write a sheet to fill in."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from partyctl.cli.sheets.commands import import_command, sheet_command

if TYPE_CHECKING:
    from partyctl.cli.sheets.judging import Import


def _import() -> "Import":
    from partyctl.cli.talk.sheet_rows import TALK_IMPORT

    return TALK_IMPORT


def _fill() -> Callable[..., Any]:
    from partyctl.cli.talk.entry_sheet import fill

    return fill


import_file, sheet = import_command(_import), sheet_command(_fill)
