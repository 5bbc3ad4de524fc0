"""Remove drafts left by a killed command: unfinished copies of a ledger, possibly unencrypted.

A command that finishes or fails removes its draft. A killed command cannot remove its draft, so the
next backup, migration, restore or conversion of the ledger removes that draft (see `locking`).
`doctor` lists the drafts that were not removed yet.
"""

import time
from contextlib import suppress
from pathlib import Path

from partyctl.errors import NotPermitted
from partyctl.language import say
from partyctl.ledger.file.files import default_folder, discard
from partyctl.ledger.file.places import MARKER

RANDOM = "[0-9a-f]" * 8
"""A glob pattern for the random part of a draft's name (`files.draft_of`)."""

KINDS = (f".{RANDOM}.part", f"{MARKER}.{RANDOM}.part", ".converting.part")
"""What follows the ledger's name in the name of a draft. A looser pattern would also match the
drafts of another ledger whose name begins with this ledger's name."""

ABANDONED_SECONDS = 3600
"""In a folder that several ledgers use, a draft counts as abandoned only after this time. A command
for another ledger may still be writing a newer draft, and we cannot see that command's lock."""


def beside(ledger: Path) -> list[Path]:
    """The drafts of a ledger, and of its backups in the default backup folder.

    The ledgers of one folder have the same default backup folder. A new draft there with the name
    of another ledger is left out, because a backup of that ledger may be running.
    """
    folder = default_folder(ledger)
    in_backups = {*_drafts(folder, ledger.name), *_abandoned(folder, ledger.name)}
    return [*_drafts(ledger.parent, ledger.name), *sorted(in_backups)]


def require_one_name(ledger: Path) -> None:
    """Check before a write that a ledger has only one name (no second hard link).

    To undo an interrupted write, SQLite looks for a rollback journal that is named after the
    ledger. If a process wrote to the ledger under another name and was killed, SQLite does not find
    the rollback journal of this write, and records can be lost. A second name left by a killed
    partyctl command is removed. Raises NotPermitted for any other second name. Call this function
    while the ledger is open, so that no other file replaces it meanwhile.
    """
    if ledger.stat().st_nlink == 1:
        return
    drop_second_names(ledger)
    if ledger.stat().st_nlink > 1:
        raise two_names(ledger, say("没有写入。", " Nothing was written."))


def two_names(ledger: Path, more: str = "") -> NotPermitted:
    """The error for a ledger with a second name (a hard link) that partyctl did not make.

    `more`: what the error also says, such as that nothing was written.
    """
    from shlex import quote  # imported here: few ledgers have two names

    ours, own = quote(str(ledger)), quote(f"{ledger}.own")
    return NotPermitted(
        say(
            f"台账 {ledger} 有两个名字（硬链接）：从另一个名字写入会丢失记录。{more}",
            f"{ledger} has a second name (a hard link): a write under the second name "
            f"would lose records.{more}",
        ),
        f"cp -p {ours} {own} && mv {own} {ours}",
    )


def drop_second_names(ledger: Path) -> None:
    """Remove the second names that killed commands gave to a ledger (`second_names`).

    If a restore was killed, the folder that contains the second name can also contain the rollback
    journal of a damaged ledger. SQLite needs this journal to repair the ledger, so the journal and
    the folder are kept.
    """
    for second in second_names(ledger):
        if second.parent == ledger.parent:  # the draft of an init
            discard(second)
            continue
        for each in (second, Path(f"{second}{MARKER}"), Path(f"{second}-shm")):
            each.unlink(missing_ok=True)
        with suppress(OSError):  # the folder stays if it contains other files
            second.parent.rmdir()


def second_names(ledger: Path) -> list[Path]:
    """The second names of a ledger that were left by a killed `init` or `restore`."""
    name = _literal(ledger.name)
    kept = ledger.parent.glob(f"{name}.before-restore-*/{name}")
    named = [*kept, *_drafts(ledger.parent, ledger.name)]
    return [each for each in named if not each.is_symlink() and each.samefile(ledger)]


def clear(ledger: Path) -> None:
    """Remove a ledger's drafts (`beside`). The caller must hold the ledger's lock."""
    for each in beside(ledger):
        discard(each)


def clear_folder(folder: Path, name: str) -> None:
    """Remove abandoned drafts of backups from a folder that several ledgers may use.

    `name`: the name of the ledger's file.
    """
    for each in _abandoned(folder, name):
        discard(each)


def _abandoned(folder: Path, name: str) -> list[Path]:
    """The abandoned drafts of a ledger's backups, and of the manifests and markers of all backups.

    Abandoned means older than ABANDONED_SECONDS. The names of manifests and markers begin with
    "ledger", whatever the ledger's own name is, so all drafts with such a name are included.
    """
    drafts = sorted({*_drafts(folder, name), *folder.glob(f".ledger*.{RANDOM}.part")})
    return [each for each in drafts if _is_old(each)]


def _is_old(draft: Path) -> bool:
    with suppress(FileNotFoundError):  # another command has just finished its draft
        return time.time() - draft.stat().st_mtime > ABANDONED_SECONDS
    return False


def _drafts(folder: Path, name: str) -> list[Path]:
    """The drafts of a file, and of its marker (the file `….key.json`), in a folder."""
    return sorted(each for kind in KINDS for each in folder.glob(f".{_literal(name)}{kind}"))


def _literal(name: str) -> str:
    """A glob pattern that matches only the given name."""
    from glob import escape  # imported here: most commands do not look for leftovers

    return escape(name)
