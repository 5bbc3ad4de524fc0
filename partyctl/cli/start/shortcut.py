"""Parse `check` and `dues status` without Typer if they have only simple options.

For a fast command, importing Typer takes most of the time. Cron, prompts and scripts run `check`
all day, and treasurers often run `dues status`. Typer parses all other command lines, also those
with unknown words or invalid values, so that only Typer reports a wrong command line. A test
checks that this parser and Typer give the same values.
"""

import os
from collections.abc import Callable, Mapping
from importlib import import_module

from partyctl.cli.session import current
from partyctl.errors import PartyctlError
from partyctl.ledger.file.places import AnyPath
from partyctl.light import Any, NamedTuple

Read = Callable[[str], Any]
Values = Mapping[str, tuple[str, Read]]
"""For each option: the field that its value fills, and the function that parses the value."""


def read_path(text: str) -> AnyPath:
    """Parse a path.

    Only a path that must be normalised, such as ./ledger.db, becomes a `Path`. Every other path is
    returned as text, because pathlib is slow to load.
    """
    if os.path.normpath(text) == text:
        return text
    from pathlib import Path

    return Path(text)


GLOBALS: Values = {"--ledger": ("ledger", read_path), "--branch": ("branch", str)}

ROADS = {"check": "partyctl.cli.check.plain", "dues status": "partyctl.cli.dues.plain"}
"""For each command: the module with its options and the functions that parse and answer it."""


class Errand(NamedTuple):
    """A parsed command: the ledger, the branch if one is named, and the function that answers."""

    ledger: AnyPath | None
    branch: str | None
    asked: Any
    answer: Callable[[Any], int]

    def run(self) -> int:
        """Answer the question and return the exit code."""
        current.settle(self.ledger, self.branch)
        return self.answer(self.asked)


def errand(args: list[str]) -> Errand | None:
    """Return the parsed command, or None if it is not a simple `check` or `dues status`."""
    return next(filter(None, (_errand_of(command, args) for command in ROADS)), None)


def _errand_of(command: str, args: list[str]) -> Errand | None:
    """Parse the arguments as `command`; return None if they are not a simple form of it."""
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
    ledger = given.pop("ledger", None)
    if ledger is None and (named := os.environ.get("PARTYCTL_LEDGER")):
        ledger = read_path(named)
    branch = given.pop("branch", None)
    return Errand(ledger, branch, road.Asked(**given), road.answer)


def _read(args: list[str], flags: Mapping[str, str], values: Values) -> dict[str, Any]:
    """Return the values of the typed options, by field.

    Raises LookupError for an unknown word or a missing value, and PartyctlError for an invalid
    value.
    """
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
