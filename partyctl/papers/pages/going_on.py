"""The hand-over page, which tells the next keeper of the ledger what to do."""

from partyctl.light import NamedTuple
from partyctl.papers.pages.drawing import drawn


class GoingOn(NamedTuple):
    """The values of the page, such as the name of the backup file and the counts of open duties."""

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
