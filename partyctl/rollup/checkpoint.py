"""A summary of a hub's log up to a certain line, so that `verify` need not parse these lines again.

The log is `received.jsonl`. The summary, `checkpoint.json`, is only a cache: `verify` can always
work without this file. The cache is valid if the log still begins with the same bytes (compared by
their number and SHA-256). If the cache is valid, `verify` need not parse the older lines of the log
again, except to report a changed file or extracts out of order; otherwise `verify` parses all
lines.
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
    """A summary of the log up to a certain line: its size, its SHA-256, and the number of extracts.

    A journal head is the number and hash of an entry in a ledger's journal. `heads`: the head in
    the extract that was received last from each branch; `unordered`: branches whose extracts did not
    arrive in the order of their heads; `kept`: the digest of each file, keyed by month and code.
    """

    size: int
    sha256: str
    extracts: int
    heads: dict[str, str]
    unordered: list[str]
    kept: dict[str, dict[str, str]]


def read_checkpoint(folder: Path) -> Checkpoint:
    """Return a checkpoint for the whole log.

    If the stored checkpoint is valid, only the lines that were added after it are parsed.

    Raises BadInput.
    """
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
    """Store a checkpoint for the whole log.

    If the checkpoint cannot be stored, no data are lost, but the next `verify` has to parse more
    lines.
    """
    with suppress(PartyctlError, OSError):
        text = json.dumps(read_checkpoint(folder)).encode()
        files.write_bytes(folder / CHECKPOINT, _mark_of(text) + b"\n" + text + b"\n")


def receipts_of(folder: Path, codes: list[str]) -> list[Receipt]:
    """Return the receipts of some branches, in the order of the log. Raises BadInput."""
    begins = tuple(json.dumps([code])[:-1].encode() + b"," for code in codes)
    lines = (line for line in content_of(folder).split(b"\n") if line.startswith(begins))
    return logged(folder, b"".join(line + b"\n" for line in lines)).receipts


def _stored(folder: Path, content: bytes) -> Checkpoint:
    """Return the stored checkpoint, or an empty one if it is damaged or belongs to another log."""
    with suppress(OSError, ValueError, TypeError, AttributeError, RecursionError):
        mark, text, _ = (folder / CHECKPOINT).read_bytes().split(b"\n")
        found = Checkpoint(*json.loads(text))
        whole = mark == _mark_of(text) and _has_shape(found) and found.size <= len(content)
        if whole and sha256(content[: found.size]).hexdigest() == found.sha256:
            return found
    return Checkpoint(0, sha256().hexdigest(), 0, {}, [], {})


def _mark_of(text: bytes) -> bytes:
    """Return the first line of a checkpoint: its format, and the SHA-256 of the second line."""
    return f"{FORMAT} {sha256(text).hexdigest()}".encode()


def _has_shape(found: Checkpoint) -> bool:
    texts = [found.sha256, *found.heads.values(), *found.unordered]
    texts += [digest for of_month in found.kept.values() for digest in of_month.values()]
    return all(isinstance(each, int) for each in (found.size, found.extracts)) and all(
        isinstance(each, str) for each in texts
    )
