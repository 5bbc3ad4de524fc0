"""The context of a command: its help pages, and its name for the journal.

Typer's classes for a context and for help pages have no public names, so these are derived from public
classes. Every Typer group and command creates them through the attribute `context_class`.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import TracebackType
from typing import Any, Self

import typer
from typer.core import TyperCommand, TyperGroup

from partyctl.cli.session import current
from partyctl.cli.session.placeholders import in_words
from partyctl.language import say, speaks_english
from partyctl.text import folded, padded, width

HEADINGS = {"Options": "选项", "Commands": "命令", "Arguments": "参数"}
PHRASES = {
    "Show this message and exit.": "显示帮助",
    "[required]": "（必填）",
    "[default: ": "[默认 ",
}


OFF = re.compile(r"  \[(default:|默认) no[^\]]*\]")
"""The default of a switch, which is not shown."""


def _in_words(text: str) -> str:
    """A help line with Typer's phrases in the reader's language."""
    text = OFF.sub("", text)
    if not speaks_english():
        for english, chinese in PHRASES.items():
            text = text.replace(english, chinese)
    return text


def _lines(text: str, room: int) -> list[str]:
    """A help text in lines; lists of words break between words."""
    lines = [""]
    for piece in re.findall("[^、]+、?", text):
        if lines[-1] and width(lines[-1] + piece) > room:
            lines.append("")
        lines[-1] += piece
    return [part for line in lines for part in folded(line, room)]


TYPERS_OWN: Any = typer.Context.formatter_class


class Formatter(TYPERS_OWN):  # type: ignore[misc]  # its class has no public name
    """Help pages with Chinese headings."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write the usage line."""
        super().write_usage(prog, in_words(args), prefix or say("用法：", "Usage: "))

    def write_heading(self, heading: str) -> None:
        """Write the text above options or commands."""
        self.write(f"{'':>{self.current_indent}}{heading}{say('：', ':')}\n")

    def write_dl(
        self, rows: Sequence[tuple[str, str]], col_max: int = 30, col_spacing: int = 2
    ) -> None:
        """Write options or commands with their descriptions, in columns aligned for Chinese."""
        rows = [(in_words(first), _in_words(second)) for first, second in rows]
        columns = min(max(width(first) for first, _ in rows), col_max)
        for first, second in rows:
            self.write(f"{'':>{self.current_indent}}{padded(first, columns)}")
            if width(first) > columns:
                self.write(f"\n{'':>{self.current_indent + columns}}")
            room = self.width - self.current_indent - columns - col_spacing
            gap = "\n" + " " * (self.current_indent + columns + col_spacing)
            self.write(" " * col_spacing + gap.join(_lines(second, room)) + "\n")

    @contextmanager
    def section(self, name: str) -> Iterator[None]:
        """Write a heading and indent what follows."""
        with super().section(name if speaks_english() else HEADINGS.get(name, name)):
            yield


class Context(typer.Context):
    """A running command. The innermost one gives the name kept in the journal."""

    formatter_class = Formatter

    def __enter__(self) -> Self:
        """Enter the command."""
        super().__enter__()
        current.RUNNING.append(self.command_path)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> bool | None:
        """Leave it."""
        current.RUNNING.pop()
        return super().__exit__(kind, error, traceback)


TyperGroup.context_class = TyperCommand.context_class = Context
