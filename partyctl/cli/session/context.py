"""Our class for Typer's contexts: it lays out help pages, and remembers which command is running.

Typer's own formatter of help pages is a private class. This module gets it from the public attribute
`typer.Context.formatter_class`, and derives `Formatter` from it. A Typer group or command creates its
context from the class in its attribute `context_class`, which this module sets to our class.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import TracebackType
from typing import Any, Self

import typer
from typer.core import TyperCommand, TyperGroup

from partyctl.cli.session import current, layout
from partyctl.cli.session.every_branch import refuse_branch
from partyctl.cli.session.placeholders import in_words

TYPERS_OWN: Any = typer.Context.formatter_class


class Formatter(TYPERS_OWN):  # type: ignore[misc] # the base class is private
    """Writes help pages, with Chinese headings for Chinese readers."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write the usage line."""
        super().write_usage(prog, in_words(args), prefix or layout.usage())

    def write_heading(self, heading: str) -> None:
        """Write the heading above options or commands."""
        self.write(layout.heading(heading, self.current_indent))

    def write_dl(
        self, rows: Sequence[tuple[str, str]], col_max: int = 30, col_spacing: int = 2
    ) -> None:
        """Write options or commands in two columns: the name and its description.

        A Chinese character is as wide as two Latin letters.
        """
        self.write(layout.definitions(rows, self.current_indent, self.width, col_max, col_spacing))

    @contextmanager
    def section(self, name: str) -> Iterator[None]:
        """Write a heading, and indent everything that the `with` block writes."""
        with super().section(layout.section(name)):
            yield


class Context(typer.Context):
    """A running command.

    While a command runs, its name, such as `partyctl meeting add`, is in the list
    `current.RUNNING`. The journal records the last name in this list, without the word `partyctl`.
    """

    formatter_class = Formatter

    def __enter__(self) -> Self:
        """Enter the command."""
        super().__enter__()
        current.RUNNING.append(self.command_path)
        return self

    def invoke(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - as in Typer
        """Run the command's function."""
        refuse_branch()
        return super().invoke(*args, **kwargs)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> bool | None:
        """Leave the command."""
        current.RUNNING.pop()
        return super().__exit__(kind, error, traceback)


TyperGroup.context_class = TyperCommand.context_class = Context
