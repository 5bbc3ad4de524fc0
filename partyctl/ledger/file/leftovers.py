"""Drafts that a killed command left: unfinished copies of a ledger, of which even one may be plain.

A command that finishes, or fails, takes its draft away. Only one that was killed cannot; the next
command that holds the ledger's lock does (`locking`), and `doctor` names what lies there until then.
"""

import time
from glob import escape
from pathlib import Path

from partyctl.ledger.file.files import default_folder, discard

ABANDONED_SECONDS = 3600
"""How old a draft is nobody's in a folder of which others may have the lock of another ledger."""


def beside(ledger: Path) -> list[Path]:
    """The drafts of a ledger, and of its backups in the folder that is theirs alone."""
    return [*_drafts(ledger.parent, ledger.name), *_drafts(default_folder(ledger), "ledger")]


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
