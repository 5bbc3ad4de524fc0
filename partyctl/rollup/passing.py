"""The packet that a hub passes up: a month's extracts, each with the branch's code at the next hub.

The code of a lower hub's branch is made of two codes: S1 and 001 become S1-001. Such a code can be
too long, or equal to the code of another branch, and the next hub would refuse the whole packet. In
these cases, the code ends in a hash of the two codes.

For each code, the next hub checks that the journal heads of successive extracts follow each other
(see `verifying`), so a branch must have the same code every month. The codes therefore do not
depend on which branches reported in a month.
"""

from functools import cache
from hashlib import sha256

from partyctl.ledger.file import handed_in
from partyctl.rollup import packet
from partyctl.rollup.collecting import inner
from partyctl.rollup.hub import CODE, LONGEST_CODE, LONGEST_NAME, Hub, Unit
from partyctl.rollup.packet import Packet, Sent
from partyctl.rollup.reading import fits, read

DIGITS = 16


class Codes:
    """The codes that the next hub sees.

    `replaced`: the codes that end in a hash, keyed by both codes, such as `S1/001`.
    """

    def __init__(self, hub: Hub) -> None:
        self.hub = hub
        self.replaced: dict[str, str] = {}
        self._place = {unit.code: place for place, unit in enumerate(hub.units)}
        self._is_hub = cache(self._has_sent_packets)

    def above(self, unit: Unit, inside: str) -> str:
        """Return the code at the next hub for a branch with the code `inside` in a lower hub."""
        code = f"{unit.code}-{inside}"
        if fits(code, CODE) and not self._is_taken(unit, code):
            return code
        both = inner(unit.code, inside)
        start = code[: LONGEST_CODE - DIGITS - 1]
        self.replaced[both] = f"{start}-{sha256(both.encode()).hexdigest()[:DIGITS]}"
        return self.replaced[both]

    def _is_taken(self, unit: Unit, code: str) -> bool:
        """Whether another branch has, or could get, the same code at the next hub.

        The other branch is enrolled here, or it belongs to a lower hub that was enrolled before
        `unit`.
        """
        starts = (code[:place] for place, character in enumerate(code) if character == "-")
        others = (other for start in starts if (other := self.hub.unit(start)))
        return self.hub.unit(code) is not None or any(
            self._place[other.code] < self._place[unit.code] and self._is_hub(other)
            for other in others
        )

    def _has_sent_packets(self, unit: Unit) -> bool:
        """Whether a unit is a lower hub, which sends packets, and not a branch."""
        places = (self.hub.place_of(unit, month) for month in self.hub.months())
        return any(
            packet.is_packet(handed_in.read(place, packet.MOST_MB))
            for place in places
            if handed_in.is_there(place)
        )


def packet_of(hub: Hub, month: str) -> tuple[Packet, dict[str, str]]:
    """Return the packet of a month, and the codes that were replaced (see `Codes`).

    Errors from reading an extract are not caught.
    """
    codes = Codes(hub)
    sent: list[Sent] = []
    missing = [(unit.code, unit.name) for unit in hub.missing(month)]
    for unit in hub.reported(month):
        content = handed_in.read(hub.place_of(unit, month), packet.MOST_MB)
        if packet.is_packet(content):
            inside = packet.read_packet(content)
            sent += [each._replace(code=codes.above(unit, each.code)) for each in inside.sent]
            missing += [(codes.above(unit, code), name) for code, name in inside.missing]
        else:
            sent.append(Sent(unit.code, unit.name, content, read(content)))
    named = tuple(each._replace(name=_printable(each.name, each.code)) for each in sent)
    gone = tuple((code, _printable(name, code)) for code, name in missing)
    organ = _printable(hub.organ, hub.number)
    return Packet(hub.number, organ, month, named, gone), codes.replaced


def _printable(name: str, code: str) -> str:
    """Return a name that is valid in a packet.

    The name in this hub can be invalid, because older hubs accepted names that are too long or
    empty.
    """
    return "".join(filter(str.isprintable, name))[:LONGEST_NAME] or code
