"""The shape of the file is the one that its journal sealed: looked at whenever a ledger is opened.

A view decides what counts as done, and a trigger what is written. Who changes one of them changes
every answer without touching a record; so nothing is asked of a file with another shape than the
sealed one. Who forges the seal as well must hash the whole journal anew: `journal verify` is for that.
"""

import json
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from typing import Any

from partyctl.errors import Tampered
from partyctl.language import say

SHAPE = """
SELECT type, name, tbl_name, sql FROM main.sqlite_schema
WHERE name NOT GLOB 'sqlite_*' ORDER BY type, name
"""

SEALED = """
SELECT detail.salt, detail.detail, before.hash, entry.hash,
    entry.seq, entry.version, entry.run, entry.at, entry.actor, entry.host, entry.command,
    entry.act, entry.record, entry.row_table, entry.row_key, entry.row_digest, entry.detail_digest
FROM journal_entry AS entry JOIN journal_detail AS detail ON detail.seq = entry.seq
LEFT JOIN journal_entry AS before ON before.seq = entry.seq - 1
WHERE entry.record = '' AND entry.act = 'schema' ORDER BY entry.seq DESC LIMIT 1
"""
"""By the index on `record`, which few entries have empty."""

JOURNAL = ("journal_entry", "journal_detail")
DIGITS = 16

Shape = list[tuple[str, str, str, str | None]]


def require_as_sealed(ledger: sqlite3.Connection) -> None:
    """Make sure that a ledger has the tables, views and triggers that were sealed. Raises Tampered."""
    try:
        shape: Shape = ledger.execute(SHAPE).fetchall()
        marks = marks_of(ledger)
    except (sqlite3.OperationalError, UnicodeError) as error:
        if getattr(error, "sqlite_errorcode", None):
            raise
        raise _changed("") from None  # a name, or a text, that is no UTF-8
    tables = {name for kind, name, _, _ in shape if kind == "table"}
    for name in JOURNAL:
        if name not in tables:
            raise _changed(name)
    sealed = _sealed(ledger)
    if "quick" in sealed:
        is_same = sealed["quick"] == quick_digest_of(marks, shape)
    else:  # sealed by an earlier version
        is_same = sealed.get("schema") == digest_of(marks, shape)
    if not is_same:
        raise _changed("、".join(_strangers(shape, sealed.get("objects"))[:3]))


def digest_of(marks: list[int], shape: Shape) -> str:
    """The digest of all that a file says of its own shape, as the journal seals it."""
    return _digest(_plain([marks, [list(row) for row in shape]]))


def quick_digest_of(marks: list[int], shape: Shape) -> str:
    """The same in half the time: the texts one after the other, and how many there are."""
    texts = [str(text) for row in shape for text in row]
    return _digest("\0".join([*map(str, marks), str(len(shape)), *texts]))


def sealed_now(ledger: sqlite3.Connection) -> dict[str, Any]:
    """What the journal keeps of a ledger's shape as it is now."""
    shape: Shape = ledger.execute(SHAPE).fetchall()
    marks = marks_of(ledger)
    quick = quick_digest_of(marks, shape)
    return {"schema": digest_of(marks, shape), "quick": quick, "objects": objects_of(shape)}


def marks_of(ledger: sqlite3.Connection) -> list[int]:
    """The two numbers in the file's header that say what it is."""
    marks = ("application_id", "user_version")
    return [ledger.execute(f"PRAGMA main.{mark}").fetchone()[0] for mark in marks]


def objects_of(shape: Shape) -> dict[str, str]:
    """A short digest of each table, view, index and trigger, by which the changed one is named."""
    return {row[1]: _digest(_plain(list(row)))[:DIGITS] for row in shape}


def _sealed(ledger: sqlite3.Connection) -> dict[str, Any]:
    """What the journal sealed last; nothing where its own entry does not hold."""
    with suppress(TypeError, ValueError, sqlite3.OperationalError):
        salt, detail, before, stored, *content = ledger.execute(SEALED).fetchone()
        told = _sha256(bytes.fromhex(salt) + f"detail\0{detail}".encode()).hexdigest()
        link = f"partyctl-journal\0{before or '0' * 64}{_plain(content)}"
        if content[-1] == told and stored == _digest(link):
            said: dict[str, Any] = json.loads(detail)
            return said
    return {}


def _strangers(shape: Shape, sealed: object) -> list[str]:
    """The objects that were added, changed or taken away since the seal, by name."""
    if not isinstance(sealed, dict):
        return []
    there = objects_of(shape)
    return sorted(name for name in there.keys() | sealed if there.get(name) != sealed.get(name))


def _changed(name: str) -> Tampered:
    what = f" {name}" if name else ""
    return Tampered(
        say(
            f"台账的结构被改过：表、视图或触发器{what} 与封存的不一致，不能据此回答。",
            f"The ledger's shape was changed: table, view or trigger{what} is not what was sealed.",
        ),
        "partyctl journal verify",
    )


def _plain(value: object) -> str:
    return json.dumps(value, ensure_ascii=True, sort_keys=True, separators=(",", ":"))


def _digest(text: str) -> str:
    return str(_sha256(text.encode()).hexdigest())


def _quick_sha256() -> Callable[[bytes], Any]:
    """Python's own; the import of hashlib, which brings OpenSSL, takes longer than this whole look."""
    for module in ("_sha2", "_sha256"):
        with suppress(ImportError):
            found: Callable[[bytes], Any] = import_module(module).sha256
            return found
    from hashlib import sha256

    return sha256


_sha256 = _quick_sha256()
