"""Days as written in documents."""

from datetime import date


def in_chinese(day: str | date | None) -> str | None:
    """A day as written in documents: 2026年3月2日; None if unknown."""
    if day is None:
        return None
    known = date.fromisoformat(day) if isinstance(day, str) else day
    return f"{known.year}年{known.month}月{known.day}日"
