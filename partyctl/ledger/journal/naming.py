"""Describe a record that the journal mentions: its name, kind or day, and its changed steps.

The description never names the person of an integrity-risk case or the author of an opinion.
"""

import json
import sqlite3
from collections.abc import Sequence
from typing import Any

from partyctl.ledger.reading.nouns import NOUNS, split
from partyctl.light import NamedTuple

Word = tuple[str, Any]
"""A field and its value."""

STEPS = {lines.table: lines.told for kind in NOUNS.values() for lines in kind.lines if lines.told}
"""The tables whose rows are steps of a record (a meeting's steps, a member's posts), each with the
columns that describe a step."""


class Named(NamedTuple):
    """A record that a command changed: its description, and the steps that changed."""

    record: str
    name: tuple[Word, ...]
    steps: tuple[tuple[Word, ...], ...]


def named(ledger: sqlite3.Connection, run: int, records: Sequence[str]) -> list[Named]:
    """Describe the given records, in their order, each with the steps that a command (`run`) changed."""
    steps: dict[str, dict[tuple[Word, ...], None]] = {}
    changed = ledger.execute(
        "SELECT entry.record, entry.row_table, entry.row_key, detail.detail FROM journal_entry "
        "AS entry LEFT JOIN journal_detail AS detail ON detail.seq = entry.seq "
        "WHERE entry.run = ? ORDER BY entry.seq",
        (run,),
    )
    for record, table, key, detail in changed.fetchall():
        if table in STEPS and detail is not None and (step := _step(ledger, table, key, detail)):
            steps.setdefault(record, {})[step] = None
    return [Named(each, _name(ledger, each), tuple(steps.get(each, ()))) for each in records]


NAMED = ("member", "staff", "branch", "cell", "applicant", "contact")
"""The tables of people, branches, cells and contact points, whose records are called by name."""


def names_of(ledger: sqlite3.Connection) -> dict[str, dict[int, str]]:
    """The names of the records in the tables of NAMED, keyed by table and number."""
    return {table: dict(ledger.execute(f"SELECT id, name FROM {table}")) for table in NAMED}


def _name(ledger: sqlite3.Connection, record: str) -> tuple[Word, ...]:
    noun, number = split(record)
    if noun is None:
        return ()
    known = NOUNS[noun]
    row = ledger.execute(f"SELECT {known.named} FROM {known.table} WHERE id = ?", (number,))
    fields = [column[0] for column in row.description]
    found = row.fetchone() or ()
    return tuple(each for each in zip(fields, found, strict=False) if each[1] is not None)


def _step(ledger: sqlite3.Connection, table: str, key: str, detail: str) -> tuple[Word, ...]:
    """The description of the step in a changed row.

    If the row has a number, values that did not change are read from the ledger.
    """
    columns = STEPS[table]
    change = json.loads(detail)
    now = {}
    if key.isdecimal():
        row = ledger.execute(f"SELECT {', '.join(columns)} FROM {table} WHERE id = ?", (key,))
        now = dict(zip(columns, row.fetchone() or (), strict=False))
    was = now | change.get("old", {}) | change.get("new", {})
    return tuple(
        ("name", _member(ledger, was[column]))
        if column == "member_id"
        else (f"{table}.{column}", was[column])
        for column in columns
        if was.get(column) is not None
    )


def _member(ledger: sqlite3.Connection, number: int) -> str:
    return str(ledger.execute("SELECT name FROM member WHERE id = ?", (number,)).fetchone()[0])
