"""Which language this run answers in: Chinese, unless its start chose English.

The choice is made once at the start (`cli/start/main.py` reads PARTYCTL_LANG): the law and other layers
below never read the environment.
"""

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
