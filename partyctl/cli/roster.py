"""`partyctl member import`: a preview, the errors by sheet and row, or the whole roll."""

from pathlib import Path


def import_roster(file: Path, *, dry_run: bool, as_json: bool) -> None:
    """Import a roll."""
