"""`partyctl member import` and `member sheet`: import a roster, or write one to fill in."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Annotated, Any

from partyctl.cli.input.option_groups import taking_options
from partyctl.cli.input.options import AsJson, past_day
from partyctl.cli.sheets.commands import sheet_command
from partyctl.cli.sheets.options import File, HowImported
from partyctl.errors import BadUsage
from partyctl.language import say

ChangedFrom = Annotated[
    date | None,
    past_day(
        "--from",
        say(
            "与 --update 同用：职务、领导干部、类别的变动从这天起",
            "with --update: the day from which changed posts, leadership and category apply",
        ),
    ),
]


@taking_options
def import_file(
    *, file: File, how: HowImported, changed_from: ChangedFrom = None, as_json: AsJson = False
) -> None:
    """Import a roster from a workbook, all or nothing."""
    from partyctl.cli.member.sheet_rows import ROSTER_IMPORT
    from partyctl.cli.sheets.importing import import_sheet, wanted

    if changed_from is not None and not how.update:
        raise BadUsage(
            say("--from 只和 --update 一起用。", "--from needs --update."),
            f"--update --from {changed_from}",
        )
    said = replace(wanted(how.update, how.dry_run), changed_from=changed_from)
    import_sheet([ROSTER_IMPORT], file, how.sheet, said, as_json=as_json)


def _fill() -> Callable[..., Any]:
    from partyctl.cli.member.entry_sheet import fill

    return fill


sheet = sheet_command(_fill)
