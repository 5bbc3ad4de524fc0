"""The language of this run: Chinese, unless English was chosen at the start.

The language is chosen once, at the start (`cli/start/main.py` reads PARTYCTL_LANG). The package
`law` does not know which language was chosen.
"""

from collections.abc import Iterable

from partyctl.light import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Protocol

    from partyctl.bilingual import Text

    class Titled(Protocol):
        """Anything with a title: a rule, or a chapter of the regulation."""

        @property
        def title(self) -> str:
            """The Chinese title."""

        @property
        def english(self) -> str:
            """The English title."""


_chosen = {"english": False}


def choose(setting: str) -> None:
    """Choose English if the setting begins with `en` (as in `en_GB.UTF-8`), otherwise Chinese."""
    _chosen["english"] = setting.lower().startswith("en")


def speaks_english() -> bool:
    """Whether this run answers in English."""
    return _chosen["english"]


def say(chinese: str, english: str) -> str:
    """Return the Chinese or the English text, depending on this run's language."""
    return english if speaks_english() else chinese


def worded(told: "Text") -> str:
    """A text in this run's language. A plain string, such as a name, stays as it is."""
    return told if isinstance(told, str) else say(told.chinese, told.english)


def title_of(one: "Titled") -> str:
    """The title of a rule or a chapter in this run's language."""
    return one.english if speaks_english() else one.title


def comma_list(words: Iterable[str]) -> str:
    """Join words with the comma of this run's language."""
    return say("、", ", ").join(words)


def semicolon_list(told: Iterable[str]) -> str:
    """Join parts of a sentence with the semicolon of this run's language."""
    return say("；", "; ").join(told)


def spaced(*told: object) -> str:
    """Join the parts of a line with wide spaces, leaving out empty parts."""
    return say("　", "   ").join(str(each) for each in told if each not in ("", None))


def bracketed(told: object) -> str:
    """Put a remark in the brackets of this run's language, so that it can be appended to a text."""
    return say(f"（{told}）", f" ({told})")


def with_colon(name: object, told: object) -> str:
    """Join a label and its text with the colon of this run's language."""
    return say(f"{name}：{told}", f"{name}: {told}")
