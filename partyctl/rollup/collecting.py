"""Taking extracts in at a hub: each is checked, and taken whole or refused; one bad file stops no other."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from partyctl.errors import NotPermitted, PartyctlError, Refused
from partyctl.language import say
from partyctl.ledger.file import files, handed_in
from partyctl.ledger.file.failures import explain_os
from partyctl.rollup import packet
from partyctl.rollup.extract import Extract, Header
from partyctl.rollup.hub import Hub, Receipt, Unit
from partyctl.rollup.reading import read
from partyctl.rollup.verifying import number_of

ENDING = ".partyctl.gz"
"""How the file of an extract ends; of a folder only these are read."""


class Outcome(NamedTuple):
    """What became of a file: taken for a branch and month, there already (`again`), or refused."""

    file: Path
    unit: Unit | None = None
    month: str = ""
    again: bool = False
    error: PartyctlError | None = None


def files_in(places: Iterable[Path]) -> Iterator[Path]:
    """The files that were named, and the extracts in the folders that were."""
    for place in places:
        if place.is_dir():
            yield from sorted((*place.glob(f"*{ENDING}"), *place.glob(f"*{packet.ENDING}")))
        else:
            yield place


def collect(hub: Hub, places: Iterable[Path]) -> Iterator[Outcome]:
    """Take in what can be taken; whoever reads on, sees file after file."""
    last = {(each.code, each.month): each for each in hub.receipts()}
    for file in files_in(places):
        try:
            yield _take(hub, file, last)
        except PartyctlError as error:
            yield Outcome(file, error=error)
        except OSError as error:
            yield Outcome(file, error=explain_os(error) or _unreadable(file))


Last = dict[tuple[str, str], Receipt]
"""The last receipt of each code and month."""


def _take(hub: Hub, file: Path, last: Last) -> Outcome:
    content = handed_in.read(file, packet.MOST_MB)
    if packet.is_packet(content):
        return _take_packet(hub, file, content, last)
    extract = read(content)
    unit = _require_enrolled(hub, extract.header.ledger, extract.header.branch)
    month = extract.header.month
    standing = last.get((unit.code, month))
    if standing and standing.sha256 == extract.sha256 and hub.place_of(unit, month).is_file():
        return Outcome(file, unit, month, again=True)
    if standing:
        _require_newer(extract.header, standing)
    files.write_bytes(hub.place_of(unit, month), content)
    _note(hub, unit.code, extract, last)
    return Outcome(file, unit, month)


def _take_packet(hub: Hub, file: Path, content: bytes, last: Last) -> Outcome:
    """Take in what another hub passed up: all of it, or nothing."""
    found = packet.read_packet(content)
    unit = _require_enrolled(hub, found.hub, 0)
    place = hub.place_of(unit, found.month)
    if place.is_file() and place.read_bytes() == content:
        return Outcome(file, unit, found.month, again=True)
    for each in found.sent:
        standing = last.get((inner(unit.code, each.code), found.month))
        if standing and standing.sha256 != each.extract.sha256:
            _require_newer(each.extract.header, standing)
    files.write_bytes(place, content)
    for each in found.sent:
        code = inner(unit.code, each.code)
        standing = last.get((code, found.month))
        if standing is None or standing.sha256 != each.extract.sha256:
            _note(hub, code, each.extract, last)
    return Outcome(file, unit, found.month)


def inner(code: str, inside: str) -> str:
    """The code of a branch that another hub passed up."""
    return f"{code}/{inside}"


def _require_enrolled(hub: Hub, ledger: str, branch: int) -> Unit:
    unit = hub.unit_of(ledger, branch)
    if unit is None:
        which = f" --branch {branch}" if branch else ""
        raise Refused(
            say(
                f"台账 {ledger} 没有在这里登记。",
                f"The ledger {ledger} is not enrolled here.",
            ),
            f"partyctl rollup enrol CODE NAME --ledger {ledger}{which}",
        )
    return unit


def _require_newer(header: Header, standing: Receipt) -> None:
    """Make sure that an extract is not older than the one that it would replace. Raises Refused."""
    if (header.as_of, number_of(header.head)) < (standing.as_of, number_of(standing.head)):
        raise Refused(
            say(
                f"这里已有 {standing.as_of} 的提取，这一份（{header.as_of}）更旧。",
                f"The extract here is of {standing.as_of}; this one, of {header.as_of}, is older.",
            ),
            f"partyctl rollup extract --month {header.month}",
        )


def _note(hub: Hub, code: str, extract: Extract, last: Last) -> None:
    """Write down that an extract was taken."""
    head = extract.header
    at = datetime.now(UTC).isoformat(timespec="seconds")
    heads = (head.head, head.previous_head)
    made = Receipt(code, head.month, head.as_of, *heads, extract.sha256, at)
    hub.note(made)
    last[code, head.month] = made


def _unreadable(file: Path) -> NotPermitted:
    return NotPermitted(say(f"读不了 {file.name}。", f"Cannot read {file.name}."), f"ls -l {file}")
