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

ABANDONED_SECONDS = 3600
"""In a folder that several ledgers use, a draft counts as abandoned only after this time. A command
for another ledger may still be writing a newer draft, and we cannot see that command's lock."""


def beside(ledger: Path) -> list[Path]:
    """The drafts of a ledger, and of its backups in the default backup folder."""
    return [*_drafts(ledger.parent, ledger.name), *_drafts(default_folder(ledger), "ledger")]


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
    for each in second_names(ledger):
        discard(each)
        with suppress(OSError):  # the folder stays if it contains other files
            each.parent.rmdir()
    if ledger.stat().st_nlink > 1:
        raise two_names(ledger)


def two_names(ledger: Path) -> NotPermitted:
    """The error for a ledger with a second name (a hard link) that partyctl did not make."""
    from shlex import quote  # imported here: few ledgers have two names

    ours, own = quote(str(ledger)), quote(f"{ledger}.own")
    return NotPermitted(
        say(
            f"台账 {ledger} 有两个名字（硬链接）：从另一个名字写入会丢失记录，没有写入。",
            f"{ledger} has a second name (a hard link): a write under the second name "
            "would lose records. Nothing was written.",
        ),
        f"cp -p {ours} {own} && mv {own} {ours}",
    )


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


def clear_folder(folder: Path) -> None:
    """Remove abandoned drafts of backups from a folder that several ledgers may use."""
    for each in _drafts(folder, "ledger"):
        if time.time() - each.stat().st_mtime > ABANDONED_SECONDS:
            discard(each)


def _drafts(folder: Path, name: str) -> list[Path]:
    """The drafts of a file in a folder; a draft's name has the form `.NAME….part`."""
    return sorted(folder.glob(f".{_literal(name)}*.part"))


def _literal(name: str) -> str:
    """A glob pattern that matches only the given name."""
    from glob import escape  # imported here: most commands do not look for leftovers

    return escape(name)
