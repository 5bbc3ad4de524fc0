"""Write the chain: one hashed entry per change or event, linked to the entry before it.

Entries are written in the transaction that makes the change. The values and a random salt are
stored outside the entry; the entry contains only salted digests. So a person's values can be erased
later, together with the salt. After the erasure, nobody can guess the values from the digest, and
the chain still passes verification.
"""

import json
import os
import sqlite3
from collections.abc import Iterable
from datetime import UTC, datetime
from hashlib import sha256
from json.encoder import encode_basestring_ascii
from typing import Any

from partyctl.ledger.file.rows import insert_all
from partyctl.ledger.journal.capture import Change, Row, noted, require_all_noted
from partyctl.ledger.journal.commands import Command, Event, Head

VERSION = 1
PREFIX = b"partyctl-journal\0"
BEFORE_THE_FIRST = "0" * 64
SALT_BYTES = 16

MADE_BY = ("version", "run", "at", "actor", "host", "command")
ABOUT = ("act", "record", "row_table", "row_key")
ENTRY = ("seq", *MADE_BY, *ABOUT, "row_digest", "detail_digest", "hash")
DETAIL = ("seq", "salt", "detail")
"""ENTRY lists the columns of the table `journal_entry`; DETAIL lists those of `journal_detail`."""

CANONICAL = json.JSONEncoder(sort_keys=True, separators=(",", ":")).encode
AS_DETAIL = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
"""CANONICAL and AS_DETAIL are created once, because creating an encoder takes longer than encoding
a row."""


def head_of(ledger: sqlite3.Connection) -> Head | None:
    """The head of a ledger's journal, or None if the journal is empty."""
    ends = ledger.execute(
        "SELECT seq, hash FROM journal_entry WHERE seq = 1 UNION ALL "
        "SELECT * FROM (SELECT seq, hash FROM journal_entry ORDER BY seq DESC LIMIT 1)"
    ).fetchall()
    return Head(ends[0][1][:16], *ends[-1]) if ends else None


def seal(ledger: sqlite3.Connection, command: Command) -> None:
    """Write journal entries for the changes on this connection and for the command's events."""
    require_all_noted(ledger)
    restated = {(row.table, row.key) for row in command.restated}
    changes = [change for change in noted(ledger) if (change.table, change.key) not in restated]
    changes += command.restated
    if changes or command.events:
        extend(ledger, command, changes)


def extend(ledger: sqlite3.Connection, command: Command, changes: Iterable[Change]) -> None:
    """Append changes and events to the chain, as one run (all entries of one command)."""
    before = head_of(ledger)
    first, previous = (before.seq + 1, before.hash) if before else (1, BEFORE_THE_FIRST)
    run = 1 + ledger.execute("SELECT coalesce(max(run), 0) FROM journal_entry").fetchone()[0]
    at = datetime.now(UTC).isoformat(timespec="microseconds")
    made_by = (VERSION, run, at, command.actor, command.host, command.name)
    made_as_text = canonical(made_by)[1:-1]
    entries: list[tuple[object, ...]] = []
    details: list[tuple[int, str, str]] = []
    made = [*map(_of_change, changes), *map(_of_event, command.events)]
    salts = os.urandom(SALT_BYTES * len(made))
    for place, (about, row, detail) in enumerate(made):
        seq, salt = first + place, salts[place * SALT_BYTES : (place + 1) * SALT_BYTES]
        text = AS_DETAIL(detail)
        row_digest = None if row is None else digest(salt, "row", canonical(row))
        detail_digest = digest(salt, "detail", text)
        # `whole` equals canonical((seq, *made_by, *about, row_digest, detail_digest)) but is made
        # faster: values that all entries share are encoded once, and JSON's function for strings is
        # called directly.
        act, record, table, key = map(encode_basestring_ascii, about)
        row_as_text = "null" if row_digest is None else f'"{row_digest}"'
        whole = (
            f'[{seq},{made_as_text},{act},{record},{table},{key},{row_as_text},"{detail_digest}"]'
        )
        previous = sha256(PREFIX + previous.encode() + whole.encode()).hexdigest()
        entries.append((seq, *made_by, *about, row_digest, detail_digest, previous))
        details.append((seq, salt.hex(), text))
    insert_all(ledger, "journal_entry", ENTRY, entries)
    insert_all(ledger, "journal_detail", DETAIL, details)
    command.events.clear()
    command.head = head_of(ledger)


Made = tuple[tuple[str, str, str, str], Row | None, Row]


def _of_change(change: Change) -> Made:
    """The content of the entry for a change.

    For a changed row, the entry contains only the columns that differ.
    """
    old, new = change.old or {}, change.new or {}
    if change.act == "change":
        names = {name for name in old.keys() | new.keys() if old.get(name) != new.get(name)}
        old = {name: value for name, value in old.items() if name in names}
        new = {name: value for name, value in new.items() if name in names}
    return change[:4], change.new, {"old": old, "new": new}


def _of_event(event: Event) -> Made:
    return (event.act, event.record, event.row_table, event.row_key), None, event.detail


def canonical(value: Any) -> str:  # noqa: ANN401 - whatever JSON can say
    """The canonical JSON of a value, from which digests are computed."""
    return CANONICAL(value)


def digest(salt: bytes, kind: str, text: str) -> str:
    """The salted digest of a row, or of an entry's detail (its values).

    Without the salt, nobody can guess the content.
    """
    return sha256(salt + kind.encode() + b"\0" + text.encode()).hexdigest()
