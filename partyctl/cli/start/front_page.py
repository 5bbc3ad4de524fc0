"""`partyctl --help`, without importing Typer: three quarters of the page's time would be its import.

The words are those that `program` gives to Typer; a test compares the page with Typer's own, for many widths.
"""

import sys
from collections.abc import Sequence
from shutil import get_terminal_size
from textwrap import fill

from partyctl.cli.session import layout
from partyctl.cli.session.placeholders import in_words
from partyctl.cli.start.commands import BRANCH, COMMANDS, GLOBALS, LEDGER, purpose

NARROWEST, WIDEST, MARGIN = 50, 80, 2
"""The widths of Typer's pages."""

USAGE = "[OPTIONS] COMMAND [ARGS]..."
HELP = ("--help", "Show this message and exit.")
"""In Typer's words, which are put into the reader's language like those of other pages."""


def is_asked(args: Sequence[str]) -> bool:
    """Whether this page is asked for. A ledger or a branch makes no difference to it."""
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
    """The page for a terminal of this width."""
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
