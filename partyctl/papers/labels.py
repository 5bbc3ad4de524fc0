"""A label, a field's name and the foot of a paper in this run's language.

Templates name their fields in Chinese whatever the language, so that a bureau's own templates keep
working; what a person reads, and may type after `--fill`, is the label in this run's language.
"""

from collections.abc import Iterable

from partyctl.language import say, speaks_english
from partyctl.papers.english import ENGLISH


def label(chinese: str) -> str:
    """A field's name in this run's language; a name that is not ours stays as it is."""
    return say(chinese, ENGLISH.get(chinese, chinese))


def headed(chinese: str) -> str:
    """The same as it stands on a paper, with a capital in English."""
    named = label(chinese)
    return named[:1].upper() + named[1:] if speaks_english() else named


def reading_copy(form: str) -> str | None:
    """The line on an English paper that names the Chinese form; None on the form itself."""
    if not speaks_english():
        return None
    return f"Reading copy in English. The form that is signed is in Chinese: {form} (PARTYCTL_LANG=zh)."


def as_of(day: object) -> str:
    """How far a paper reaches: 截至 2026-03-02."""
    return say(f"截至 {day}", f"as of {day}")


def field_meant(typed: str, fields: Iterable[str]) -> str:
    """The field of a template that was typed, in either language; as typed if it has none."""
    known = list(fields)
    if typed in known:
        return typed
    word = typed.casefold()
    return next((each for each in known if ENGLISH.get(each, "").casefold() == word), typed)
