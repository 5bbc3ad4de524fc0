"""Which language this run answers in: Chinese, unless its start chose English.

The choice is made once at the start (`cli/start/main.py` reads PARTYCTL_LANG): the law and other layers
below never read the environment.
"""

from collections.abc import Iterable

_chosen = {"english": False}


def choose(setting: str) -> None:
    """Choose English if the setting says so (`en`, `en_GB.UTF-8`), otherwise Chinese."""
    _chosen["english"] = setting.lower().startswith("en")


def speaks_english() -> bool:
    """Whether this run answers in English."""
    return _chosen["english"]


def say(chinese: str, english: str) -> str:
    """The wording of a sentence in this run's language."""
    return english if speaks_english() else chinese


def comma_list(words: Iterable[str]) -> str:
    """Words in a row, with the reader's comma between them."""
    return say("、", ", ").join(words)


def semicolon_list(told: Iterable[str]) -> str:
    """Parts of a sentence in a row, with the reader's semicolon between them."""
    return say("；", "; ").join(told)


def bracketed(told: object) -> str:
    """A remark behind a word, in the reader's brackets."""
    return say(f"（{told}）", f" ({told})")


def with_colon(name: object, told: object) -> str:
    """A name and what there is to say of it, with the reader's colon between them."""
    return say(f"{name}：{told}", f"{name}: {told}")
