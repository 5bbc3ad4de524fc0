"""What the views have in common: the columns of a fact, and words as SQL writes them."""

from collections.abc import Iterable

from partyctl.terms import MeetingKind

COMMON = """what, happened_on, subject_kind, subject_id, branch_id, record_kind, record_id,
    period, until, makes_up, chair_id, lecturer_id, notified_on, has_minutes, undecided,
    amount, payer, consent_on, step"""
OF_CASES = "due_on, done_on, case_id, other_id, name, opinions_on, marks"
FACT_COLUMNS = f"{COMMON}, {OF_CASES}"

NO_CASE = "NULL, NULL, NULL, NULL, NULL, NULL, ''"
"""The last seven columns of a fact that is no case and no step of one."""

NO_END = "'9999-12-31'"
"""A day after all others. SQLite would take '9999' beside a DATE for a number, and before any day."""

ORGAN_KINDS = (MeetingKind.DEMOCRATIC_LIFE, MeetingKind.THEME, MeetingKind.TRAINING)
"""The meetings that the leading group owes, not a branch."""


def sql_words(words: Iterable[str]) -> str:
    """Words of a vocabulary as the right side of IN."""
    return "(" + ", ".join(f"'{word}'" for word in words) + ")"
