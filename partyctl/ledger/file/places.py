"""The paths of the default ledger, and of files that belong to the user, not to one ledger.

The folders are usually the ones that the library platformdirs would choose. On Linux, platformdirs
is seldom imported, because importing it would take a tenth of a write command's time. The paths are
strings, because a stored answer is printed without importing pathlib.
"""

import os
import sys

NAME = "partyctl"

AnyPath = str | os.PathLike[str]
"""A path, as a text or a Path. Commands that only read use the text that was typed, because pathlib
is slow to load."""

MARKER = ".key.json"
"""The suffix of the file that describes the key of an encrypted ledger (see `markers`)."""


def state() -> str:
    """The folder for the user's files that do not belong to one ledger, such as crash files."""
    if given := os.environ.get("XDG_STATE_HOME", "").strip():
        return os.path.join(given, NAME)
    if home := _home():
        return os.path.join(home, ".local", "state", NAME)
    from platformdirs import user_state_dir

    return user_state_dir(NAME, appauthor=False)


def heads() -> str:
    """The path of the file that stores each ledger's head (newest journal entry) after a write."""
    return os.path.join(state(), "heads.log")


def default_ledger() -> str:
    """The path of the default ledger."""
    return os.path.join(_data(), "ledger.db")


def _data() -> str:
    given = os.environ.get("XDG_DATA_HOME", "").strip()
    if not given and (home := _home()):
        return os.path.join(home, ".local", "share", NAME)
    if _is_linux() and os.path.isabs(given):
        return os.path.join(given, NAME)
    from platformdirs import user_data_dir

    return user_data_dir(NAME, appauthor=False)


def _home() -> str | None:
    return os.environ.get("HOME") if _is_linux() else None


def _is_linux() -> bool:
    return sys.platform.startswith("linux")
