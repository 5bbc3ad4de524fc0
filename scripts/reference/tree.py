"""Typer's commands as plain values for the pages, in one language."""

import inspect
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from partyctl.cli.completion.tree import build
from partyctl.cli.session.placeholders import in_words
from partyctl.cli.start.commands import COMMANDS
from partyctl.typed import typed
from scripts.reference.raised import codes_of
from tests.support import command_tree
from tests.support.command_tree import Command as Known
from tests.support.command_tree import Parameter as KnownParameter
from tests.support.working_lines import WORKING

ENOUGH_TO_LIST = 2
RULES = 30
"""A parameter with more words than this accepts the id of a rule; one page lists all rules."""


@dataclass(frozen=True, kw_only=True)
class Parameter:
    """An argument, or an option with its values."""

    shown: str
    told: str
    is_required: bool
    is_repeated: bool
    default: str
    words: list[tuple[str, str]]


@dataclass(frozen=True, kw_only=True)
class Command:
    """A command: its words, help, parameters, a working example, and exit codes."""

    typed: str
    usage: str
    told: str
    arguments: list[Parameter]
    options: list[Parameter]
    example: list[str]
    codes: list[int]


@dataclass(frozen=True, kw_only=True)
class Noun:
    """A noun with its commands, or a command without verbs."""

    name: str
    told: str
    commands: list[Command]


def nouns() -> list[Noun]:
    """`partyctl` itself, and every noun in the order of its help."""
    words = build()
    known = command_tree.commands()
    found = [
        Noun(name="partyctl", told=known[0].known.help or "", commands=[_command(known[0], words)])
    ]
    for entry in COMMANDS:
        own = [each for each in known if each.words and each.words[0] == entry.name]
        commands = [_command(each, words) for each in own]
        found.append(Noun(name=entry.name, told=entry.help, commands=commands))
    return found


def _command(command: Known, tree: dict[str, Any]) -> Command:
    known = command.known
    name = " ".join(("partyctl", *command.typed))
    context = known.context_class(known, info_name=name)
    pieces = [] if known.params == [] else known.collect_usage_pieces(context)
    node = tree[" ".join(command.words)]
    arguments = [each for each in command.parameters if each.param_type_name == "argument"]
    options = [each for each in command.parameters if each.param_type_name == "option"]
    function = inspect.unwrap(known.callback)  # type: ignore[arg-type]  # a command has a function
    return Command(
        typed=name,
        usage=in_words(" ".join((name, *pieces))),
        told=(known.help or "").strip(),
        arguments=[
            _parameter(each, context, value)
            for each, value in zip(arguments, node["arguments"], strict=True)
        ],
        options=[_parameter(each, context, node["options"][each.opts[0]]) for each in options],
        example=list(_example(str(command))),
        codes=codes_of(function.__module__, function.__qualname__.partition(".")[0]),
    )


def _parameter(known: KnownParameter, context: Any, value: dict[str, Any]) -> Parameter:
    names, told = known.get_help_record(context) or ("", "")
    del told
    words = [(word[0], word[1]) for word in value["words"] if word[1]]
    words = [] if len(words) > RULES else words
    takes_default = not isinstance(known.default, bool) and not callable(known.default)
    return Parameter(
        shown=in_words(names).rstrip(),
        told=_without_list(known.help or "", words),
        is_required=known.required,
        is_repeated=bool(getattr(known, "multiple", False)),
        default=str(known.default) if takes_default and known.default is not None else "",
        words=words,
    )


def _without_list(told: str, words: list[tuple[str, str]]) -> str:
    """A help text without the word list, which the page prints itself."""
    head, mark, listed = told.partition("：" if "：" in told else ": ")
    listed = listed if mark else head
    is_list = sum(word in listed for word, _ in words) > ENOUGH_TO_LIST
    return (head if mark else "") if is_list else told


def _example(command: str) -> Iterator[str]:
    """A command's example, which the tests run too, after the commands that must run before it."""
    text = WORKING[command.replace("partyctl ", "")]
    for line in text.replace("{folder}/", "").strip().splitlines():
        yield typed(f"partyctl {line.strip()}").strip()
    if not text:
        yield "partyctl"
