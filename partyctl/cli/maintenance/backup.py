"""`partyctl backup`: make, list and verify backups."""

import shlex
from pathlib import Path
from typing import Annotated

import typer

from partyctl.bilingual import many
from partyctl.cli.input.dates import end_of_day
from partyctl.cli.input.options import AsJson, AsOf
from partyctl.cli.output.answers import tell
from partyctl.cli.output.histories import clock
from partyctl.cli.output.to_file import to_file
from partyctl.cli.session import current
from partyctl.cli.session.failures import report
from partyctl.cli.session.group import Nouns
from partyctl.contract.maintenance import BackupChecked, BackupMade, BackupsChecked
from partyctl.errors import BadUsage, CannotRead, MissingInput, PartyctlError, Tampered
from partyctl.language import say
from partyctl.ledger.file import handed_in
from partyctl.ledger.file.files import default_folder
from partyctl.ledger.file.locking import locked
from partyctl.ledger.file.opening import require_current
from partyctl.ledger.journal.read_chain import Report
from partyctl.ledger.maintenance import backup, retention
from partyctl.ledger.maintenance.occasions import Occasion
from partyctl.show.tables import Line, print_json, print_table

MAKE = "make"
MISTYPED = 0.8
"""A word that is at least this similar to a verb counts as a typing mistake. For example, `lst` and
`verfy` are typing mistakes, but `bak` is not."""


class BackupGroup(Nouns):
    """Let `backup` without a verb make a backup; the user may name a folder for it."""

    def worded(self, args: list[str]) -> list[str]:
        """Return the arguments with the verb moved to the front.

        If no verb was typed, put `make` at the front, unless --help was typed. Raises BadUsage for
        a mistyped verb.
        """
        first = next((arg for arg in args if not arg.startswith("-")), None)
        if first is not None and first in self.commands:
            place = args.index(first)
            args = [first, *args[:place], *args[place + 1 :]]
        elif "--help" not in args:
            if first is not None and not handed_in.is_there(Path(first)):
                self._refuse_slip(first)
            args = [MAKE, *args]
        return args

    def _refuse_slip(self, word: str) -> None:
        from difflib import get_close_matches

        for verb in get_close_matches(word, self.commands, n=1, cutoff=MISTYPED):
            raise BadUsage(
                say(
                    f"没有“{word}”这个文件夹。是不是“{verb}”？",
                    f"There is no folder “{word}”. Did you mean “{verb}”?",
                ),
                f"partyctl backup {verb}",
            )


app = typer.Typer(
    cls=BackupGroup,
    help=say(
        "备份台账到一个文件夹（默认台账旁的 backups）；列出、校验已有的备份",
        "Back up the ledger to a folder (default: the folder backups, beside the ledger); "
        "list or verify backups",
    ),
    subcommand_metavar="[DIR] | list [DIR] | verify [FILE|DIR]",
    add_completion=False,
    rich_markup_mode=None,
)

Folder = Annotated[
    Path | None,
    typer.Argument(
        metavar="[DIR]",
        help=say(
            "文件夹（默认台账旁的 backups）",
            "the folder of the backups (default: the folder backups, beside the ledger)",
        ),
    ),
]


@app.command(MAKE, help=say("备份（make 可以不写）", "Make a backup (`make` may be left out)"))
def make(folder: Folder = None, as_json: AsJson = False) -> None:
    """Make a backup and verify it, then delete backups that need not be kept (see `retention`)."""
    ledger = current.ledger_path()
    backup.require_known(ledger)
    with locked(ledger):
        made = backup.make(ledger, folder or _default(), Occasion.MANUAL)
        if as_json:
            print_json(_made(made))
        else:
            tell(say(f"已备份 {made.path}", f"Backed up: {made.path}"))
        retention.rotate(made)


def save_first(reason: str) -> None:
    """Back up the ledger before an import, as `make` does, but print nothing.

    If an older backup is damaged, print the error and continue.
    """
    ledger = current.ledger_path()
    require_current(ledger)
    with locked(ledger):
        made = backup.make(ledger, _default(), reason)
        try:
            retention.rotate(made)
        except CannotRead as error:  # an older backup is damaged: report it and go on
            report(error)


@app.command("list", help=say("列出备份，新的在前", "List the backups, newest first"))
@to_file("备份", "Backups")
def show_list(folder: Folder = None, as_of: AsOf = None, as_json: AsJson = False) -> None:
    """List the backups in a folder, with the details from their manifests."""
    if folder is not None and not handed_in.is_folder(folder):
        raise MissingInput(
            say(f"没有文件夹 {folder}。", f"There is no folder {folder}."), "partyctl backup list"
        )
    until = end_of_day(as_of)
    every = backup.listing(folder or _default())
    found = [each for each in every if until is None or each.made_at < until]
    if as_json:
        print_json([_made(each) for each in found])
    elif not found:
        tell(say("还没有备份：partyctl backup", "No backups yet: partyctl backup"))
    else:
        headings = (say("时间", "made"), say("原因", "why"), say("链头", "head"), "KiB")
        print_table((*headings, say("文件", "file")), [_line(each) for each in found])


def _made(made: backup.Backup) -> BackupMade:
    return {
        "id": made.path.name,
        "path": str(made.path),
        "made_at": made.made_at.isoformat(),
        "schema": made.schema,
        "size": made.size,
        "sha256": made.sha256,
        "ledger": made.ledger,
        "head": made.head,
        "reason": made.reason,
        "rows": made.rows,
        "partyctl": made.partyctl,
        "sqlite": made.sqlite,
    }


def _line(made: backup.Backup) -> Line:
    known = (each.label for each in Occasion if each == made.reason)
    reason = next(known, made.reason)
    if made.sha256 is None:
        reason = say("无清单", "no manifest")
    size = str(made.size // 1024)
    return Line((clock(made.made_at.isoformat()), reason, made.head or "", size, str(made.path)))


@app.command(
    help=say(
        "校验一份备份（默认最新的）：字节、文件、日志链、每一行",
        "Verify a backup: bytes, file, journal, rows (default: the newest)",
    )
)
def verify(
    place: Annotated[
        Path | None,
        typer.Argument(
            metavar="[FILE|DIR]",
            help=say("备份文件，或文件夹", "a backup file, or a folder of backups"),
        ),
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help=say("文件夹里的每一份", "every backup in the folder"))
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Verify backups: the manifest, the file, the chain of the journal, and every row."""
    checked = [(file, *_checked(file)) for file in _files(place or _default(), everything)]
    failed = [error for _, _, error in checked if error is not None]
    if as_json:
        answer: BackupsChecked = {
            "ok": not failed,
            "backups": [_as_object(*each) for each in checked],
        }
        print_json(answer)
    else:
        for file, found, _ in checked:
            if found is not None:
                tell(say(f"完好 {file}（{_what(found)}）", f"Intact: {file} ({_what(found)})"))
    _raise_worst(failed)


def _files(place: Path, everything: bool) -> list[Path]:
    """Return the backups to verify: the named file, or the newest backup in the named folder.

    With `everything`, return all backups in the folder. Raises MissingInput if the folder has no
    backups, and BadUsage if `everything` is set and `place` is a file.
    """
    if not handed_in.is_folder(place) and place != _default():
        if everything and handed_in.is_there(place):
            raise BadUsage(
                say(
                    f"{place} 是一个文件，--all 查整个文件夹。",
                    f"{place} is one file: --all needs a folder.",
                ),
                f"partyctl backup verify {shlex.quote(str(place.parent))} --all",
            )
        return [place]
    found = [each.path for each in backup.listing(place)]
    if not found:
        raise MissingInput(
            say(f"{place} 里没有备份。", f"There are no backups in {place}."),
            "partyctl backup make",
        )
    return found if everything else found[:1]


def _checked(file: Path) -> tuple[Report | None, PartyctlError | None]:
    try:
        return backup.check(file), None
    except PartyctlError as error:
        return None, error


def _what(found: Report) -> str:
    if found.head is None:
        return say("日志是空的", "an empty journal")
    return say(
        f"链头 {found.head}，{found.rows} 行", f"head {found.head}, {many(found.rows, 'row')}"
    )


def _as_object(file: Path, found: Report | None, error: PartyctlError | None) -> BackupChecked:
    return {
        "id": file.name,
        "path": str(file),
        "ok": error is None,
        "code": error.exit_code if error else 0,
        "error": error.sentence if error else None,
        "ledger": found.ledger if found else None,
        "head": found.head if found else None,
        "entries": found.entries if found else None,
        "rows": found.rows if found else None,
    }


def _raise_worst(failed: list[PartyctlError]) -> None:
    """Raise the worst failure, and print all others. Tampering is the worst failure."""
    failed = sorted(failed, key=lambda error: isinstance(error, Tampered))
    for error in failed[:-1]:
        report(error)
    if failed:
        raise failed[-1]


def _default() -> Path:
    return default_folder(current.ledger_path())
