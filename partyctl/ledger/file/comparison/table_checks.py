"""Check that all rows of a ledger satisfy the constraints of their tables (see `compared`).

The constraints say what a column may contain: valid dates, words from a fixed list, whole numbers,
references to existing rows. Another program can write a row that breaks these constraints. The
views could leave out such a row, and then a meeting or a payment would silently be missing from
every answer.

SQLite's own checks (`PRAGMA quick_check` and `foreign_key_check`) take four times as long, and on a
read-only connection SQLite does not evaluate CHECK constraints. So each table except the journal's
has its own query, written by `scripts/table_checks.py`.
"""

import os
import sqlite3

from partyctl.errors import Tampered
from partyctl.language import say
from partyctl.ledger.file.places import AnyPath

QUESTIONS = os.path.join(os.path.dirname(__file__), "table_checks.sql")

LARGEST = 8 * 1024 * 1024
MOST_RECORDS = 40_000
"""A ledger is large if it has more bytes than LARGEST, and more meetings and payments than
MOST_RECORDS. The rows of a large ledger are checked only by commands that verify it, such as
`journal verify` and `backup`. In a ledger of a thousand branches, checking the rows would take ten
times as long as answering a question about one branch. The size alone does not show how many rows
must be checked, because most of the file is the journal: a branch with 30 members reaches LARGEST
after five to seven years, but MOST_RECORDS only after 24 years."""

RECORDS = """
SELECT coalesce((SELECT max(id) FROM meeting), 0) + coalesce((SELECT max(entry_id) FROM dues_payment), 0)
"""
"""An estimate of how many meetings and payments there are: the sum of the highest keys in the two
tables. Counting the rows would take as long as checking them."""


LONGEST = 60
"""An error message shows at most this many bytes of a row's primary key, because another program
may have written a long text there."""


def is_large(path: AnyPath, ledger: sqlite3.Connection) -> bool:
    """Whether a ledger has so many rows that they are not checked before an answer."""
    if os.stat(path).st_size <= LARGEST:
        return False
    [(records,)] = ledger.execute(RECORDS)
    return bool(records > MOST_RECORDS)


def require_kept(ledger: sqlite3.Connection) -> None:
    """Check that no row of a ledger breaks a constraint of its table.

    Raises Tampered, and SQLite's errors.
    """
    with open(QUESTIONS, encoding="ascii") as file:
        lines = file.read().splitlines()
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
            f"A row breaks a constraint of its own table: {where}. partyctl did not write this row,"
            " so no answer can be given.",
        ),
        "partyctl journal verify",
    )
