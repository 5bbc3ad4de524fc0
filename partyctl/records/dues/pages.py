"""Read the dues book, including entries that the running command has added."""

from collections.abc import Iterable

from sqlmodel import Session

from partyctl.law.dues.book import DuesBook, books
from partyctl.records.common.known_facts import known_of

FACTS = ("payment_fact", "assessment_fact", "exemption_fact")

Pages = dict[int, DuesBook]
"""The dues books of members, keyed by the member's number."""


def pages_of(session: Session, branches: Iterable[int]) -> Pages:
    """The dues books of everybody who was ever on the roll of at least one of these branches."""
    pages: Pages = {}
    for branch in sorted(branches):
        pages |= books(known_of(session, branch, *FACTS))
    return pages
