"""`partyctl report handover`: the ledger, open duties and instructions, in one folder."""

import shlex
from datetime import date
from pathlib import Path, PurePath

from partyctl.cli.output.answers import tell
from partyctl.cli.report.folders import MANIFEST, Folder, prepared_folder, require_free_folder
from partyctl.cli.report.handover_list import handover_registers
from partyctl.cli.session import current
from partyctl.cli.session.reading import Reading
from partyctl.contract.papers import ReportHandover
from partyctl.language import say
from partyctl.ledger.file import keys, markers
from partyctl.ledger.file.keys import Kept, Mark
from partyctl.ledger.file.locking import locked
from partyctl.ledger.file.opening import require_current
from partyctl.ledger.maintenance import backup
from partyctl.ledger.maintenance.occasions import Occasion
from partyctl.light import NamedTuple
from partyctl.papers.pages.going_on import GoingOn, as_html
from partyctl.show.papers import printed_foot
from partyctl.show.tables import print_json

KIND = "handover"


class Names(NamedTuple):
    """Names in the handover folder: the ledger's subfolder, the handover list, the instructions."""

    ledger: str
    listing: str
    how: str


def _names() -> Names:
    return Names(
        say("台账", "ledger"),
        say("交接清单.xlsx", "handover-list.xlsx"),
        say("00-怎样接着用.html", "00-how-to-go-on.html"),
    )


def write_handover(output: Path | None, on: date, *, replace: bool, as_json: bool) -> None:
    """Write the folder with a manifest of its files, and print its path.

    Raises Refused if the path exists and may not be replaced. Also raises the errors of
    require_current and of backup.make.
    """
    ledger = current.ledger_path()
    names = _names()
    place = output or Path(say(f"工作交接-{on}", f"handover-{on}"))
    require_free_folder(place, KIND, replace=replace)
    require_current(ledger)
    key = markers.mark_of(ledger)
    with prepared_folder(place, KIND, replace=replace) as folder:
        with locked(ledger):
            made = backup.make(ledger, folder.path / names.ledger, Occasion.HANDOVER)
            with current.reading(on) as reading:
                _papers(reading, folder, made, key, names)
        for each in sorted((folder.path / names.ledger).iterdir()):
            folder.know(f"{names.ledger}/{each.name}")
        folder.close(
            {
                "kind": KIND,
                "as_of": on.isoformat(),
                "ledger": made.ledger,
                "head": made.head,
                "backup": f"{names.ledger}/{made.path.name}",
                "encrypted": key is not None,
                "files": dict(sorted(folder.digests.items())),
            }
        )
    if as_json:
        answer: ReportHandover = {
            "folder": str(place),
            "backup": f"{names.ledger}/{made.path.name}",
            "head": made.head,
            "encrypted": key is not None,
            "sha256": folder.digests[MANIFEST],
        }
        print_json(answer)
        return
    tell(say(f"已写出 {place}（链头 {made.head}）", f"{place} written, head {made.head}"))
    if key is not None:
        tell(say(f"台账是加密的，{_key_told(key)}", f"The ledger is encrypted. {_key_told(key)}"))
    else:
        tell(
            say(
                "台账没有加密：这个文件夹里的内容谁拿到都能读。",
                "The ledger is not encrypted: anybody who gets this folder can read "
                "everything in it.",
            ),
            err=True,
        )


def _papers(
    reading: Reading, folder: Folder, made: backup.Backup, key: Mark | None, names: Names
) -> None:
    from partyctl.papers.sheets.registers import as_book

    registers, foot = handover_registers(reading), printed_foot(reading.ledger)
    title = PurePath(names.listing).stem
    folder.add(names.listing, as_book(title, registers, foot, reading.on))
    going_on = GoingOn(
        whose=reading.organ.name,
        as_of=reading.on.isoformat(),
        restore=f"partyctl restore {shlex.quote(f'{names.ledger}/{made.path.name}')}",
        file=made.path.name,
        head=str(made.head),
        key=_key_told(key) if key else None,
        counts=tuple((each.title, len(each.rows)) for each in registers),
        list_file=names.listing,
        foot=foot,
    )
    folder.add(names.how, as_html(going_on))


def _key_told(key: Mark) -> str:
    """Say where the key is, without showing the key."""
    where = keys.place_of(key)
    return {
        Kept.FILE: say(
            f"密钥不在这里：把{where}另行交给接手人，放在新机器的同一位置，恢复时也可以在终端输入。",
            f"The key is not in this folder. Hand over the {where} separately. The "
            "successor puts it in the same place on the new machine, or types the key "
            "when partyctl restore asks.",
        ),
        Kept.KEYRING: say(
            f"密钥不在这里：它在{where}，须另行交给接手人，恢复时在终端输入。",
            f"The key is not in this folder, but in the {where}. Hand over the key "
            "separately: the command partyctl restore asks for the key.",
        ),
        Kept.PASSPHRASE: say(
            "口令不在这里：另行告诉接手人，恢复时在终端输入。",
            "The passphrase is not in this folder. Tell the successor the passphrase "
            "separately: the command partyctl restore asks for it.",
        ),
    }[key.kept]
