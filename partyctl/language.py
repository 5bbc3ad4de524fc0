"""The language of this run: Chinese, unless English was chosen at the start.

The choice is made once at the start (`cli/start/main.py` reads PARTYCTL_LANG): the law and other layers
below never read the environment.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from partyctl.bilingual import Text

_chosen = {"english": False}


def choose(setting: str) -> None:
    """Choose English if the setting is English (`en`, `en_GB.UTF-8`), otherwise Chinese."""
    _chosen["english"] = setting.lower().startswith("en")


def speaks_english() -> bool:
    """Whether this run answers in English."""
    return _chosen["english"]


def say(chinese: str, english: str) -> str:
    """The wording of a sentence in this run's language."""
    return english if speaks_english() else chinese


def worded(told: "Text") -> str:
    """A text in this run's language; a name stays as it is."""
    return told if isinstance(told, str) else say(told.chinese, told.english)


def comma_list(words: Iterable[str]) -> str:
    """Join words with the comma of this run's language."""
    return say("、", ", ").join(words)


def semicolon_list(told: Iterable[str]) -> str:
    """Join parts of a sentence with the semicolon of this run's language."""
    return say("；", "; ").join(told)


def spaced(*told: object) -> str:
    """Join parts of a line with a wide space; empty parts are left out."""
    return say("　", "   ").join(str(each) for each in told if each not in ("", None))


def bracketed(told: object) -> str:
    """Append a remark in the brackets of this run's language."""
    return say(f"（{told}）", f" ({told})")


def with_colon(name: object, told: object) -> str:
    """Join a label and its text with the colon of this run's language."""
    return say(f"{name}：{told}", f"{name}: {told}")
