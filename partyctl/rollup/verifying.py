"""Whether what was reported still stands: each head follows on the one before, each file is as it came."""

from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from partyctl.errors import PartyctlError
from partyctl.language import say
from partyctl.ledger.file import handed_in
from partyctl.rollup import packet
from partyctl.rollup.hub import Hub, Receipt, Unit
from partyctl.rollup.reading import read


class Broken(NamedTuple):
    """Of which branch and month something is wrong, what, and the command that explains it there."""

    code: str
    month: str
    sentence: str
    remedy: str


def verify(hub: Hub) -> list[Broken]:
    """What is not as it was reported."""
    receipts = list(hub.receipts())
    found = list(_heads(receipts))
    last = {(each.code, each.month): each.sha256 for each in receipts}
    for unit in hub.units:
        found += _of_files(hub, unit, last)
    return sorted(found)


def _heads(receipts: list[Receipt]) -> Iterator[Broken]:
    """The heads that do not follow. Extracts may come in another order than they were made."""
    ordered = sorted(receipts, key=lambda each: (each.code, number_of(each.head)))
    for code, of_code in groupby(ordered, key=lambda each: each.code):
        known: Receipt | None = None
        for receipt in of_code:
            if known is not None and receipt.previous_head != known.head:
                yield _does_not_follow(code, receipt, known)
            known = receipt


def number_of(head: str) -> int:
    """The number of the journal entry that a head is of."""
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


def _of_files(hub: Hub, unit: Unit, last: dict[tuple[str, str], str]) -> Iterator[Broken]:
    """The files that are gone, damaged, or others than those that were taken."""
    months = {month for code, month in last if code.partition("/")[0] == unit.code}
    for month in sorted(months):
        again = f"partyctl rollup extract --month {month}"
        try:
            digests = _digests(hub, unit, month)
        except (PartyctlError, OSError):
            said = say("提取文件不在或损坏", "the file is gone or damaged")
            yield Broken(unit.code, month, said, again)
            continue
        for code, digest in digests.items():
            if last.get((code, month)) != digest:
                said = say("提取文件不是收到的那一份", "the file is not the one received")
                yield Broken(code, month, said, again)


def _digests(hub: Hub, unit: Unit, month: str) -> dict[str, str]:
    content = handed_in.read(hub.place_of(unit, month), packet.MOST_MB)
    if not packet.is_packet(content):
        return {unit.code: read(content).sha256}
    sent = packet.read_packet(content).sent
    return {f"{unit.code}/{each.code}": each.extract.sha256 for each in sent}
