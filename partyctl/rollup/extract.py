"""An extract: the results of a branch for a month, as lines of JSON a hub can check.

The first line has ledger, month and head; then come tallies, dues, and rows if the branch chose to send them;
the last line is the SHA-256 of everything before. The same ledger on the same day gives the same bytes. It
contains no person's name, number, income or text.
"""

import gzip
import json
from collections.abc import Iterable
from hashlib import sha256
from io import BytesIO
from typing import Any

from partyctl.light import NamedTuple

FORMAT = "partyctl-extract/1"


class Header(NamedTuple):
    """The heading: ledger and branch (0: the whole ledger), month, day, rules.

    `head`: the journal's head that day; `previous_head`: the previous extract's head; `rules`:
    the SHA-256 of the rules in force; `coarse`: fewer than five members, so only tallies by chapter.
    """

    ledger: str
    branch: int
    month: str
    as_of: str
    head: str
    previous_head: str | None
    program: str
    schema: int
    rules: str
    coarse: bool


class Tally(NamedTuple):
    """The number of duties of a rule and period with a status; in a coarse extract `rule` is empty."""

    chapter: str
    rule: str
    layer: str
    strength: str
    period: str
    status: str
    n: int


class DuesSum(NamedTuple):
    """The month's dues: members who owe, 分 owed and paid, members who paid nothing."""

    members: int
    owed_fen: int
    paid_fen: int
    unpaid_members: int


class Duty(NamedTuple):
    """One duty, if the branch sends rows; only the branch can resolve the number of its subject."""

    rule: str
    subject_kind: str
    subject_key: str
    opens: str
    due: str | None
    status: str
    proved_on: str | None
    provisional: bool


class Extract(NamedTuple):
    """The content of a file, and the SHA-256 in its last line."""

    header: Header
    tallies: tuple[Tally, ...]
    dues: DuesSum | None
    duties: tuple[Duty, ...]
    sha256: str = ""


def packed(extract: Extract) -> bytes:
    """An extract as a file: compressed lines of JSON, without a time stamp or file name inside."""
    lines = [{"format": FORMAT, **extract.header._asdict()}]
    lines += [{"tally": list(each)} for each in extract.tallies]
    lines += [{"dues": list(extract.dues)}] if extract.dues else []
    lines += [{"duty": list(each)} for each in extract.duties]
    text = "".join(f"{_line(each)}\n" for each in lines).encode()
    return compressed(text + sealing(text))


def sealing(text: bytes) -> bytes:
    """The last line of a file: the SHA-256 of everything before it."""
    return f"{_line({'sha256': sha256(text).hexdigest()})}\n".encode()


def compressed(text: bytes) -> bytes:
    """Reproducible gzip, without a time stamp."""
    packed = BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb", mtime=0) as file:
        file.write(text)
    return packed.getvalue()


def _line(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def sorted_tallies(found: Iterable[Tally]) -> tuple[Tally, ...]:
    """Tallies in a canonical order."""
    return tuple(sorted(found))
