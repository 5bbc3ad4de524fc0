"""Save files that only their owner can read; replace an existing file only on request."""

import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

from partyctl.errors import BadUsage, NoSuchRecord, Refused
from partyctl.language import say
from partyctl.ledger.file.files import publish
from partyctl.ledger.file.flags import NO_LINK
from partyctl.ledger.reading.meetings import minutes_content


def save_minutes(ledger: sqlite3.Connection, meeting: Mapping[str, Any], path: Path) -> None:
    """Save the file with a meeting's minutes.

    Raises NoSuchRecord if the meeting has no file with minutes, and Refused if `path` exists.
    """
    if meeting["minutes_sha256"] is None:
        raise NoSuchRecord(
            say(f"会议 #{meeting['id']} 没有记录文件。", f"Meeting #{meeting['id']} has no file."),
            f"partyctl meeting edit {meeting['id']} --minutes @…",
        )
    write_new(path, minutes_content(ledger, meeting["minutes_sha256"]), "--minutes-to …")


REPLACE = "--replace"
Replace = Annotated[
    bool, typer.Option(REPLACE, help=say("已有文件就替换", "replace the file if it exists"))
]


def require_ending(path: Path, *endings: str) -> None:
    """Raise BadUsage unless the file's suffix is one of `endings`."""
    if path.suffix.lower() in endings:
        return
    *most, last = endings
    chinese = f"{'、'.join(most)} 或 {last}" if most else last
    english = f"{', '.join(most)} or {last}" if most else last
    name = path.name or path
    raise BadUsage(
        say(f"{name} 应以 {chinese} 结尾。", f"{name} must end in {english}."),
        f"-o FILE{endings[0]}",
    )


def require_free(path: Path, *, replace: bool = False) -> None:
    """Raise Refused if the path is a folder, or if the file exists and `replace` is false."""
    if os.path.lexists(path) and not (replace and path.is_file()):
        raise not_overwritten(path, "-o …" if path.is_dir() else REPLACE)


def write_file(path: Path, content: bytes, *, replace: bool) -> None:
    """Write a file that only its owner can read.

    If `replace` is true, an existing file is replaced atomically.
    """
    with prepared(path, content, REPLACE, replace=replace):
        pass


def write_new(path: Path, content: bytes, remedy: str) -> None:
    """Write a new file that only its owner can read. Raises Refused if the path exists."""
    with prepared(path, content, remedy):
        pass


@contextmanager
def prepared(path: Path, content: bytes, remedy: str, *, replace: bool = False) -> Iterator[None]:
    """Write a file under a temporary name, and give it its final name when the `with` block ends.

    If the block fails or the disk is full, no partial file is left. Raises Refused if the path
    exists and `replace` is false.
    """
    if os.path.lexists(path) and not replace:
        raise not_overwritten(path, remedy)
    draft = path.with_name(f".partyctl-{os.urandom(4).hex()}.part")
    descriptor = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY | NO_LINK, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(descriptor)
        yield
        if replace and os.path.lexists(path):
            require_free(path, replace=True)
            draft.replace(path)
        else:
            publish(draft, path)
    except FileExistsError:
        raise not_overwritten(path, remedy) from None
    finally:
        draft.unlink(missing_ok=True)


def not_overwritten(path: Path, remedy: str) -> Refused:
    """Return the error for a file that exists and was not overwritten."""
    return Refused(
        say(f"{path} 已存在，没有覆盖。", f"{path} exists and was not overwritten."), remedy
    )
