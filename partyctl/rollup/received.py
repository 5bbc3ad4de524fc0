"""What a hub took in, for ever: `received.jsonl`, one line for each extract, and one for each file."""

import json
import os
from pathlib import Path
from typing import BinaryIO, NamedTuple

from partyctl.errors import BadInput
from partyctl.language import say
from partyctl.ledger.file.flags import NO_LINK

RECEIVED = "received.jsonl"
LONGEST_LINE = 4096
"""No line is longer."""


class Receipt(NamedTuple):
    """One extract that was taken: of which branch and month, with which heads, when."""

    code: str
    month: str
    as_of: str
    head: str
    previous_head: str | None
    sha256: str
    received_at: str


class Kept(NamedTuple):
    """The file that stands for a branch or a hub below and a month: the SHA-256 of its bytes."""

    code: str
    month: str
    digest: str


class Log(NamedTuple):
    """All that was taken, in the order of coming; the digest of each file, by code and month."""

    receipts: list[Receipt]
    kept: dict[tuple[str, str], str]


def read_log(folder: Path) -> Log:
    """All that was taken. A last line without an end was cut off, and never acted on. Raises BadInput."""
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
    """Write down what was taken, and which file was kept."""
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    with _at_its_end(folder / RECEIVED) as file:
        file.write(text.encode())
        file.flush()
        os.fsync(file.fileno())


def _at_its_end(path: Path) -> BinaryIO:
    """A file of lines, opened behind its last whole one."""
    descriptor = os.open(path, os.O_CREAT | os.O_RDWR | NO_LINK, 0o600)
    file = os.fdopen(descriptor, "r+b")
    start = max(file.seek(0, os.SEEK_END) - LONGEST_LINE, 0)
    file.seek(start)
    file.seek(start + file.read().rfind(b"\n") + 1)
    file.truncate()
    return file


def damaged(path: Path) -> BadInput:
    """A file of the hub's own that does not hold what partyctl writes."""
    return BadInput(say(f"{path} 损坏了。", f"{path} is damaged."), f"ls -l {path}")
