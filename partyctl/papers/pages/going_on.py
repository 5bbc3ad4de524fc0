"""The hand-over page: the steps for the new keeper of a ledger."""

from partyctl.light import NamedTuple
from partyctl.papers.pages.drawing import drawn


class GoingOn(NamedTuple):
    """The page's values: the backup and its head, the place of the key, the open duties."""

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
