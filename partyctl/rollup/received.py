"""A hub's permanent log: `received.jsonl`, one line per extract and per file."""

import json
import os
from pathlib import Path
from typing import BinaryIO, NamedTuple

from partyctl.errors import BadInput
from partyctl.language import say
from partyctl.ledger.file.flags import NO_LINK

RECEIVED = "received.jsonl"
LONGEST_LINE = 4096
"""The longest line."""


class Receipt(NamedTuple):
    """A received extract: branch, month, heads, time."""

    code: str
    month: str
    as_of: str
    head: str
    previous_head: str | None
    sha256: str
    received_at: str


class Kept(NamedTuple):
    """The file that counts for a branch (or lower hub) and month: the SHA-256 of its bytes."""

    code: str
    month: str
    digest: str


class Log(NamedTuple):
    """Everything received, in order; and each file's digest, by code and month."""

    receipts: list[Receipt]
    kept: dict[tuple[str, str], str]


def read_log(folder: Path) -> Log:
    """Read everything received; an incomplete last line is ignored. Raises BadInput."""
    place = folder / RECEIVED
    try:
        *lines, _ = place.read_bytes().split(b"\n")
    except FileNotFoundError:
        return Log([], {})
    try:
        said = json.loads(b"[" + b",".join(lines) + b"]")
        receipts = [Receipt._make(each) for each in said if len(each) != len(Kept._fields)]
        kept = {(each[0], each[1]): each[2] for each in said if len(each) == len(Kept._fields)}
    except (ValueError, TypeError, KeyError, RecursionError):
        raise damaged(place) from None
    return Log(receipts, kept)


def note(folder: Path, *lines: Receipt | Kept) -> None:
    """Record received extracts and the stored file."""
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    with _at_its_end(folder / RECEIVED) as file:
        file.write(text.encode())
        file.flush()
        os.fsync(file.fileno())


def _at_its_end(path: Path) -> BinaryIO:
    """Open a file of lines after its last complete one."""
    descriptor = os.open(path, os.O_CREAT | os.O_RDWR | NO_LINK, 0o600)
    file = os.fdopen(descriptor, "r+b")
    start = max(file.seek(0, os.SEEK_END) - LONGEST_LINE, 0)
    file.seek(start)
    file.seek(start + file.read().rfind(b"\n") + 1)
    file.truncate()
    return file


def damaged(path: Path) -> BadInput:
    """The error for a hub file partyctl did not write."""
    return BadInput(say(f"{path} 损坏了。", f"{path} is damaged."), f"ls -l {path}")
