"""A command's answer for a file: tables, the text between them, and the footer."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from partyctl.language import say
from partyctl.light import NamedTuple
from partyctl.text import printable

NOT_IN_XML = re.compile("[\ufffe\uffff]")
"""Characters that XML forbids but that `printable` does not replace."""


class Row(NamedTuple):
    """A row of a table; `tone` is the status that gives the row its colour."""

    cells: tuple[str, ...]
    tone: str | None = None


class Block(NamedTuple):
    """A table: its title, the names of its columns, and its rows."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[Row, ...]


class Listing(NamedTuple):
    """A command's answer: its name, its tables and lines of text in order, and the footer."""

    name: str
    parts: tuple[Block | str, ...]
    foot: str

    @property
    def blocks(self) -> list[Block]:
        """The tables. Successive tables with the same columns are joined.

        They are joined even if there is text between them.
        """
        tables = [part for part in self.parts if isinstance(part, Block)]
        return [
            _joined(list(group)) for _, group in groupby(tables, key=lambda each: each.headings)
        ]

    @property
    def texts(self) -> list[str]:
        """The lines of text."""
        return [part for part in self.parts if isinstance(part, str)]


def _joined(blocks: Sequence[Block]) -> Block:
    """Join tables with the same columns into one.

    The new table has an additional first column, which shows the titles of the original tables.
    """
    if len(blocks) == 1:
        return blocks[0]
    rows = (row._replace(cells=(block.title, *row.cells)) for block in blocks for row in block.rows)
    return Block("", (say("部分", "part"), *blocks[0].headings), tuple(rows))


def whole_lines(texts: Sequence[str]) -> Iterator[str]:
    """Join pieces of text and yield them line by line, without empty lines."""
    for line in "".join(texts).split("\n"):
        if line.strip():
            yield shown(line.rstrip())


def shown(text: str) -> str:
    """Prepare text for a file: show control characters as codes, keep line breaks."""
    return NOT_IN_XML.sub(lambda found: f"\\u{ord(found[0]):04x}", printable(text))
