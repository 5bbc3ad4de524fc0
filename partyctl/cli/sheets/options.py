"""Options that imports from a workbook share."""

from pathlib import Path
from typing import Annotated

import typer

from partyctl.cli.input.options import TITLE
from partyctl.language import say
from partyctl.light import NamedTuple

File = Annotated[
    Path,
    typer.Argument(metavar="FILE.xlsx", readable=False, help=say("工作簿", "the workbook")),
]
SheetName = Annotated[
    str | None,
    typer.Option("--sheet", metavar=TITLE, help=say("只读这张工作表", "read this sheet only")),
]
DryRun = Annotated[
    bool,
    typer.Option("--dry-run", help=say("只看不写", "show a preview; write nothing")),
]
Update = Annotated[
    bool,
    typer.Option(
        "--update",
        help=say(
            "与台账不同的也写入", "also store values that differ from the values in the ledger"
        ),
    ),
]


class HowImported(NamedTuple):
    """The options of the commands that `import_command` makes; `member import` has them too."""

    sheet: SheetName = None
    dry_run: DryRun = False
    update: Update = False
