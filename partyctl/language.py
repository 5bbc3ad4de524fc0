"""Which language this run answers in: Chinese, unless its start chose English.

The choice is made once, at the edge (`cli/start/main.py` reads PARTYCTL_LANG): the law and the words
below it never look at the environment.
"""

_chosen = {"english": False}


def choose(setting: str) -> None:
    """Answer in English from now on if the setting says so (`en`, `en_GB.UTF-8`), else in Chinese."""
    _chosen["english"] = setting.lower().startswith("en")


def speaks_english() -> bool:
    """Whether this run answers in English."""
    return _chosen["english"]


def say(chinese: str, english: str) -> str:
    """The one of two wordings of the same sentence that this run's reader wants."""
    return english if speaks_english() else chinese
