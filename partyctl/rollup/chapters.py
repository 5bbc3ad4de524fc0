"""The short codes of the regulation's chapters in extracts and hubs: 责任, 支部·二, 全国."""

from collections import Counter

from partyctl.law.sources.clauses import CHAPTERS, NATIONAL, Chapter, chapter_of

ALL = (*CHAPTERS, NATIONAL)
CHAPTERS_OF = Counter(chapter.system for chapter in ALL)


def code_of(chapter: Chapter) -> str:
    """The system, and the chapter's number if the system has several."""
    number = chapter.title.partition("、")[0]
    return f"{chapter.system}·{number}" if CHAPTERS_OF[chapter.system] > 1 else chapter.system


CODES = {code_of(chapter): chapter for chapter in ALL}
"""Every chapter by its code, in the order of the regulation."""

CODE_BY_CHAPTER = {chapter: code for code, chapter in CODES.items()}

CLOSED = frozenset({"防范", "公开"})
"""Chapters that leave a branch only as numbers: cases, opinions and disclosures."""


def chapter_code(article: str) -> str:
    """The code of a rule's chapter. Raises KeyError."""
    return CODE_BY_CHAPTER[chapter_of(article)]
