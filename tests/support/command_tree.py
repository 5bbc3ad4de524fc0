"""Every command, read from Typer's tree, so that new commands are included automatically."""

import importlib
import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import typer
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

from partyctl.cli.start import program
from partyctl.cli.start.commands import COMMANDS

Parameter = TyperArgument | TyperOption

TAKES_A_FILE = re.compile(r"FILE|DIR|PATH|FOLDER|@", re.ASCII)


class Command(NamedTuple):
    """A command: its words, and its parameters as Typer knows them."""

    words: tuple[str, ...]
    known: TyperCommand | TyperGroup

    def __str__(self) -> str:
        return " ".join(self.words) or "partyctl"

    @property
    def typed(self) -> tuple[str, ...]:
        """The words without placeholders: for `waive RULE`, only `waive`."""
        return tuple(word for word in self.words if not word.isupper())

    @property
    def parameters(self) -> list[Parameter]:
        return self.known.params


def commands() -> list[Command]:
    """`partyctl` alone, and every command, such as `check` or `member add`."""
    return list(_commands())


@cache
def _commands() -> tuple[Command, ...]:
    """Cached, because many test files need the commands while pytest collects the tests."""
    program_itself = Command((), typer.main.get_command(program.app))
    entries = [(entry.name, f"partyctl.cli.{entry.module}") for entry in COMMANDS]
    found = [
        command
        for name, module in entries
        for command in _below((name,), typer.main.get_command(importlib.import_module(module).app))
    ]
    return (program_itself, *found)


def _below(words: tuple[str, ...], known: TyperCommand | TyperGroup) -> Iterator[Command]:
    verbs = getattr(known, "commands", None)
    if not verbs:
        yield Command(words, known)
        return
    for verb, command in verbs.items():
        yield from _below((*words, verb), command)


def takes_a_file(parameter: Parameter) -> bool:
    """Whether a parameter's value is, or can be, a file name."""
    return parameter.type.name == "path" or bool(TAKES_A_FILE.search(parameter.metavar or ""))


def option_names(parameter: Parameter) -> list[str]:
    """The words to type before a parameter's value: the option's name, or nothing for an argument."""
    is_option = parameter.param_type_name == "option"
    return [*parameter.opts, *parameter.secondary_opts] if is_option else []
