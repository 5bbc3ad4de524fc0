"""The folder for files that belong to a user, not to one ledger."""

from pathlib import Path

from partyctl.ledger.file import places


def state_folder() -> Path:
    """The user's state folder, for example for journal heads and crash files."""
    return Path(places.state())
