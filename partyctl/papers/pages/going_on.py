"""The hand-over page: what the next keeper of the ledger must do."""

from partyctl.light import NamedTuple
from partyctl.papers.pages.drawing import drawn


class GoingOn(NamedTuple):
    """The values of the page: the backup and its journal head, where the key is, the open duties."""

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
    """Return the page as one file."""
    return drawn("going_on.html", page=page)
