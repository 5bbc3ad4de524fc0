"""The index of a folder of papers: chapter by chapter, each file with its clause and what it lacks."""

from typing import NamedTuple

from partyctl.papers.pages.drawing import drawn


class File(NamedTuple):
    """A file of the folder: where it is, what it is, under which clause, what is left blank."""

    path: str
    title: str
    clause: str
    blank: tuple[str, ...]


class Part(NamedTuple):
    """A chapter and its files."""

    title: str
    files: tuple[File, ...]


class Index(NamedTuple):
    """What an index says."""

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
    """The index as a page of its own."""
    return drawn("index.html", index=index)
