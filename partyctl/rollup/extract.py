"""An extract: a branch's results for a month, as lines of JSON that a hub can check.

The first line contains the ledger, the month and the journal head. The next lines are the tallies
(counts of duties), the dues, and single duties if the branch chose to send them. The last line is
the SHA-256 of everything before it. The same ledger gives the same bytes on the same day. An
extract contains no person's name, number or income, and no texts.
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
    """The first line of an extract, which says what the extract is about.

    `branch`: the number of the branch, or 0 if the extract is of the whole ledger.

    `head`: the number and hash of the newest journal entry when the extract was made, not counting
    entries about extracts; `previous_head`: the head in the extract before this one; `rules`: the
    SHA-256 of the rules in force; `coarse`: whether there are only tallies by chapter, because
    there are fewer than five members.
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
    """The number of duties of one rule and period that have one status.

    In a `coarse` extract (counts by chapter only), `rule` and `period` are empty.
    """

    chapter: str
    rule: str
    layer: str
    strength: str
    period: str
    status: str
    n: int


class DuesSum(NamedTuple):
    """A month's dues: members, 分 owed, 分 paid, and members who owe dues but paid nothing.

    `members`: those who owe dues for the month or are exempt, those who paid dues for this month,
    and those who had paid for a later month by the end of this month.
    """

    members: int
    owed_fen: int
    paid_fen: int
    unpaid_members: int


class Duty(NamedTuple):
    """A single duty, which is sent only if the branch chose to send single duties.

    The `subject_key` is a number; only the branch knows which person or record has this number.
    """

    rule: str
    subject_kind: str
    subject_key: str
    opens: str
    due: str | None
    status: str
    proved_on: str | None
    provisional: bool


class Extract(NamedTuple):
    """The content of an extract, and the SHA-256 in its last line."""

    header: Header
    tallies: tuple[Tally, ...]
    dues: DuesSum | None
    duties: tuple[Duty, ...]
    sha256: str = ""


def packed(extract: Extract) -> bytes:
    """Return an extract as a file: compressed lines of JSON, without a time stamp or file name inside."""
    lines = [{"format": FORMAT, **extract.header._asdict()}]
    lines += [{"tally": list(each)} for each in extract.tallies]
    lines += [{"dues": list(extract.dues)}] if extract.dues else []
    lines += [{"duty": list(each)} for each in extract.duties]
    text = "".join(f"{_line(each)}\n" for each in lines).encode()
    return compressed(text + sealing(text))


def sealing(text: bytes) -> bytes:
    """Return the last line of a file: the SHA-256 of everything before it."""
    return f"{_line({'sha256': sha256(text).hexdigest()})}\n".encode()


def compressed(text: bytes) -> bytes:
    """Compress with gzip, without a time stamp, so that the same text gives the same bytes."""
    packed = BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb", mtime=0) as file:
        file.write(text)
    return packed.getvalue()


def _line(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def sorted_tallies(found: Iterable[Tally]) -> tuple[Tally, ...]:
    """Return the tallies in a fixed order, because the same tallies must give the same bytes."""
    return tuple(sorted(found))
