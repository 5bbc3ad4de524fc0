"""The page on how to go on: what somebody who takes a ledger over does, step by step."""

from typing import NamedTuple

from partyctl.papers.pages.drawing import drawn


class GoingOn(NamedTuple):
    """What the page says: the backup and its head, where the key comes from, what is open."""

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
    """The page as a file of its own."""
    return drawn("going_on.html", page=page)
