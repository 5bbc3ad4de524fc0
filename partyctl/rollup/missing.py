"""The branches whose extract for a month is missing, in a hub and in the hubs below it.

The packets of lower hubs list the branches that did not report to them. `rollup collect` notes
these lists in `parquet/missing/MONTH.json`, so that other commands need not open the packets.
"""

import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from partyctl.errors import PartyctlError
from partyctl.ledger.file import files, handed_in
from partyctl.light import NamedTuple
from partyctl.rollup import packet
from partyctl.rollup.collecting import inner
from partyctl.rollup.hub import Hub


class Missing(NamedTuple):
    """A branch that did not report: its code and name. `inside`: whether it reports to a lower hub."""

    code: str
    name: str
    inside: bool = False


def missing_branches(hub: Hub, month: str) -> list[Missing]:
    """Return the enrolled branches without a report, and those that packets list as missing."""
    own = [Missing(unit.code, unit.name) for unit in hub.missing(month)]
    return own + [Missing(code, name, inside=True) for code, name in _noted(hub, month)]


def note_missing(hub: Hub, month: str) -> None:
    """Note the branches that the packets of a month list as missing."""
    place = _place_of(hub, month)
    files.create_folder(place.parent)
    files.write(place, json.dumps(list(_listed(hub, month)), ensure_ascii=False) + "\n")


def _noted(hub: Hub, month: str) -> list[tuple[str, str]]:
    """Return the noted list, or make it from the packets if the hub has no readable note."""
    with suppress(OSError, ValueError, TypeError, PartyctlError):
        said = handed_in.parsed_json(handed_in.read_text(_place_of(hub, month)))
        return [(str(code), str(name)) for code, name in said]
    return list(_listed(hub, month))


def _listed(hub: Hub, month: str) -> Iterator[tuple[str, str]]:
    """Yield the branches that packets list as missing. `verify` reports damaged packets."""
    for unit in hub.reported(month):
        if unit.branch == 0:  # lower hubs are enrolled with branch 0, like whole ledgers
            with suppress(PartyctlError, OSError):
                content = handed_in.read(hub.place_of(unit, month), packet.MOST_MB)
                for code, name in packet.missing_in(content):
                    yield inner(unit.code, code), name


def _place_of(hub: Hub, month: str) -> Path:
    return hub.folder / "parquet" / "missing" / f"{month}.json"
