"""Where partyctl keeps files that belong to a user, not to a ledger."""

import os
import sys
from pathlib import Path


def state_folder() -> Path:
    """The user's state folder: heads of journals, crash files."""
    if given := os.environ.get("XDG_STATE_HOME", "").strip():
        return Path(given) / "partyctl"
    if sys.platform.startswith("linux") and os.environ.get("HOME"):
        # The same path as platformdirs, whose import would take a tenth of a write command's time.
        return Path(os.environ["HOME"]) / ".local" / "state" / "partyctl"
    from platformdirs import user_state_path

    return user_state_path("partyctl", appauthor=False)
