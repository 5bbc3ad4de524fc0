"""Texts in both languages.

The package `law` returns such texts; the module `language` chooses one of the two languages. This
module does not know the language of the run.
"""

from collections.abc import Iterable

from partyctl.light import NamedTuple


class Told(NamedTuple):
    """A text in both languages."""

    chinese: str
    english: str


Text = str | Told
"""A text in both languages, or a name, day or number that is the same in both languages."""


def alike(text: object) -> Told:
    """Make a Told from a name, day or number that is the same in both languages.

    If the argument is already a Told, it is returned unchanged.
    """
    return text if isinstance(text, Told) else Told(str(text), str(text))


def joined(parts: Iterable[Told], between: Told) -> Told:
    """Join texts, with a separator between them."""
    all_of_them = list(parts)
    return Told(
        between.chinese.join(each.chinese for each in all_of_them),
        between.english.join(each.english for each in all_of_them),
    )


def in_brackets(told: Told) -> Told:
    """Put a remark in brackets, so that it can be appended to a text."""
    return Told(f"（{told.chinese}）", f" ({told.english})")


def many(number: object, one: str) -> str:
    """Count things in English: 1 day, 2 days, 2 branches, 2 entries, 2 people.

    `one`: the singular, such as day or working day; only the noun at the end changes.
    """
    if str(number) == "1":
        return f"{number} {one}"
    for ending, several in PLURALS:
        if one.endswith(ending):
            return f"{number} {one.removesuffix(ending)}{several}"
    return f"{number} {one}s"


PLURALS = (
    ("person", "people"),
    ("day", "days"),
    ("y", "ies"),
    ("ch", "ches"),
    ("s", "ses"),
    ("staff", "staff"),
)
"""How English words form the plural if they do not simply add an s: their ending, and the ending of the
plural."""

NOTHING = Told("", "")
COMMA, ENUMERATION, SEMICOLON = Told("，", ", "), Told("、", ", "), Told("；", "; ")
