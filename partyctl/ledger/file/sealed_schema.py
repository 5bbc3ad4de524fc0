"""Check that a ledger's schema equals the schema recorded (sealed) in its journal.

Views decide which records count, and triggers can change what is written. A changed view or trigger
changes answers although no record was changed, so a file whose schema differs from the recorded
schema is not read. Somebody who also forges the recorded schema must compute the journal's hashes
again, and `journal verify` detects this by the heads (hashes of entries that were once the newest)
that are kept outside the ledger.
"""

import json
import sqlite3
from contextlib import suppress
from typing import Any

from partyctl.errors import Tampered
from partyctl.language import comma_list, say
from partyctl.ledger.file.digests import digest

SHAPE = """
SELECT type, name, tbl_name, sql FROM main.sqlite_schema
WHERE name NOT GLOB 'sqlite_*' ORDER BY type, name
"""

SAID = """
SELECT CAST(coalesce(type, 'None') || char(0) || coalesce(name, 'None') || char(0)
    || coalesce(tbl_name, 'None') || char(0) || coalesce(sql, 'None')
    || CASE WHEN typeof(type) || typeof(name) || typeof(tbl_name) = 'texttexttext'
        AND typeof(sql) IN ('text', 'null') THEN '' ELSE ' (not text)' END AS BLOB)
FROM main.sqlite_schema WHERE name NOT GLOB 'sqlite_*'
"""
"""A query for the same rows as the query SHAPE, each as one byte string. Python sorts these strings
into the order of SHAPE in half the time that SQLite needs. SQLite can read the schema even if
damage has turned a text of a row into bytes; the string of that row then ends with "(not text)"."""

SEALED = """
SELECT detail.salt, detail.detail, before.hash, entry.hash,
    entry.seq, entry.version, entry.run, entry.at, entry.actor, entry.host, entry.command,
    entry.act, entry.record, entry.row_table, entry.row_key, entry.row_digest, entry.detail_digest
FROM journal_entry AS entry JOIN journal_detail AS detail ON detail.seq = entry.seq
LEFT JOIN journal_entry AS before ON before.seq = entry.seq - 1
WHERE entry.record = '' AND entry.act = 'schema' ORDER BY entry.seq DESC LIMIT 1
"""
"""A query for the newest journal entry that records (seals) a schema. The query also requires that
`record` is empty, because few entries have an empty `record`, and SQLite finds them with the index
on that column."""

JOURNAL = ("journal_entry", "journal_detail")
DIGITS = 16

Shape = list[tuple[str, str, str, str | None]]


def require_as_sealed(ledger: sqlite3.Connection) -> None:
    """Check that a ledger's schema (also its indexes) equals the schema recorded in its journal.

    Raises Tampered.
    """
    marks = marks_of(ledger)
    said = sorted(each for (each,) in ledger.execute(SAID))
    sealed = _sealed(ledger) if _has_journal(said) else {}
    head = [str(number).encode() for number in (*marks, len(said))]
    if sealed.get("quick") != digest(b"\0".join(head + said)):
        _require_known(ledger, marks, sealed)


def _has_journal(said: list[bytes]) -> bool:
    """Whether both tables of the journal are real tables.

    A view with the name of a journal table could return endless rows.
    """
    wanted = tuple(f"table\0{name}\0".encode() for name in JOURNAL)
    return sum(each.startswith(wanted) for each in said) == len(JOURNAL)


def _require_known(ledger: sqlite3.Connection, marks: list[int], sealed: dict[str, Any]) -> None:
    """Raise Tampered, unless `sealed` is an entry of the older form with the same schema.

    An entry of the older form has no digest `quick`, only the slower digest `schema`. The error
    names at most three changed objects.
    """
    try:
        shape: Shape = ledger.execute(SHAPE).fetchall()
    except (sqlite3.OperationalError, UnicodeError) as error:
        if getattr(error, "sqlite_errorcode", None):
            raise
        raise _changed("") from None  # a name or SQL text in the schema is not UTF-8
    tables = {name for kind, name, _, _ in shape if kind == "table"}
    for name in JOURNAL:
        if name not in tables:
            raise _changed(name)
    if "quick" not in sealed and sealed.get("schema") == digest_of(marks, shape):
        return
    raise _changed(comma_list(_strangers(shape, sealed.get("objects"))[:3]))


def digest_of(marks: list[int], shape: Shape) -> str:
    """The digest of a file's whole schema, in the form that the journal records."""
    return _digest(_plain([marks, [list(row) for row in shape]]))


def quick_digest_of(marks: list[int], shape: Shape) -> str:
    """A digest of the whole schema that is faster than `digest_of`, because it needs no JSON."""
    texts = [str(text) for row in shape for text in row]
    return _digest("\0".join([*map(str, marks), str(len(shape)), *texts]))


def sealed_now(ledger: sqlite3.Connection) -> dict[str, Any]:
    """The content of a journal entry that records (seals) a ledger's current schema."""
    shape: Shape = ledger.execute(SHAPE).fetchall()
    marks = marks_of(ledger)
    quick = quick_digest_of(marks, shape)
    return {"schema": digest_of(marks, shape), "quick": quick, "objects": objects_of(shape)}


def marks_of(ledger: sqlite3.Connection) -> list[int]:
    """The file header's application id and schema version."""
    marks = ("application_id", "user_version")
    return [ledger.execute(f"PRAGMA main.{mark}").fetchone()[0] for mark in marks]


def objects_of(shape: Shape) -> dict[str, str]:
    """Short digests of tables, views, indexes and triggers, keyed by name, to find what changed."""
    return {str(row[1]): _digest(_plain(list(row)))[:DIGITS] for row in shape}


def _sealed(ledger: sqlite3.Connection) -> dict[str, Any]:
    """The content of the newest schema entry; {} if there is none or its hashes are wrong."""
    with suppress(TypeError, ValueError, sqlite3.OperationalError):
        salt, detail, before, stored, *content = ledger.execute(SEALED).fetchone()
        told = digest(bytes.fromhex(salt) + f"detail\0{detail}".encode())
        link = f"partyctl-journal\0{before or '0' * 64}{_plain(content)}"
        if content[-1] == told and stored == _digest(link):
            said: dict[str, Any] = json.loads(detail)
            return said
    return {}


def _strangers(shape: Shape, sealed: object) -> list[str]:
    """The names of objects that were added, changed or removed since the schema was recorded."""
    if not isinstance(sealed, dict):
        return []
    there = objects_of(shape)
    return sorted(name for name in there.keys() | sealed if there.get(name) != sealed.get(name))


def _changed(name: str) -> Tampered:
    what = f" {name}" if name else ""
    which = f" (changed table, index, view or trigger: {name})" if name else ""
    return Tampered(
        say(
            f"台账的结构被改过：表、索引、视图或触发器{what} 与封存的不一致，不能据此回答。",
            f"The ledger's schema differs from the sealed schema{which}, so no answer can be given.",
        ),
        "partyctl journal verify",
    )


def _plain(value: object) -> str:
    # `default` is for bytes, which only a changed or damaged schema contains.
    return json.dumps(
        value, ensure_ascii=True, sort_keys=True, separators=(",", ":"), default=bytes.hex
    )


def _digest(text: str) -> str:
    return digest(text.encode())
