"""The index of a folder of papers.

The index lists the files by chapter, each with its clause of the regulation and its empty fields.
"""

from partyctl.light import NamedTuple
from partyctl.papers.pages.drawing import drawn


class File(NamedTuple):
    """A file in the folder: its path, title and clause, and the fields that are still empty."""

    path: str
    title: str
    clause: str
    blank: tuple[str, ...]


class Part(NamedTuple):
    """A chapter and its files."""

    title: str
    files: tuple[File, ...]


class Index(NamedTuple):
    """The values of an index."""

    title: str
    whose: str
    year: str
    as_of: str
    verdict: str
    gap_file: str
    gaps: int
    advised: int
    parts: tuple[Part, ...]
    foot: str


def as_html(index: Index) -> bytes:
    """Return the index as one page."""
    return drawn("index.html", index=index)
