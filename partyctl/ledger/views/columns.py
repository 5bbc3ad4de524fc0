"""Shared by the views of facts: nine named columns, and words as SQL."""

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
"""The columns of every view of facts, in the order of the fields of `Fact`."""

NO_END = "'9999-12-31'"
"""Sorts after every date. A bare '9999' would compare as a number, before every date."""

ORGAN_KINDS = (MeetingKind.DEMOCRATIC_LIFE, MeetingKind.THEME, MeetingKind.TRAINING)
"""The kinds of meeting owed by the leading group, not by a branch."""


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
    """The nine common columns of a view, each an SQL expression under its name."""
    values = (what, on, *subject, branch, *record, period, makes_up)
    return ", ".join(f"{value} AS {column}" for column, value in zip(COMMON, values, strict=True))


def sql_words(words: Iterable[str]) -> str:
    """Words of a vocabulary as the right side of IN."""
    return "(" + ", ".join(f"'{word}'" for word in words) + ")"
