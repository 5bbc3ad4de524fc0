"""Collect extracts at a hub.

Each extract is checked, and then accepted or refused. A bad file does not stop the collection of
the other files.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from partyctl.errors import NotPermitted, PartyctlError, Refused
from partyctl.language import say
from partyctl.ledger.file import files, handed_in
from partyctl.ledger.file.failures import explain_os
from partyctl.light import NamedTuple
from partyctl.rollup import packet
from partyctl.rollup.extract import Extract, Header
from partyctl.rollup.hub import Hub, Unit
from partyctl.rollup.reading import read
from partyctl.rollup.received import Kept, Log, Receipt, note, read_log
from partyctl.rollup.verifying import digest_of, number_of

ENDING = ".partyctl.gz"
"""The suffix of extract files.

From a folder, only extracts and packets (files with all extracts of another hub) are collected.
"""


class Outcome(NamedTuple):
    """The result for a file: it was accepted, was known already (`again`), or was refused (`error`)."""

    file: Path
    unit: Unit | None = None
    month: str = ""
    again: bool = False
    error: PartyctlError | None = None


def files_in(places: Iterable[Path]) -> Iterator[Path]:
    """Yield the named files, and the extracts and packets in the named folders."""
    for place in places:
        if handed_in.is_folder(place):
            yield from sorted((*place.glob(f"*{ENDING}"), *place.glob(f"*{packet.ENDING}")))
        else:
            yield place


def collect(hub: Hub, places: Iterable[Path]) -> Iterator[Outcome]:
    """Collect files one by one, and yield the result of each."""
    standing = standing_by(read_log(hub.folder))
    for file in files_in(places):
        try:
            yield _take(hub, file, standing)
        except PartyctlError as error:
            yield Outcome(file, error=error)
        except OSError as error:
            yield Outcome(file, error=explain_os(error) or _unreadable(file))


class Standing(NamedTuple):
    """For each branch code and month in a hub: the last receipt, and the stored file's digest."""

    receipts: dict[tuple[str, str], Receipt]
    kept: dict[tuple[str, str], str]

    def has(self, hub: Hub, unit: Unit, month: str, digest: str | None) -> bool:
        """Whether a branch's stored file for a month has this digest, both in the log and on disk."""
        known = self.kept.get((unit.code, month))
        place = hub.place_of(unit, month)
        return known is not None and known == digest == digest_of(str(place))


def standing_by(log: Log) -> Standing:
    """Return the last receipt and the stored file's digest for each branch and month in the log."""
    return Standing({(each.code, each.month): each for each in log.receipts}, dict(log.kept))


def _take(hub: Hub, file: Path, standing: Standing) -> Outcome:
    content = handed_in.read(file, packet.MOST_MB)
    if packet.is_packet(content):
        return _take_packet(hub, file, content, standing)
    extract = read(content)
    unit = _require_enrolled(hub, extract.header)
    month = extract.header.month
    known = standing.receipts.get((unit.code, month))
    if known and known.sha256 != extract.sha256:
        _require_newer(extract.header, known)
    elif known and standing.has(hub, unit, month, standing.kept.get((unit.code, month))):
        return Outcome(file, unit, month, again=True)
    _keep(hub, unit, month, content, {unit.code: extract}, standing)
    return Outcome(file, unit, month)


def _take_packet(hub: Hub, file: Path, content: bytes, standing: Standing) -> Outcome:
    """Collect all extracts in another hub's packet, or none of them if one extract is refused."""
    found = packet.read_packet(content)
    unit = hub.unit_of(found.hub, 0)
    if unit is None:
        raise _not_enrolled(found.hub, 0)
    if standing.has(hub, unit, found.month, sha256(content).hexdigest()):
        return Outcome(file, unit, found.month, again=True)
    new = {}
    for each in found.sent:
        code = inner(unit.code, each.code)
        known = standing.receipts.get((code, found.month))
        if known is None or known.sha256 != each.extract.sha256:
            if known:
                _require_newer(each.extract.header, known)
            new[code] = each.extract
    _keep(hub, unit, found.month, content, new, standing)
    return Outcome(file, unit, found.month)


def inner(code: str, inside: str) -> str:
    """Return the code in this hub for a branch of a lower hub, such as S1/001.

    `code`: the lower hub's code in this hub. `inside`: the branch's code in the lower hub.
    """
    return f"{code}/{inside}"


def _require_enrolled(hub: Hub, header: Header) -> Unit:
    """Return the enrolled branch that an extract is for.

    Raises Refused if the branch is not enrolled.
    """
    unit = hub.unit_of(header.ledger, header.branch)
    if unit is not None:
        return unit
    others = hub.units_of(header.ledger)
    if not others:
        raise _not_enrolled(header.ledger, header.branch)
    known = "、".join(f"{each.code}（{_which(each.branch)}）" for each in others)
    raise Refused(
        say(
            f"这一份是台账 {header.ledger} 的{_which(header.branch)}，这里登记的是 {known}。",
            f"It comes from {_which(header.branch)} of the ledger {header.ledger}, but {known} "
            "is enrolled.",
        ),
        _extract_of(header.month, others[0].branch),
    )


def _which(branch: int) -> str:
    if not branch:
        return say("整本台账", "all")
    return say(f"第 {branch} 个支部", f"branch {branch}")


def _extract_of(month: str, branch: int) -> str:
    """Return the command that makes an extract of one branch, or of the whole ledger (branch 0)."""
    one = f" --branch {branch}" if branch else ""
    return f"partyctl{one} rollup extract --month {month}"


def _not_enrolled(ledger: str, branch: int) -> Refused:
    which = f" --branch {branch}" if branch else ""
    return Refused(
        say(f"台账 {ledger} 没有在这里登记。", f"The ledger {ledger} is not enrolled here."),
        f"partyctl rollup enrol {say('代码 名称', 'CODE NAME')} --ledger {ledger}{which}",
    )


def _require_newer(header: Header, standing: Receipt) -> None:
    """Raise Refused if an extract is older than the one that it would replace."""
    if (header.as_of, number_of(header.head)) < (standing.as_of, number_of(standing.head)):
        raise Refused(
            say(
                f"这里已有 {standing.as_of} 的提取，这一份（{header.as_of}）更旧。",
                f"The extract in the hub is from {standing.as_of}; the new file, from "
                f"{header.as_of}, is older.",
            ),
            f"partyctl rollup extract --month {header.month}",
        )


def _keep(
    hub: Hub,
    unit: Unit,
    month: str,
    content: bytes,
    new: dict[str, Extract],
    standing: Standing,
) -> None:
    """Store a file unchanged, and add its receipts to the log."""
    at = datetime.now(UTC).isoformat(timespec="seconds")
    receipts = [_receipt(code, extract, at) for code, extract in new.items()]
    kept = Kept(unit.code, month, sha256(content).hexdigest())
    files.write_bytes(hub.place_of(unit, month), content)
    note(hub.folder, *receipts, kept)
    standing.receipts.update({(each.code, month): each for each in receipts})
    standing.kept[unit.code, month] = kept.digest


def _receipt(code: str, extract: Extract, at: str) -> Receipt:
    head = extract.header
    heads = (head.head, head.previous_head)
    return Receipt(code, head.month, head.as_of, *heads, extract.sha256, at)


def _unreadable(file: Path) -> NotPermitted:
    return NotPermitted(say(f"读不了 {file.name}。", f"Cannot read {file.name}."), f"ls -l {file}")
