"""Write dates as documents do."""

from datetime import date

from partyctl.language import say


def in_words(day: str | date | None) -> str | None:
    """Write a date as documents do: 2026年3月2日 (2026-03-02 in English).

    Return None if the date is unknown.
    """
    if day is None:
        return None
    known = date.fromisoformat(day) if isinstance(day, str) else day
    return say(f"{known.year}年{known.month}月{known.day}日", known.isoformat())
