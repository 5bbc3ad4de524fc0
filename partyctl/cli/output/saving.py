"""Saving a file out of the ledger: new, and readable by its owner only."""

import os
import sqlite3
from pathlib import Path
from typing import Annotated, Any

import typer

from partyctl.errors import NoSuchRecord, Refused
from partyctl.language import say
from partyctl.ledger.reading.meetings import minutes_content


def save_minutes(ledger: sqlite3.Connection, meeting: dict[str, Any], path: Path) -> None:
    """Write the file of a meeting's minutes. Raises NoSuchRecord, Refused for a file that exists."""
    if meeting["minutes_sha256"] is None:
        raise NoSuchRecord(
            say(f"会议 #{meeting['id']} 没有记录文件。", f"Meeting #{meeting['id']} has no file."),
            f"partyctl meeting edit {meeting['id']} --minutes @…",
        )
    write_new(path, minutes_content(ledger, meeting["minutes_sha256"]), "--minutes-to …")


REPLACE = "--replace"
Replace = Annotated[
    bool, typer.Option(REPLACE, help=say("已有文件就替换", "replace a file that exists"))
]


def require_free(path: Path, *, replace: bool = False) -> None:
    """Refuse to write over a file that was not to be replaced, or over a folder."""
    if os.path.lexists(path) and not (replace and path.is_file()):
        raise not_overwritten(path, "-o …" if path.is_dir() else REPLACE)


def write_file(path: Path, content: bytes, *, replace: bool) -> None:
    """A file that only its owner can read; one that exists is replaced whole, if it is to be."""
    if not (replace and os.path.lexists(path)):
        write_new(path, content, REPLACE)
        return
    require_free(path, replace=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}.new")
    write_new(draft, content, REPLACE)
    try:
        draft.replace(path)
    except OSError:
        draft.unlink()
        raise


def write_new(path: Path, content: bytes, remedy: str) -> None:
    """A new file that only its owner can read. Raises Refused where something is there already."""
    try:
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        raise not_overwritten(path, remedy) from None
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)


def not_overwritten(path: Path, remedy: str) -> Refused:
    """A file is in the way, and stays as it is."""
    return Refused(
        say(f"{path} 已存在，没有覆盖。", f"{path} exists and was not overwritten."), remedy
    )
