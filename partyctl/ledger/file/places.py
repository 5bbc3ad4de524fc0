"""Where a user's files lie: the ledger that nobody named, and what belongs to a user, not to a ledger.

The same folders as platformdirs names; on Linux without importing it, which would take a tenth of
a write command's time. Texts, not paths: a kept answer is read without pathlib.
"""

import os
import sys

NAME = "partyctl"


def state() -> str:
    """The user's state folder."""
    if given := os.environ.get("XDG_STATE_HOME", "").strip():
        return os.path.join(given, NAME)
    if home := _home():
        return os.path.join(home, ".local", "state", NAME)
    from platformdirs import user_state_dir

    return user_state_dir(NAME, appauthor=False)


def default_ledger() -> str:
    """The ledger of a command that names none."""
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
