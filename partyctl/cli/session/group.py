"""A command group that imports only the module of the typed command.

The group lists placeholders with the name and help of each command. Overriding `get_command` would
not be enough: `--help` would import every module, and "did you mean" would miss commands not
imported yet.
"""

from typing import Any

import typer
from typer.core import TyperGroup

from partyctl.cli.session.context import Context
from partyctl.errors import BadUsage
from partyctl.language import say
from partyctl.terms import nearest_words

Resolved = tuple[str | None, Any, list[str]]
"""A command's name, the command, and its remaining arguments."""


class Nouns(TyperGroup):
    """A group that suggests the most similar command for an unknown word.

    Typer passes our Context, although its type hints name a private class.
    """

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:  # type: ignore[override]  # Typer has its own Context
        """Parse the arguments; if there are none, show the help."""
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
    """A group with a default verb, `usual`, that may be left out."""

    usual = ""

    def worded(self, args: list[str]) -> list[str]:
        """Put the default verb first if no verb was typed."""
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
