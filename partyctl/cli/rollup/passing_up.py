"""Answer `partyctl rollup pass-up`: pack a month's extracts into one file."""

from pathlib import Path

from partyctl.bilingual import many
from partyctl.calendar import Period
from partyctl.cli.output.answers import tell
from partyctl.cli.output.saving import require_free, write_file
from partyctl.language import comma_list, say
from partyctl.rollup import packet
from partyctl.rollup.hub import Hub
from partyctl.rollup.passing import packet_of


def write_packet(hub: Hub, month: Period, output: Path | None, *, replace: bool) -> None:
    """Write the packet (the file with all extracts) of a month.

    Raises Refused if the file exists and `replace` is false. Errors from reading an extract are not
    caught.
    """
    path = output or Path(f"{hub.number}-{month}{packet.ENDING}")
    require_free(path, replace=replace)
    made, replaced = packet_of(hub, month.name)
    write_file(path, packet.packed(made), replace=replace)
    sent, missing = len(made.sent), len(made.missing)
    tell(
        say(
            f"已写出 {path}（{sent} 个支部，未报 {missing} 个；本级编号 {hub.number}）",
            f"{path} written: {many(sent, 'branch')}, {missing} missing; this hub's ID is "
            f"{hub.number}",
        )
    )
    if replaced:
        listed = comma_list(f"{old} → {new}" for old, new in replaced.items())
        tell(
            say(
                f"原代码过长或与别的代码相同，上一级用：{listed}",
                f"Some codes would be too long or ambiguous; the next level uses: {listed}",
            ),
            err=True,
        )
