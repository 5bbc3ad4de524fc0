"""What a file holds keeps to its own tables: looked at before a command answers from it.

The tables say what a column may hold: days that exist, words of a vocabulary, whole numbers, rows
that are there. Another program can write past that; then a view passes over the row, and a meeting
that was held, or a payment, is gone from every answer without a word.

SQLite's own check (`PRAGMA quick_check`) finds the same at four times the price, and not where a file
may only be read. So each table has a question of its own: `scripts/table_checks.py` writes them.
"""

import sqlite3
from pathlib import Path

from partyctl.errors import Tampered
from partyctl.language import say

QUESTIONS = Path(__file__).with_name("table_checks.sql")

LARGEST = 8 * 1024 * 1024
"""Bytes. A larger file, of ten branches and more, has `journal verify` for it: to look through a
ledger of a thousand branches for each answer about one of them would take ten times as long as the answer."""


def require_kept(ledger: sqlite3.Connection, path: Path) -> None:
    """Make sure that no row is one that its table forbids. Raises Tampered, and errors of SQLite.

    A larger file than LARGEST is passed over.
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
    where = f"{table} {(found[0] or b'').decode(errors='replace')}"
    raise Tampered(
        say(
            f"台账里有一行不合自己的表：{where}。这不是 partyctl 写的，不能据此回答。",
            f"A row is one that its own table forbids: {where}. partyctl did not write it.",
        ),
        "partyctl journal verify",
    )
