"""Drafts that a killed command left: unfinished copies of a ledger, of which even one may be plain.

A command that finishes, or fails, takes its draft away. Only one that was killed cannot; the next
command that holds the ledger's lock does (`locking`), and `doctor` names what lies there until then.
"""

import time
from contextlib import suppress
from glob import escape
from pathlib import Path
from shlex import quote

from partyctl.errors import NotPermitted
from partyctl.language import say
from partyctl.ledger.file.files import default_folder, discard

ABANDONED_SECONDS = 3600
"""How old a draft is nobody's in a folder of which others may have the lock of another ledger."""


def beside(ledger: Path) -> list[Path]:
    """The drafts of a ledger, and of its backups in the folder that is theirs alone."""
    return [*_drafts(ledger.parent, ledger.name), *_drafts(default_folder(ledger), "ledger")]


def require_one_name(ledger: Path) -> None:
    """Make sure, before a write, that a ledger has one name: a broken write is found by its name.

    Whoever writes under another name leaves his journal there, and the record of the next one is
    lost with it. A second name that a killed command of ours gave is taken back; for any other,
    raises NotPermitted. For whoever has the ledger open: nobody is putting another in its place.
    """
    if ledger.stat().st_nlink == 1:
        return
    for each in second_names(ledger):
        discard(each)
        with suppress(OSError):  # that is not empty: something else was kept there
            each.parent.rmdir()
    if ledger.stat().st_nlink > 1:
        raise two_names(ledger)


def two_names(ledger: Path) -> NotPermitted:
    """A ledger has another name somewhere, a hard link, that is not of our making."""
    ours, own = quote(str(ledger)), quote(f"{ledger}.own")
    return NotPermitted(
        say(
            f"台账 {ledger} 有两个名字（硬链接）：从另一个名字写入会丢失记录，没有写入。",
            f"{ledger} has a second name (a hard link), under which records get lost. "
            "Nothing was written.",
        ),
        f"cp -p {ours} {own} && mv {own} {ours}",
    )


def second_names(ledger: Path) -> list[Path]:
    """The names that a killed init or restore left to a ledger beside its own."""
    kept = ledger.parent.glob(f"{escape(ledger.name)}.before-restore-*/{escape(ledger.name)}")
    named = [*kept, *_drafts(ledger.parent, ledger.name)]
    return [each for each in named if not each.is_symlink() and each.samefile(ledger)]


def clear(ledger: Path) -> None:
    """Remove them, for whoever holds the ledger's lock: then they are nobody's."""
    for each in beside(ledger):
        discard(each)


def clear_folder(folder: Path) -> None:
    """Remove those of backups in any other folder that nobody can be working at any more."""
    for each in _drafts(folder, "ledger"):
        if time.time() - each.stat().st_mtime > ABANDONED_SECONDS:
            discard(each)


def _drafts(folder: Path, name: str) -> list[Path]:
    """Whatever was prepared for a file in a folder: `.NAME….part`."""
    return sorted(folder.glob(f".{escape(name)}*.part"))
