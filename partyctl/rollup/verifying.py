"""Check the reports in a hub.

An extract contains a journal head: the number and hash of the newest entry in the ledger's journal
that is not about an extract. The head in each extract must follow the head in the branch's previous
extract: the `head` or the `previous_head` of the extract must equal the `head` of the previous one.
Every stored file must be unchanged.
"""

import os
from collections.abc import Iterator
from hashlib import sha256
from itertools import groupby
from pathlib import Path

from partyctl.errors import PartyctlError, Run
from partyctl.language import say
from partyctl.ledger.file import handed_in
from partyctl.ledger.file.flags import NO_LINK, NO_WAIT, RAW
from partyctl.light import NamedTuple
from partyctl.rollup import packet
from partyctl.rollup.checkpoint import read_checkpoint, receipts_of
from partyctl.rollup.hub import Hub
from partyctl.rollup.reading import read
from partyctl.rollup.received import Log, Receipt, read_log


class Broken(NamedTuple):
    """A problem: branch, month, description, and a command for the branch to run."""

    code: str
    month: str
    sentence: str
    remedy: Run


CHUNK = 1 << 15
"""How many bytes to read at a time.

Most files of a hub have fewer bytes than this, and a larger buffer would take more time.
"""


class Verified(NamedTuple):
    """The result of `verify`: how many extracts were received, and the problems found."""

    extracts: int
    broken: list[Broken]


def verify(hub: Hub, month: str | None = None) -> Verified:
    """Check the journal heads of all extracts, and the files of one month or all months.

    Raises BadInput.
    """
    known = read_checkpoint(hub.folder)
    found = [*_heads(receipts_of(hub.folder, known.unordered))] if known.unordered else []
    months = [month] if month else list(known.kept)
    changed = [each for each in months if _has_changed(hub, each, known.kept.get(each, {}))]
    if changed:
        log = read_log(hub.folder)
        found += [broken for each in changed for broken in _of_files(hub, log, each)]
    return Verified(known.extracts, sorted(found))


def _heads(receipts: list[Receipt]) -> Iterator[Broken]:
    """Yield a problem for each extract whose journal head does not follow the head before it.

    The receipts are sorted first, because extracts can arrive in a different order from the one in
    which the branch made them.

    If nothing was written in the ledger between two extracts, both extracts have the same journal
    head. Equal heads are correct, and are not reported.
    """
    ordered = sorted(receipts, key=_made_at)
    for code, of_code in groupby(ordered, key=lambda each: each.code):
        known: Receipt | None = None
        for receipt in of_code:
            if known and known.head not in (receipt.head, receipt.previous_head):
                yield _does_not_follow(code, receipt, known)
            known = receipt


def _made_at(receipt: Receipt) -> tuple[str, int, str, int]:
    """Return a sort key for the order in which a branch made its extracts."""
    previous = number_of(receipt.previous_head) if receipt.previous_head else 0
    return receipt.code, number_of(receipt.head), receipt.head, previous


def number_of(head: str) -> int:
    """Return the number of the journal entry in a journal head, or 0 if the head is invalid."""
    digits = head.partition("-")[0]
    return int(digits) if digits.isdecimal() else 0


def _does_not_follow(code: str, receipt: Receipt, known: Receipt) -> Broken:
    claimed = receipt.previous_head
    if claimed is not None and number_of(claimed) > number_of(known.head):
        sentence = say(
            f"中间有一份提取没有收到（链头 {claimed}），或台账被改写过",
            f"the extract before this one was not received (head {claimed}), or the ledger "
            "was rewritten",
        )
    else:
        sentence = say(
            f"链头 {receipt.head} 接不上先前报过的 {known.head}",
            f"the head {receipt.head} does not follow the head {known.head}, which the "
            "branch reported before",
        )
    remedy = Run(f"partyctl journal verify --against {known.head}")
    return Broken(code, receipt.month, sentence, remedy)


def _has_changed(hub: Hub, month: str, kept: dict[str, str]) -> bool:
    """Whether any file of a month is missing, or its digest differs from the digest in the log."""
    folder = f"{hub.folder}/extracts/{month}"
    return any(digest_of(f"{folder}/{code}.gz") != digest for code, digest in kept.items())


def _of_files(hub: Hub, log: Log, only: str) -> Iterator[Broken]:
    """Yield the problems of a month's files: files that are missing, damaged or changed since receipt."""
    last = {(each.code, each.month): each.sha256 for each in log.receipts}
    for (code, month), digest in log.kept.items():
        place = hub.folder / "extracts" / month / f"{code}.gz"
        if month == only and digest_of(str(place)) != digest:
            yield from _of_file(hub, code, month, last)


def digest_of(path: str) -> str | None:
    """Return the SHA-256 of a file's bytes, or None if the file cannot be read.

    This function must be fast, because a hub can have 60,000 files for a year.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | NO_LINK | NO_WAIT | RAW)
    except OSError:
        return None
    try:
        content = os.read(descriptor, CHUNK)
        digest = sha256(content)
        while len(content) == CHUNK:  # most extracts fit into one read
            content = os.read(descriptor, CHUNK)
            digest.update(content)
    except OSError:
        return None
    finally:
        os.close(descriptor)
    return digest.hexdigest()


def _of_file(hub: Hub, code: str, month: str, last: dict[tuple[str, str], str]) -> Iterator[Broken]:
    """Yield the problems of a file that has changed.

    If the file is a packet, each branch whose extract has changed gets its own problem.
    """
    again = Run(f"partyctl rollup extract --month {month}")
    place = hub.folder / "extracts" / month / f"{code}.gz"
    try:
        digests = _digests(place, code)
    except (PartyctlError, OSError):
        said = say("提取文件不在或损坏", "the file of the extract is missing or damaged")
        yield Broken(code, month, said, again)
        return
    others = [each for each, digest in digests.items() if last.get((each, month)) != digest]
    for each in others or [code]:
        said = say("提取文件不是收到的那一份", "the file is not the extract that the hub received")
        yield Broken(each, month, said, again)


def _digests(place: Path, code: str) -> dict[str, str]:
    content = handed_in.read(place, packet.MOST_MB)
    if not packet.is_packet(content):
        return {code: read(content).sha256}
    sent = packet.read_packet(content).sent
    return {f"{code}/{each.code}": each.extract.sha256 for each in sent}
