"""A packet: all extracts of a hub for a month in one file, which a higher hub collects.

A packet contains the unchanged extracts, each with the branch's code and name in the hub that makes
the packet. A packet also lists the branches that sent no extract to this hub or to a lower hub. The
last line is the SHA-256 of everything before it. The extracts in a packet are not changed, so the
SHA-256 in the last line of each extract is still valid.
"""

import base64
import gzip
import json
import zlib
from hashlib import sha256
from io import BytesIO
from typing import Any

from partyctl.errors import BadInput, PartyctlError
from partyctl.language import say
from partyctl.ledger.file.handed_in import parsed_json
from partyctl.light import NamedTuple
from partyctl.rollup.extract import Extract, compressed, sealing
from partyctl.rollup.hub import CODE, is_name
from partyctl.rollup.reading import HEX_16, MONTH, expanded, fits, read

FORMAT = "partyctl-packet/1"
BEGINNING = f'{{"format": "{FORMAT}"'.encode()
ENDING = ".partyctl-packet.gz"
MOST_MB = 256


class Sent(NamedTuple):
    """A branch's unchanged extract in a packet, with the code and name that the sending hub uses."""

    code: str
    name: str
    content: bytes
    extract: Extract


class Packet(NamedTuple):
    """A packet: its hub, organ, month and extracts, and the branches that sent no extract."""

    hub: str
    organ: str
    month: str
    sent: tuple[Sent, ...]
    missing: tuple[tuple[str, str], ...]
    sha256: str = ""


def packed(packet: Packet) -> bytes:
    """Return a packet as a file."""
    head = {"format": FORMAT, "hub": packet.hub, "organ": packet.organ, "month": packet.month}
    lines: list[dict[str, Any]] = [{**head, "missing": packet.missing}]
    for each in packet.sent:
        lines.append({"unit": [each.code, each.name, base64.b64encode(each.content).decode()]})
    text = "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in lines).encode()
    return compressed(text + sealing(text))


def is_packet(content: bytes) -> bool:
    """Whether a file begins like a packet; only its beginning is decompressed."""
    try:
        text = zlib.decompressobj(wbits=31).decompress(content, len(BEGINNING))
    except zlib.error:
        return False
    return text == BEGINNING


def read_packet(content: bytes) -> Packet:
    """Parse a packet, and check every extract in it. Raises BadInput, WrongVersion."""
    text = expanded(content, MOST_MB * 1024 * 1024)
    cut = text.rfind(b"\n", 0, -1) + 1
    body, digest = text[:cut], sha256(text[:cut]).hexdigest()
    if text[cut:] != sealing(body):
        raise _no_packet()
    try:
        first, *rest = [parsed_json(line) for line in body.decode().splitlines()]
    except (ValueError, UnicodeDecodeError):
        raise _no_packet() from None
    missing = _missing(first)
    sent = tuple(_sent(each, first["month"]) for each in rest)
    codes = [each.code for each in sent] + [code for code, _ in missing]
    _require(len(set(codes)) == len(codes))
    return Packet(first["hub"], first["organ"], first["month"], sent, missing, digest)


def missing_in(content: bytes) -> tuple[tuple[str, str], ...]:
    """Return the branches that a packet lists as missing, or () if the file is not a packet.

    Only the first line of the packet is read. Raises BadInput.
    """
    if not is_packet(content):
        return ()
    try:
        with gzip.GzipFile(fileobj=BytesIO(content)) as file:
            return _missing(parsed_json(file.readline(MOST_MB * 1024 * 1024).decode()))
    except (ValueError, EOFError, OSError, zlib.error):
        raise _no_packet() from None


def _missing(first: object) -> tuple[tuple[str, str], ...]:
    """Check the first line of a packet, and return the branches that are missing in the packet."""
    _require(
        isinstance(first, dict) and first.keys() == {"format", "hub", "organ", "month", "missing"}
    )
    assert isinstance(first, dict)
    _require(fits(first["hub"], HEX_16), fits(first["month"], MONTH), is_name(first["organ"]))
    _require(
        isinstance(first["missing"], list) and all(_is_named(each) for each in first["missing"])
    )
    return tuple((code, name) for code, name in first["missing"])


def _sent(said: object, month: str) -> Sent:
    _require(isinstance(said, dict) and said.keys() == {"unit"})
    unit = said["unit"]  # type: ignore[index] # a dict with this key, by the check above
    _require(isinstance(unit, list) and len(unit) == 3 and _is_named(unit[:2]))
    try:
        content = base64.b64decode(unit[2], validate=True)
    except (ValueError, TypeError):
        raise _no_packet() from None
    extract = read(content)
    _require(extract.header.month == month)
    return Sent(unit[0], unit[1], content, extract)


def _is_named(said: object) -> bool:
    return isinstance(said, list) and len(said) == 2 and fits(said[0], CODE) and is_name(said[1])


def _require(*held: bool) -> None:
    if not all(held):
        raise _no_packet()


def _no_packet() -> PartyctlError:
    return BadInput(
        say(
            "不是完整的汇总包，或被改过。",
            "The file is not a complete packet of a hub, or the packet was changed.",
        ),
        "partyctl rollup pass-up --month …",
    )
