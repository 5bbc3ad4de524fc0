"""The dues book during a command, including the command's own entries."""

from collections.abc import Iterable

from sqlmodel import Session

from partyctl.law.dues.book import DuesBook, books
from partyctl.records.common.known_facts import known_of

FACTS = ("payment_fact", "assessment_fact", "exemption_fact")

Pages = dict[int, DuesBook]
"""The pages of the dues book of a branch, or of several, by the member's number."""


def pages_of(session: Session, branches: Iterable[int]) -> Pages:
    """The pages of everybody who was ever on the roll of the branches."""
    pages: Pages = {}
    for branch in sorted(branches):
        pages |= books(known_of(session, branch, *FACTS))
    return pages
