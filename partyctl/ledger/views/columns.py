"""The common parts of all views of facts: nine named columns, and vocabularies as SQL."""

from collections.abc import Iterable

from partyctl.terms import MeetingKind

COMMON = (
    "what",
    "happened_on",
    "subject_kind",
    "subject_id",
    "branch_id",
    "record_kind",
    "record_id",
    "period",
    "makes_up",
)
"""The common columns of all views of facts, in the order of the fields of `Fact`."""

NO_END = "'9999-12-31'"
"""The value used in place of a missing last day; it sorts after every date. (A shorter '9999' would
be compared as a number, and SQLite sorts numbers before texts.)"""

ORGAN_KINDS = (MeetingKind.DEMOCRATIC_LIFE, MeetingKind.THEME, MeetingKind.TRAINING)
"""The kinds of meetings that the leading group, not a branch, must hold."""


def common(
    *,
    what: str,
    on: str,
    subject: tuple[str, str],
    record: tuple[str, str],
    branch: str = "NULL",
    period: str = "NULL",
    makes_up: str = "NULL",
) -> str:
    """The SQL for the nine common columns of a view of facts."""
    values = (what, on, *subject, branch, *record, period, makes_up)
    return ", ".join(f"{value} AS {column}" for column, value in zip(COMMON, values, strict=True))


def sql_words(words: Iterable[str]) -> str:
    """The words of a vocabulary as an SQL list, for the right side of IN."""
    return "(" + ", ".join(f"'{word}'" for word in words) + ")"
