"""Texts as values, in both languages: the law answers with them, and `language` words them.

Nothing here knows the language of the run.
"""

from collections.abc import Iterable

from partyctl.light import NamedTuple


class Told(NamedTuple):
    """A text in both languages."""

    chinese: str
    english: str


Text = str | Told
"""A text in both languages, or a name, day or number that is the same in both."""


def alike(text: object) -> Told:
    """A name, a day or a number, which is the same in both languages; a text in both stays as it is."""
    return text if isinstance(text, Told) else Told(str(text), str(text))


def joined(parts: Iterable[Told], between: Told) -> Told:
    """Several texts as one, with what stands between them."""
    all_of_them = list(parts)
    return Told(
        between.chinese.join(each.chinese for each in all_of_them),
        between.english.join(each.english for each in all_of_them),
    )


def in_brackets(told: Told) -> Told:
    """A remark in the brackets of each language, to stand after another text."""
    return Told(f"（{told.chinese}）", f" ({told.english})")


NOTHING = Told("", "")
COMMA, ENUMERATION, SEMICOLON = Told("，", ", "), Told("、", ", "), Told("；", "; ")
