"""The labels, field names and standard lines of papers in the user's language.

Field names in templates are always Chinese, so that a bureau's own templates work in both
languages. Users see a field's label in their own language, and can type this label after `--fill`.
"""

from collections.abc import Iterable

from partyctl.language import say, speaks_english
from partyctl.papers.english import ENGLISH


def label(chinese: str) -> str:
    """Translate a field's name to the user's language.

    A name that partyctl does not know is left unchanged.
    """
    return say(chinese, ENGLISH.get(chinese, chinese))


def headed(chinese: str) -> str:
    """Translate a field's name for use as a heading; in English it gets a capital letter."""
    named = label(chinese)
    return named[:1].upper() + named[1:] if speaks_english() else named


def reading_copy(form: str) -> str | None:
    """Return the line on an English paper that says which Chinese form must be signed.

    Return None if the paper is in Chinese.
    """
    if not speaks_english():
        return None
    return f"Reading copy in English. The form that is signed is in Chinese: {form} (PARTYCTL_LANG=zh)."


def as_of(day: object) -> str:
    """Return the date of a paper's content as it is printed on papers, such as 截至 2026-03-02."""
    return say(f"截至 {day}", f"as of {day}")


def field_meant(typed: str, fields: Iterable[str]) -> str:
    """Return the template's field for a name that the user typed in either language.

    If the template has no field with this name, return the name unchanged.
    """
    known = list(fields)
    if typed in known:
        return typed
    word = typed.casefold()
    return next((each for each in known if ENGLISH.get(each, "").casefold() == word), typed)
