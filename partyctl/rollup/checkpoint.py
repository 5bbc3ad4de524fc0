"""What `verify` knows of the log up to a point, so that it need not read a year again.

`checkpoint.json` is a cache and never a source. It holds only if the log still begins with the same
bytes (their number and SHA-256); the lines after them are read as usual, and without it all lines are.
"""

import json
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from partyctl.errors import PartyctlError
from partyctl.ledger.file import files
from partyctl.light import NamedTuple
from partyctl.rollup.received import Receipt, content_of, logged

FORMAT = "partyctl-checkpoint/1"
CHECKPOINT = "checkpoint.json"


class Checkpoint(NamedTuple):
    """The log up to a point: its size and SHA-256, and the number of extracts in it.

    `heads`: each branch's last head; `unordered`: branches whose heads do not chain in order of
    arrival; `kept`: the digest of each file, by month and code.
    """

    size: int
    sha256: str
    extracts: int
    heads: dict[str, str]
    unordered: list[str]
    kept: dict[str, dict[str, str]]


def read_checkpoint(folder: Path) -> Checkpoint:
    """The checkpoint at the log's end; it continues the stored one if that one holds. Raises BadInput."""
    content = content_of(folder)
    known = _stored(folder, content)
    if known.size == len(content):
        return known
    log = logged(folder, content[known.size :])
    heads = dict(known.heads)
    unordered = dict.fromkeys(known.unordered)
    for code, _, _, head, previous, *_ in log.receipts:
        if heads.get(code, head) not in (head, previous):
            unordered[code] = None
        heads[code] = head
    kept = known.kept
    for (code, month), digest in log.kept.items():
        kept.setdefault(month, {})[code] = digest
    extracts = known.extracts + len(log.receipts)
    digest = sha256(content).hexdigest()
    return Checkpoint(len(content), digest, extracts, heads, list(unordered), kept)


def write_checkpoint(folder: Path) -> None:
    """Store a checkpoint at the log's end; where it cannot be stored, `verify` reads more."""
    with suppress(PartyctlError, OSError):
        text = json.dumps(read_checkpoint(folder)).encode()
        files.write_bytes(folder / CHECKPOINT, _mark_of(text) + b"\n" + text + b"\n")


def receipts_of(folder: Path, codes: list[str]) -> list[Receipt]:
    """The receipts of some branches, in order. Raises BadInput."""
    begins = tuple(json.dumps([code])[:-1].encode() + b"," for code in codes)
    lines = (line for line in content_of(folder).split(b"\n") if line.startswith(begins))
    return logged(folder, b"".join(line + b"\n" for line in lines)).receipts


def _stored(folder: Path, content: bytes) -> Checkpoint:
    """The stored checkpoint; an empty one if it is damaged, or of another log."""
    with suppress(OSError, ValueError, TypeError, AttributeError, RecursionError):
        mark, text, _ = (folder / CHECKPOINT).read_bytes().split(b"\n")
        found = Checkpoint(*json.loads(text))
        whole = mark == _mark_of(text) and _has_shape(found) and found.size <= len(content)
        if whole and sha256(content[: found.size]).hexdigest() == found.sha256:
            return found
    return Checkpoint(0, sha256().hexdigest(), 0, {}, [], {})


def _mark_of(text: bytes) -> bytes:
    """The first line of a checkpoint: its format, and the SHA-256 of the second line."""
    return f"{FORMAT} {sha256(text).hexdigest()}".encode()


def _has_shape(found: Checkpoint) -> bool:
    texts = [found.sha256, *found.heads.values(), *found.unordered]
    texts += [digest for of_month in found.kept.values() for digest in of_month.values()]
    return all(isinstance(each, int) for each in (found.size, found.extracts)) and all(
        isinstance(each, str) for each in texts
    )
