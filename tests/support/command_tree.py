"""Every command that can be typed, from Typer's own tree; a new one is found by itself."""

import importlib
import re
from collections.abc import Iterator
from typing import NamedTuple

import typer
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

from partyctl.cli.start import program
from partyctl.cli.start.commands import COMMANDS

Parameter = TyperArgument | TyperOption

TAKES_A_FILE = re.compile(r"FILE|DIR|PATH|FOLDER|@", re.ASCII)


class Command(NamedTuple):
    """The words that call a command, and what Typer knows of its parameters."""

    words: tuple[str, ...]
    known: TyperCommand | TyperGroup

    def __str__(self) -> str:
        return " ".join(self.words) or "partyctl"

    @property
    def typed(self) -> tuple[str, ...]:
        """The words without those that stand for what is typed: of `waive RULE` the first."""
        return tuple(word for word in self.words if not word.isupper())

    @property
    def parameters(self) -> list[Parameter]:
        return self.known.params


def commands() -> list[Command]:
    """`partyctl` alone, and every noun with every verb."""
    program_itself = Command((), typer.main.get_command(program.app))
    entries = [(entry.name, f"partyctl.cli.{entry.module}") for entry in COMMANDS]
    found = [
        command
        for name, module in entries
        for command in _below((name,), typer.main.get_command(importlib.import_module(module).app))
    ]
    return [program_itself, *found]


def _below(words: tuple[str, ...], known: TyperCommand | TyperGroup) -> Iterator[Command]:
    verbs = getattr(known, "commands", None)
    if not verbs:
        yield Command(words, known)
        return
    for verb, command in verbs.items():
        yield from _below((*words, verb), command)


def takes_a_file(parameter: Parameter) -> bool:
    """Whether what is typed for a parameter is, or may be, the name of a file."""
    return parameter.type.name == "path" or bool(TAKES_A_FILE.search(parameter.metavar or ""))


def option_names(parameter: Parameter) -> list[str]:
    """What is typed before the value of an option; nothing for an argument."""
    is_option = parameter.param_type_name == "option"
    return [*parameter.opts, *parameter.secondary_opts] if is_option else []
