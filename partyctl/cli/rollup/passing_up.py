"""Answer `partyctl rollup pass-up`: pack a month's extracts into one file."""

from pathlib import Path

from partyctl.bilingual import many
from partyctl.calendar import Period
from partyctl.cli.output.answers import tell
from partyctl.cli.output.saving import require_free, write_file
from partyctl.language import say
from partyctl.ledger.file import handed_in
from partyctl.rollup import packet
from partyctl.rollup.hub import Hub
from partyctl.rollup.packet import Packet, Sent
from partyctl.rollup.reading import read


def write_packet(hub: Hub, month: Period, output: Path | None, *, replace: bool) -> None:
    """Write the packet (the file with all extracts) of a month.

    Raises Refused if the file exists and `replace` is false. Errors from reading an extract are not
    caught.
    """
    path = output or Path(f"{hub.number}-{month}{packet.ENDING}")
    require_free(path, replace=replace)
    sent, missing = [], [(unit.code, unit.name) for unit in hub.missing(month.name)]
    for unit in hub.reported(month.name):
        content = handed_in.read(hub.place_of(unit, month.name), packet.MOST_MB)
        if packet.is_packet(content):
            inside = packet.read_packet(content)
            sent += [each._replace(code=f"{unit.code}-{each.code}") for each in inside.sent]
            missing += [(f"{unit.code}-{code}", name) for code, name in inside.missing]
        else:
            sent.append(Sent(unit.code, unit.name, content, read(content)))
    made = Packet(hub.number, hub.organ, month.name, tuple(sent), tuple(missing))
    write_file(path, packet.packed(made), replace=replace)
    tell(
        say(
            f"已写出 {path}（{len(sent)} 个支部，未报 {len(missing)} 个；本级编号 {hub.number}）",
            f"{path} written: {many(len(sent), 'branch')}, {len(missing)} missing; this hub is "
            f"{hub.number}",
        )
    )
