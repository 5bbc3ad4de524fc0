"""Where partyctl keeps what belongs to a user and to no ledger."""

import os
import sys
from pathlib import Path


def state_folder() -> Path:
    """The user's folder for what belongs to no ledger: heads, crash files."""
    if given := os.environ.get("XDG_STATE_HOME", "").strip():
        return Path(given) / "partyctl"
    if sys.platform.startswith("linux") and os.environ.get("HOME"):
        # As platformdirs says; its import would be a tenth of a write command's own time.
        return Path(os.environ["HOME"]) / ".local" / "state" / "partyctl"
    from platformdirs import user_state_path

    return user_state_path("partyctl", appauthor=False)
