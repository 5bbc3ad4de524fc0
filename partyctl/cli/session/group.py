"""Groups of commands. A command is built when it is typed or shown in help, at most once.

Without this module, Typer would build all verbs of a noun each time a user types one of its
commands. For `member list`, building the verbs would take longer than reading and printing the
members.
"""

from collections import UserDict
from collections.abc import Callable, Mapping
from copy import copy
from functools import cache, partial
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup
from typer.main import get_command_from_info, get_command_name, get_group
from typer.models import CommandInfo

from partyctl.cli.session.context import Context
from partyctl.errors import BadUsage
from partyctl.language import say
from partyctl.terms import nearest_words

Resolved = tuple[str | None, Any, list[str]]
"""A command's name, the command, and its remaining arguments."""


class Unbuilt(UserDict[str, Any]):
    """The commands of a group, by name. Each command is built when the group first looks it up."""

    def __init__(
        self, builders: Mapping[str, Callable[[], Any]], built: Mapping[str, Any] | None = None
    ) -> None:
        self._built = dict(built or {})
        super().__init__({**builders, **self._built})

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401 - Typer's classes are private
        if name not in self._built:
            self._built[name] = self.data[name]()
        return self._built[name]


class Nouns(TyperGroup):
    """A group that suggests the most similar command for an unknown word.

    Typer passes our class Context to the methods, although Typer's type hints name a private class.
    """

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:  # type: ignore[override]  # Typer has its own Context
        """Parse the arguments. If there are none, but some are needed, raise BadUsage with the help."""
        if not args and self.no_args_is_help:
            raise BadUsage("", ctx.get_help())
        return super().parse_args(ctx, self.worded(args))

    def worded(self, args: list[str]) -> list[str]:
        """Return the arguments; groups with a default verb override this method to add the verb."""
        return args

    def resolve_command(self, ctx: Context, args: list[str]) -> Resolved:  # type: ignore[override]  # Typer has its own Context
        """Find the typed command. Raises BadUsage if no such command exists."""
        name = args[0]
        if name not in self.commands and not name.startswith("-"):
            nearest = nearest_words(name, list(self.commands))
            hint = (
                say(f"是不是“{nearest[0]}”？", f"Did you mean “{nearest[0]}”?") if nearest else ""
            )
            raise BadUsage(
                say(f"没有“{name}”这个命令。{hint}", f"There is no command “{name}”. {hint}"),
                f"{ctx.command_path} --help",
            )
        return super().resolve_command(ctx, args)


class Defaulting(Nouns):
    """A group with a default verb, `usual`; users can leave this verb out."""

    usual = ""

    def worded(self, args: list[str]) -> list[str]:
        """Put the default verb first if neither a verb nor --help was typed."""
        if "--help" not in args and (not args or args[0].startswith("-")):
            return [self.usual, *args]
        return args


def noun(chinese: str, english: str) -> typer.Typer:
    """Create the Typer app of a noun with several verbs."""
    return typer.Typer(
        cls=Nouns,
        help=say(chinese, english),
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=None,
    )


def verb() -> typer.Typer:
    """Create the Typer app of a command without verbs (`check`, `init`)."""
    return typer.Typer(add_completion=False, rich_markup_mode=None)


class Elsewhere(CommandInfo):
    """A verb whose function is in another module, which is imported when the verb is built."""

    def __init__(self, name: str, function: str, *, help: str) -> None:  # noqa: A002 - Typer's own word
        self.function = function
        super().__init__(name, help=help)

    @property
    def callback(self) -> Callable[..., Any]:
        """The function that carries out the verb."""
        module, _, name = self.function.rpartition(".")
        found: Callable[..., Any] = getattr(import_module(f"partyctl.cli.{module}"), name)
        return found

    @callback.setter
    def callback(self, _: Callable[..., Any] | None) -> None:
        """Ignore the value that Typer sets: the getter imports the verb's function."""


def add_verb(app: typer.Typer, name: str, function: str, chinese: str, english: str) -> None:
    """Add a verb to a noun. `function` names a Python function: `meeting.listing.show_list`."""
    app.registered_commands.append(Elsewhere(name, function, help=say(chinese, english)))


@cache
def command_of(app: typer.Typer) -> Any:  # noqa: ANN401 - Typer's classes are private
    """Return the command that Typer makes of an app.

    Each verb of a noun is built only when the verb is typed, or listed in the noun's help.
    """
    if len(app.registered_commands) == 1:
        return typer.main.get_command(app)
    without_verbs = copy(app)
    without_verbs.registered_commands = []
    group = get_group(without_verbs)
    verbs = {_name(info): partial(_build, info, app) for info in app.registered_commands}
    group.commands = Unbuilt(verbs, built=group.commands)
    return group


def _name(info: CommandInfo) -> str:
    return info.name or get_command_name(info.callback.__name__)  # type: ignore[union-attr]  # Typer refuses None


def _build(info: CommandInfo, app: typer.Typer) -> Any:  # noqa: ANN401 - Typer's classes are private
    return get_command_from_info(
        info,
        pretty_exceptions_short=app.pretty_exceptions_short,
        rich_markup_mode=app.rich_markup_mode,
    )
