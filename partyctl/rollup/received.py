"""A hub's permanent log `received.jsonl`: one line per accepted extract, and one per stored file."""

import json
import os
from contextlib import suppress
from pathlib import Path
from types import NoneType
from typing import BinaryIO

from partyctl.errors import BadInput
from partyctl.language import say
from partyctl.ledger.file.flags import NO_LINK
from partyctl.light import NamedTuple

RECEIVED = "received.jsonl"
LONGEST_LINE = 4096
"""The longest line that the log can have, in bytes."""


class Receipt(NamedTuple):
    """A received extract: its branch and month, two journal heads, and the time of receipt.

    `head`: the number and hash of the newest journal entry when the extract was made, not counting
    entries about extracts; `previous_head`: the head in the branch's extract before this one.
    """

    code: str
    month: str
    as_of: str
    head: str
    previous_head: str | None
    sha256: str
    received_at: str


PREVIOUS = Receipt._fields.index("previous_head")


class Kept(NamedTuple):
    """The file that the hub stored for a branch (or a lower hub) and month, with its SHA-256."""

    code: str
    month: str
    digest: str


class Log(NamedTuple):
    """All receipts in order, and the digest of each stored file, keyed by code and month."""

    receipts: list[Receipt]
    kept: dict[tuple[str, str], str]


def read_log(folder: Path) -> Log:
    """Read everything received. Raises BadInput."""
    return logged(folder, content_of(folder))


def content_of(folder: Path) -> bytes:
    """Return the complete lines of the log; an incomplete last line is ignored."""
    with suppress(FileNotFoundError):
        content = (folder / RECEIVED).read_bytes()
        return content[: content.rfind(b"\n") + 1]
    return b""


def logged(folder: Path, lines: bytes) -> Log:
    """Parse lines of the log. Raises BadInput."""
    place = folder / RECEIVED
    try:
        said = json.loads(b"[" + lines.removesuffix(b"\n").replace(b"\n", b",") + b"]")
        if not _are_texts(said):
            raise damaged(place)
        receipts = [Receipt._make(each) for each in said if len(each) != len(Kept._fields)]
        kept = {(each[0], each[1]): each[2] for each in said if len(each) == len(Kept._fields)}
    except (ValueError, TypeError, KeyError, RecursionError):
        raise damaged(place) from None
    return Log(receipts, kept)


def _are_texts(lines: list[list[object]]) -> bool:
    """Whether every value is a text. Only the value of the previous head can also be None."""
    kinds = {type(value) for line in lines for value in line}
    others = (line[:PREVIOUS] + line[PREVIOUS + 1 :] for line in lines if None in line)
    return kinds <= {str, NoneType} and not any(None in each for each in others)


def note(folder: Path, *lines: Receipt | Kept) -> None:
    """Append lines to the log: one for each received extract, and one for the stored file."""
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    with _at_its_end(folder / RECEIVED) as file:
        file.write(text.encode())
        file.flush()
        os.fsync(file.fileno())


def _at_its_end(path: Path) -> BinaryIO:
    """Open a file of lines for appending, after cutting off an incomplete last line."""
    descriptor = os.open(path, os.O_CREAT | os.O_RDWR | NO_LINK, 0o600)
    file = os.fdopen(descriptor, "r+b")
    start = max(file.seek(0, os.SEEK_END) - LONGEST_LINE, 0)
    file.seek(start)
    file.seek(start + file.read().rfind(b"\n") + 1)
    file.truncate()
    return file


def damaged(path: Path) -> BadInput:
    """Return the error for a hub file that is damaged or that partyctl did not write."""
    return BadInput(say(f"{path} 损坏了。", f"{path} is damaged."), f"ls -l {path}")
