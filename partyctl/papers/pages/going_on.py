"""The hand-over page: what the new keeper of a ledger does, step by step."""

from typing import NamedTuple

from partyctl.papers.pages.drawing import drawn


class GoingOn(NamedTuple):
    """The page's values: the backup and its head, where the key comes from, what is open."""

    whose: str
    as_of: str
    restore: str
    file: str
    head: str
    key: str | None
    counts: tuple[tuple[str, int], ...]
    list_file: str
    foot: str


def as_html(page: GoingOn) -> bytes:
    """The page as one file."""
    return drawn("going_on.html", page=page)
