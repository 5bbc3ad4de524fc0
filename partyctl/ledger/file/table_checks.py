"""Check, before a command uses a ledger, that its rows keep the constraints of their tables.

The constraints say what a column may hold: possible days, words of a vocabulary, whole numbers, existing
rows. Another program can write rows that break them; a view would then leave out such a row, and a meeting or
a payment would silently be missing from every answer.

SQLite's own check (`PRAGMA quick_check`) finds the same rows, but takes four times as long, and does not work
where a file may only be read. So each table has its own query, written by `scripts/table_checks.py`.
"""

import sqlite3
from pathlib import Path

from partyctl.errors import Tampered
from partyctl.language import say

QUESTIONS = Path(__file__).with_name("table_checks.sql")

LARGEST = 8 * 1024 * 1024
"""In bytes. Larger files, of ten or more branches, are checked only by `journal verify`: checking a ledger of
a thousand branches would take ten times as long as answering about one branch."""


LONGEST = 60
"""Bytes of a row's key in a sentence: another program may have put anything there."""


def require_kept(ledger: sqlite3.Connection, path: Path) -> None:
    """Refuse a ledger with a row that breaks a constraint of its table.

    Raises Tampered, and errors of SQLite.

    A file larger than LARGEST is not checked here.
    """
    if path.stat().st_size > LARGEST:
        return
    lines = QUESTIONS.read_text(encoding="ascii").splitlines()
    questions: dict[str, str] = dict(line.split("\t") for line in lines)
    there = ", ".join(f"EXISTS (SELECT 1 FROM {table})" for table in questions)
    for table, is_there in zip(questions, *ledger.execute(f"SELECT {there}"), strict=True):
        if is_there:
            _require_none(ledger, table, questions[table])


def _require_none(ledger: sqlite3.Connection, table: str, question: str) -> None:
    found = ledger.execute(question).fetchone()
    if found is None:
        return
    where = f"{table} {(found[0] or b'')[:LONGEST].decode(errors='replace')}"
    raise Tampered(
        say(
            f"台账里有一行不合自己的表：{where}。这不是 partyctl 写的，不能据此回答。",
            f"A row breaks a constraint of its own table: {where}. partyctl did not write it.",
        ),
        "partyctl journal verify",
    )
