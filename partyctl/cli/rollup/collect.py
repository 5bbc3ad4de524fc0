"""Answer `partyctl rollup collect`: read each file, then write the Parquet files of the changed months."""

import os
from collections.abc import Sequence
from pathlib import Path

from partyctl.cli.output.answers import tell
from partyctl.contract.rollup import RollupCollected
from partyctl.errors import FOUND, BadUsage
from partyctl.language import say
from partyctl.rollup import storing
from partyctl.rollup.checkpoint import write_checkpoint
from partyctl.rollup.collecting import Outcome, collect
from partyctl.rollup.hub import Hub
from partyctl.show.tables import print_json


def collect_files(hub: Hub, places: Sequence[Path], *, rebuild: bool, as_json: bool) -> int:
    """Collect files, and return the exit code.

    If there was only one file and this file is invalid, return the exit code for its problem. If
    some of several files are invalid, return 3.
    """
    if not places and not rebuild:
        raise BadUsage(
            say("要收取哪些文件？", "Name the files to collect."),
            "partyctl rollup collect FOLDER",
        )
    storing.engine().close()  # if DuckDB is not installed, fail before any file is collected
    outcomes = list(collect(hub, places))
    changed = {each.month for each in outcomes if each.unit and not each.again}
    storing.refresh(hub, hub.months() if rebuild else changed)
    write_checkpoint(hub.folder)
    if as_json:
        print_json([_object(each) for each in outcomes])
    else:
        _tell(outcomes)
    refused = [each.error for each in outcomes if each.error]
    if len(outcomes) == 1 and refused:
        return refused[0].exit_code
    return FOUND if refused else 0


def _tell(outcomes: list[Outcome]) -> None:
    for each in outcomes:
        if each.error:
            remedy = f" → {each.error.remedy}" if each.error.remedy else ""
            tell(
                say(
                    f"没有收：{_name_of(each)}：{each.error.sentence}{remedy}",
                    f"Refused: {_name_of(each)}: {each.error.sentence}{remedy}",
                ),
                err=True,
            )
    taken = sum(each.unit is not None and not each.again for each in outcomes)
    again, refused = (
        sum(each.again for each in outcomes),
        sum(each.error is not None for each in outcomes),
    )
    tell(
        say(
            f"收下 {taken} 份，已有 {again} 份，没有收 {refused} 份",
            f"{taken} collected, {again} collected before, {refused} refused",
        )
    )


def _name_of(each: Outcome) -> str:
    """Return a file's name as text, with � for bytes that are not UTF-8."""
    return os.fsencode(each.file.name).decode("utf-8", "replace")


def _object(each: Outcome) -> RollupCollected:
    state = "refused" if each.error else "again" if each.again else "taken"
    return {
        "file": _name_of(each),
        "state": state,
        "code": each.unit.code if each.unit else None,
        "month": each.month or None,
        "error": each.error.sentence if each.error else None,
    }
