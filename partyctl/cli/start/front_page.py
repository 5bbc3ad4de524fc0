"""Print `partyctl --help` without Typer: importing Typer would make it four times as slow.

This module and the module `program` take the words of the page from the same place. A test compares
this page with Typer's own page at many terminal widths.
"""

import sys
from collections.abc import Sequence
from shutil import get_terminal_size
from textwrap import fill

from partyctl.cli.session import layout
from partyctl.cli.session.placeholders import in_words
from partyctl.cli.start.commands import BRANCH, COMMANDS, GLOBALS, LEDGER, purpose

NARROWEST, WIDEST, MARGIN = 50, 80, 2
"""The limits for the width of a page, and the margin on its right, as in Typer."""

USAGE = "[OPTIONS] COMMAND [ARGS]..."
HELP = ("--help", "Show this message and exit.")
"""Typer's English words, which are translated into the user's language when the page is printed."""


def is_asked(args: Sequence[str]) -> bool:
    """Whether the arguments ask for this page; --ledger and --branch may precede --help."""
    if args[-1:] != ["--help"]:
        return False
    before = iter(args[:-1])
    for arg in before:
        name, equals, _ = arg.partition("=")
        if name not in (LEDGER.name, BRANCH.name):
            return False
        if not equals and next(before, "-").startswith("-"):
            return False
    return True


def page(columns: int) -> str:
    """Return the page for a terminal with this many columns."""
    width = max(min(columns, WIDEST) - MARGIN, NARROWEST)
    indent = " " * layout.INDENT
    options = [(" ".join(filter(None, (each.name, each.metavar))), each.help) for each in GLOBALS]
    commands = [(each.name, each.help) for each in COMMANDS]
    parts = [
        f"{layout.usage()}partyctl {in_words(USAGE)}\n",
        fill(purpose(), width, initial_indent=indent, subsequent_indent=indent) + "\n",
    ]
    for name, rows in (("Options", [*options, HELP]), ("Commands", commands)):
        heading = layout.heading(layout.section(name))
        parts.append(heading + layout.definitions(rows, layout.INDENT, width))
    return "\n".join(parts)


def show() -> None:
    """Print the page."""
    sys.stdout.write(page(get_terminal_size().columns))
