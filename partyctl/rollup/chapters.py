"""Short codes of the regulation's chapters, for extracts and hubs: 责任, 支部·二, 全国."""

from collections import Counter

from partyctl.law.sources.clauses import CHAPTERS, NATIONAL, Chapter, chapter_of

ALL = (*CHAPTERS, NATIONAL)
CHAPTERS_OF = Counter(chapter.system for chapter in ALL)


def code_of(chapter: Chapter) -> str:
    """Return the name of the system, and the chapter's number if the system has several chapters."""
    number = chapter.title.partition("、")[0]
    return f"{chapter.system}·{number}" if CHAPTERS_OF[chapter.system] > 1 else chapter.system


CODES = {code_of(chapter): chapter for chapter in ALL}
"""All chapters, keyed by code, in the order of the regulation."""

CODE_BY_CHAPTER = {chapter: code for code, chapter in CODES.items()}

CLOSED = frozenset({"防范", "公开"})
"""The systems (制度) of the regulation that are about cases, opinions and disclosures.

For the duties of these systems, a branch sends only counts, never single duties.
"""


def chapter_code(article: str) -> str:
    """Return the code of the chapter that a rule's article belongs to. Raises KeyError."""
    return CODE_BY_CHAPTER[chapter_of(article)]
