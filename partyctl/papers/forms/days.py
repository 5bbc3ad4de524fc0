"""Days as documents write them."""

from datetime import date


def in_chinese(day: str | date | None) -> str | None:
    """A day as a document writes it: 2026年3月2日; nothing where none is known."""
    if day is None:
        return None
    known = date.fromisoformat(day) if isinstance(day, str) else day
    return f"{known.year}年{known.month}月{known.day}日"
