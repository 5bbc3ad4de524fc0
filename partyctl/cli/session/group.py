"""A command group that imports only what is typed, and that speaks the reader's language.

Placeholders carry each command's name and help: overriding `get_command` alone would import
every module for `--help`, and hide lazy commands from "did you mean".
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import typer
from typer import _click as click
from typer.core import TyperGroup

from partyctl.errors import BadUsage
from partyctl.language import say, speaks_english
from partyctl.terms import nearest_words
from partyctl.text import folded, padded, width

HEADINGS = {"Options": "选项", "Commands": "命令", "Arguments": "参数"}
PHRASES = {
    "Show this message and exit.": "显示帮助",
    "[required]": "（必填）",
    "[default: ": "[默认 ",
}


def _in_words(text: str) -> str:
    """A help line with Typer's own phrases in the reader's language."""
    if not speaks_english():
        for english, chinese in PHRASES.items():
            text = text.replace(english, chinese)
    return text


class Formatter(click.HelpFormatter):
    """Help pages with Chinese headings."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write the usage line."""
        super().write_usage(prog, args, prefix or say("用法：", "Usage: "))

    def write_dl(
        self, rows: Sequence[tuple[str, str]], col_max: int = 30, col_spacing: int = 2
    ) -> None:
        """Write options or commands with what they do, in columns that Chinese does not push."""
        rows = [(first, _in_words(second)) for first, second in rows]
        columns = min(max(width(first) for first, _ in rows), col_max)
        for first, second in rows:
            self.write(f"{'':>{self.current_indent}}{padded(first, columns)}")
            if width(first) > columns:
                self.write(f"\n{'':>{self.current_indent + columns}}")
            room = self.width - self.current_indent - columns - col_spacing
            gap = "\n" + " " * (self.current_indent + columns + col_spacing)
            self.write(" " * col_spacing + gap.join(folded(second, room)) + "\n")

    @contextmanager
    def section(self, name: str) -> Iterator[None]:
        """Write a heading and indent what follows."""
        with super().section(name if speaks_english() else HEADINGS.get(name, name)):
            yield


click.Context.formatter_class = Formatter


class Nouns(TyperGroup):
    """A group whose unknown words are answered with the nearest known one."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that was typed. Raises BadUsage for an unknown one."""
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
    """A noun that stands for its `usual` verb where none is typed."""

    usual = ""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the usual verb first where no verb was typed."""
        if "--help" not in args and (not args or args[0].startswith("-")):
            args = [self.usual, *args]
        return super().parse_args(ctx, args)


def noun(chinese: str, english: str) -> typer.Typer:
    """The app of a noun with several verbs."""
    return typer.Typer(
        cls=Nouns,
        help=say(chinese, english),
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=None,
    )


def verb() -> typer.Typer:
    """The app of a command without verbs (`check`, `init`)."""
    return typer.Typer(add_completion=False, rich_markup_mode=None)
