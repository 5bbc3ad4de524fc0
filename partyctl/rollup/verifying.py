"""Check that reports still match: each extract follows the earlier one, and files are unchanged."""

import os
from collections.abc import Iterator
from hashlib import sha256
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from partyctl.errors import PartyctlError
from partyctl.language import say
from partyctl.ledger.file import handed_in
from partyctl.ledger.file.flags import NO_LINK, NO_WAIT, RAW
from partyctl.rollup import packet
from partyctl.rollup.hub import Hub
from partyctl.rollup.reading import read
from partyctl.rollup.received import Log, Receipt


class Broken(NamedTuple):
    """A finding: branch, month, problem, and the command that explains it at the branch."""

    code: str
    month: str
    sentence: str
    remedy: str


CHUNK = 1 << 20


def verify(hub: Hub, log: Log, month: str | None = None) -> list[Broken]:
    """The findings about every head, and the files of a month or of all months."""
    return sorted([*_heads(log.receipts), *_of_files(hub, log, month)])


def _heads(receipts: list[Receipt]) -> Iterator[Broken]:
    """The extracts that do not follow an earlier one. They may arrive in another order than they were made.

    Several extracts have the same head if nothing was written between them: the first names an older head as
    its predecessor, the others this one. None of them is wrong.
    """
    ordered = sorted(_in_doubt(receipts), key=_made_at)
    for code, of_code in groupby(ordered, key=lambda each: each.code):
        known: Receipt | None = None
        for receipt in of_code:
            if known and known.head not in (receipt.head, receipt.previous_head):
                yield _does_not_follow(code, receipt, known)
            known = receipt


def _in_doubt(receipts: list[Receipt]) -> list[Receipt]:
    """All extracts of branches whose extracts do not chain in order of arrival.

    For most branches they do, so a year of five thousand need not be sorted.
    """
    last: dict[str, str] = {}
    doubtful = set()
    for code, _, _, head, previous, *_ in receipts:
        if last.get(code, head) not in (head, previous):
            doubtful.add(code)
        last[code] = head
    return [each for each in receipts if each.code in doubtful]


def _made_at(receipt: Receipt) -> tuple[str, int, str, int]:
    """The sort key for the order in which a branch's extracts were made."""
    previous = number_of(receipt.previous_head) if receipt.previous_head else 0
    return receipt.code, number_of(receipt.head), receipt.head, previous


def number_of(head: str) -> int:
    """The journal entry number of a head."""
    return int(head.partition("-")[0])


def _does_not_follow(code: str, receipt: Receipt, known: Receipt) -> Broken:
    claimed = receipt.previous_head
    if claimed is not None and number_of(claimed) > number_of(known.head):
        sentence = say(
            f"中间有一份提取没有收到（链头 {claimed}），或台账被改写过",
            f"an extract in between never came (head {claimed}), or the ledger was rewritten",
        )
    else:
        sentence = say(
            f"链头 {receipt.head} 接不上先前报过的 {known.head}",
            f"the head {receipt.head} does not follow on {known.head}, reported before",
        )
    remedy = f"partyctl journal verify --against {known.head}"
    return Broken(code, receipt.month, sentence, remedy)


def _of_files(hub: Hub, log: Log, only: str | None) -> Iterator[Broken]:
    """Files that are missing, damaged, or different from those stored."""
    extracts = f"{hub.folder}/extracts"
    last: dict[tuple[str, str], str] = {}
    for (code, month), digest in log.kept.items():
        if only not in (None, month) or digest_of(f"{extracts}/{month}/{code}.gz") == digest:
            continue
        last = last or {(each.code, each.month): each.sha256 for each in log.receipts}
        yield from _of_file(hub, code, month, last)


def digest_of(path: str) -> str | None:
    """The SHA-256 of a file's bytes; None if it cannot be read. A year has 60,000 of them."""
    try:
        descriptor = os.open(path, os.O_RDONLY | NO_LINK | NO_WAIT | RAW)
    except OSError:
        return None
    try:
        content = os.read(descriptor, CHUNK)
        digest = sha256(content)
        while len(content) == CHUNK:  # our files are shorter, except packets
            content = os.read(descriptor, CHUNK)
            digest.update(content)
    except OSError:
        return None
    finally:
        os.close(descriptor)
    return digest.hexdigest()


def _of_file(hub: Hub, code: str, month: str, last: dict[tuple[str, str], str]) -> Iterator[Broken]:
    """The problem of a changed file; for a packet, the branches with changed extracts."""
    again = f"partyctl rollup extract --month {month}"
    place = hub.folder / "extracts" / month / f"{code}.gz"
    try:
        digests = _digests(place, code)
    except (PartyctlError, OSError):
        said = say("提取文件不在或损坏", "the file is gone or damaged")
        yield Broken(code, month, said, again)
        return
    others = [each for each, digest in digests.items() if last.get((each, month)) != digest]
    for each in others or [code]:
        said = say("提取文件不是收到的那一份", "the file is not the one received")
        yield Broken(each, month, said, again)


def _digests(place: Path, code: str) -> dict[str, str]:
    content = handed_in.read(place, packet.MOST_MB)
    if not packet.is_packet(content):
        return {code: read(content).sha256}
    sent = packet.read_packet(content).sent
    return {f"{code}/{each.code}": each.extract.sha256 for each in sent}
