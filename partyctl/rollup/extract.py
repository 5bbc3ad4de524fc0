"""An extract: the results of one branch and month, as lines of JSON that a hub can check.

The first line says of which ledger, month and head; then come tallies, dues, and rows where the
branch chose to give them; the last line is the SHA-256 of all before. The same ledger on the same
day gives the same bytes. No name, number, income or text of a person is in it.
"""

import gzip
import json
from collections.abc import Iterable
from hashlib import sha256
from io import BytesIO
from typing import Any, NamedTuple

FORMAT = "partyctl-extract/1"


class Header(NamedTuple):
    """Of which ledger and branch (0: the whole ledger), which month on which day, by which rules.

    `head` is the journal's on that day, `previous_head` the one that the extract before bore; `rules`
    is the SHA-256 of the rules in force; `coarse`: fewer than five members, so tallies by chapter alone.
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
    """How many duties of one rule and period have one status; of a coarse extract `rule` is empty."""

    chapter: str
    rule: str
    layer: str
    strength: str
    period: str
    status: str
    n: int


class DuesSum(NamedTuple):
    """The dues of the month: members who owe, 分 owed and paid, members with nothing paid."""

    members: int
    owed_fen: int
    paid_fen: int
    unpaid_members: int


class Duty(NamedTuple):
    """One duty, where the branch gives rows; whose it is, is a number that only the branch can tell."""

    rule: str
    subject_kind: str
    subject_key: str
    opens: str
    due: str | None
    status: str
    proved_on: str | None
    provisional: bool


class Extract(NamedTuple):
    """All that one file says, and the SHA-256 in its last line."""

    header: Header
    tallies: tuple[Tally, ...]
    dues: DuesSum | None
    duties: tuple[Duty, ...]
    sha256: str = ""


def packed(extract: Extract) -> bytes:
    """An extract as a file: lines of JSON, compressed, without a time or a name of its own."""
    lines = [{"format": FORMAT, **extract.header._asdict()}]
    lines += [{"tally": list(each)} for each in extract.tallies]
    lines += [{"dues": list(extract.dues)}] if extract.dues else []
    lines += [{"duty": list(each)} for each in extract.duties]
    text = "".join(f"{_line(each)}\n" for each in lines).encode()
    return compressed(text + sealing(text))


def sealing(text: bytes) -> bytes:
    """The last line of a file: the SHA-256 of all before it."""
    return f"{_line({'sha256': sha256(text).hexdigest()})}\n".encode()


def compressed(text: bytes) -> bytes:
    """The same bytes for the same text: gzip without the time at which it was made."""
    packed = BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb", mtime=0) as file:
        file.write(text)
    return packed.getvalue()


def _line(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def sorted_tallies(found: Iterable[Tally]) -> tuple[Tally, ...]:
    """Tallies in an order that depends on nothing but themselves."""
    return tuple(sorted(found))
