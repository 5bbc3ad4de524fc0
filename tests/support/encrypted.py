"""An encrypted ledger for tests, made once; each test gets a copy, with its key and its marker.

The marker is the file beside the ledger that says where the key is kept.
"""

import json
import shutil
from pathlib import Path
from typing import NamedTuple

import pytest

from partyctl.cli.start.main import run as run_command
from partyctl.ledger.file.markers import marker_of

REASON = "SQLCipher is not installed: pip install 'partyctl[encrypt]'"
pytest.importorskip("sqlcipher3.dbapi2", reason=REASON)

CANARIES = ("张三丰甲", "13800001111", "110101199003070038", "学习传达某某精神")
"""Texts that must not be readable in any file of an encrypted ledger."""

COMMANDS = (
    ("init", "--organ", "市某局党组", "--branch", "机关支部", "--since", "2026-01-01"),
    ("member", "add", CANARIES[0], "--joined", "2010-07-01", "--post", "branch-secretary"),
    ("member", "edit", CANARIES[0], "--phone", CANARIES[1], "--id-number", CANARIES[2]),
    (
        "meeting",
        "add",
        "members",
        "--on",
        "2026-03-10",
        "--chair",
        CANARIES[0],
        "--minutes",
        CANARIES[3],
    ),
)


class Place(NamedTuple):
    """An encrypted ledger and its key file."""

    ledger: Path
    key: Path

    @property
    def raw(self) -> str:
        return self.key.read_text().strip()


def write_ledger(folder: Path, *init: str) -> Path:
    ledger = folder / "ledger" / "ledger.db"
    for number, command in enumerate(COMMANDS):
        options = init if number == 0 else ()
        assert run_command(["--ledger", str(ledger), *command, *options]) == 0
    return ledger


def copied(template: Place, place: Place) -> Place:
    """Copy an encrypted ledger, its key file and its marker to another place."""
    place.ledger.parent.mkdir(mode=0o700)
    shutil.copy(template.ledger, place.ledger)
    shutil.copy(template.key, place.key)
    marker = json.loads(marker_of(template.ledger).read_text())
    marker["keys"][0]["place"] = str(place.key)
    marker_of(place.ledger).write_text(json.dumps(marker))
    marker_of(place.ledger).chmod(0o600)
    return place
