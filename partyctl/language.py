"""Which language the clerk reads: Chinese, or English with PARTYCTL_LANG=en."""

import os


def speaks_english() -> bool:
    """Whether this run answers in English."""
    return os.environ.get("PARTYCTL_LANG", "").lower().startswith("en")


def say(chinese: str, english: str) -> str:
    """The one of two wordings of the same sentence that this run's reader wants."""
    return english if speaks_english() else chinese
