"""Parse a few plain read commands without Typer.

Importing Typer is most of a light command's cost. `check` is the one that cron, prompts and scripts run all
day, and a treasurer asks for `dues status`. Anything else (help, an unknown word, an invalid value) is left
to Typer, so that errors have one place; a test compares the two parsers.
"""

import os
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

from partyctl.cli.session import current
from partyctl.errors import PartyctlError
from partyctl.light import NamedTuple

Read = Callable[[str], Any]
Values = Mapping[str, tuple[str, Read]]
"""By option: the field of the question that it fills, and how its value is read."""

GLOBALS: Values = {"--ledger": ("ledger", Path), "--branch": ("branch", str)}

ROADS = {"check": "partyctl.cli.check.plain", "dues status": "partyctl.cli.dues.plain"}
"""By command: the module with its options, its question, and its answer."""


class Errand(NamedTuple):
    """A question to a ledger, about one branch or all, and what answers it."""

    ledger: Path | None
    branch: str | None
    asked: Any
    answer: Callable[[Any], int]

    def run(self) -> int:
        """Answer the question; the exit code."""
        current.settle(self.ledger, self.branch)
        return self.answer(self.asked)


def errand(args: list[str]) -> Errand | None:
    """The plain question in the arguments; None for anything else."""
    return next(filter(None, (_errand_of(command, args) for command in ROADS)), None)


def _errand_of(command: str, args: list[str]) -> Errand | None:
    """A plain question of one command."""
    words = command.split()
    if args.count(words[0]) != 1:
        return None
    place = args.index(words[0])
    end = place + len(words)
    if args[place:end] != words:
        return None
    road = import_module(ROADS[command])
    try:
        given = _read(args[:place], {}, GLOBALS)
        given |= _read(road.filled(args[end:]), road.FLAGS, {**GLOBALS, **road.VALUES})
    except (LookupError, PartyctlError):
        return None
    ledger = given.pop("ledger", None) or os.environ.get("PARTYCTL_LEDGER")
    branch = given.pop("branch", None)
    return Errand(Path(ledger) if ledger else None, branch, road.Asked(**given), road.answer)


def _read(args: list[str], flags: Mapping[str, str], values: Values) -> dict[str, Any]:
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
