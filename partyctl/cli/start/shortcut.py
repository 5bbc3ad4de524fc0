"""Parse a plain `partyctl check …` without Typer.

Importing Typer is most of a light command's cost, and `check` is the one that cron, prompts and
scripts run all day. Anything else (help, an unknown word, an invalid value) is
left to Typer, so that errors have one place; a test compares the two parsers.
"""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from partyctl.cli.check.answering import (
    Asked,
    answer,
    read_area,
    read_arrangement,
    read_running_month,
    with_running_month,
)
from partyctl.cli.input.dates import read_day, read_period
from partyctl.cli.session import current
from partyctl.errors import PartyctlError
from partyctl.light import NamedTuple

FLAGS = {"--all": "everything", "--strict": "strict", "--json": "as_json"}
GLOBALS: dict[str, tuple[str, Callable[[str], Any]]] = {
    "--ledger": ("ledger", Path),
    "--branch": ("branch", str),
}
VALUES = GLOBALS | {
    "--month": ("month", read_running_month),
    "--period": ("period", read_period),
    "--as-of": ("as_of", read_day),
    "--area": ("area", read_area),
    "--rule": ("rule", str),
    "--by": ("by", read_arrangement),
}


class Errand(NamedTuple):
    """A `check` on a ledger, about one branch or all."""

    ledger: Path | None
    branch: str | None
    asked: Asked


def errand(args: list[str]) -> Errand | None:
    """The plain `check` in the arguments; None for anything else."""
    if args.count("check") != 1:
        return None
    place = args.index("check")
    try:
        given = _read(args[:place], {}, GLOBALS)
        given |= _read(with_running_month(args[place + 1 :]), FLAGS, VALUES)
    except (LookupError, PartyctlError):
        return None
    ledger = given.pop("ledger", None) or os.environ.get("PARTYCTL_LEDGER")
    return Errand(Path(ledger) if ledger else None, given.pop("branch", None), Asked(**given))


def run(asked: Errand) -> int:
    """Answer a plain `check`; its exit code."""
    current.settle(asked.ledger, asked.branch)
    return answer(asked.asked)


def _read(
    args: list[str], flags: dict[str, str], values: dict[str, tuple[str, Callable[[str], Any]]]
) -> dict[str, Any]:
    """The options by name. Raises LookupError for an unknown word, PartyctlError."""
    given: dict[str, Any] = {}
    remaining = iter(args)
    for arg in remaining:
        if arg in flags:
            given[flags[arg]] = True
            continue
        option, equals, value = arg.partition("=")
        name, read = values[option]
        text = value if equals else next(remaining, None)
        if text is None or (not equals and text.startswith("-")):
            raise LookupError(option)
        given[name] = read(text)
    return given
