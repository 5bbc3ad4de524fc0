"""Note every change to a row as it happens, with temporary SQLite triggers on the connection.

The events of the ORM are not used, because they see only the rows that the ORM writes in a flush. A
test writes in eight ways, and the events of the ORM see only one of them. A trigger sees every
INSERT, UPDATE and DELETE. TEMP triggers exist only on the connection that creates them, so they do
not slow down readers. The SQL of the triggers is generated from the columns of the file's tables.

A table gets its triggers at the first write to it, because creating the triggers of all tables
would take longer than most commands. An authorizer refuses a statement that writes to a table
without triggers; the cursor then creates the table's triggers and prepares the statement again. If
a program writes to such a table without our cursors, the write stays refused, because only our
cursors create the triggers.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple, cast

from partyctl.ledger.file.deferred_triggers import Arming
from partyctl.ledger.file.names import quoted, quoted_text
from partyctl.ledger.journal.owners import OWNERS, UNWATCHED

Row = dict[str, Any]

PENDING = """
CREATE TEMP TABLE journal_pending (
    n INTEGER PRIMARY KEY, record TEXT, row_table TEXT, row_key TEXT, old TEXT, new TEXT)
"""

WRITES = (sqlite3.SQLITE_INSERT, sqlite3.SQLITE_UPDATE, sqlite3.SQLITE_DELETE)

TABLES = """
SELECT name FROM main.sqlite_schema
WHERE type = 'table' AND name NOT GLOB 'sqlite_*' ORDER BY name
"""
COLUMNS = "SELECT name, type, pk FROM pragma_table_info(?, 'main') ORDER BY cid"


class Change(NamedTuple):
    """A row that a command added, changed or removed. Empty columns are left out."""

    act: str
    record: str
    table: str
    key: str
    old: Row | None
    new: Row | None


class Shape(NamedTuple):
    """A table's columns: those whose values are noted, and those that identify a row."""

    columns: list[str]
    key: list[str]
    is_numbered: bool
    """Whether the table's key is one integer column.

    If the key is one integer column, the last state of a row is not noted, but read from the table.
    """


def tables(ledger: sqlite3.Connection) -> list[str]:
    """The tables that contain facts: all tables except those in UNWATCHED, such as the journal."""
    return [name for (name,) in ledger.execute(TABLES) if name not in UNWATCHED]


def shape_of(ledger: sqlite3.Connection, table: str) -> Shape:
    """Read a table's columns.

    BLOBs are left out, because the digest of a stored file is noted instead.
    """
    columns = ledger.execute(COLUMNS, (table,)).fetchall()
    keys = sorted((place, name, kind) for name, kind, place in columns if place)
    return Shape(
        [name for name, kind, _ in columns if kind != "BLOB"],
        [name for _, name, _ in keys],
        [kind for _, _, kind in keys] == ["INTEGER"],
    )


def shapes(ledger: sqlite3.Connection) -> dict[str, Shape]:
    """The columns of all tables with facts, read from the ledger and keyed by table."""
    return {table: shape_of(ledger, table) for table in tables(ledger)}


def watch(ledger: sqlite3.Connection) -> None:
    """Start noting every change that this connection makes to tables with facts."""
    ledger.execute(PENDING)
    watched = Watched(ledger)
    ledger.set_authorizer(watched.allow)
    cast(Arming, ledger).arm = watched.arm


class Watched:
    """The tables of a connection that have triggers, and those that still need triggers."""

    def __init__(self, ledger: sqlite3.Connection) -> None:
        self.ledger = ledger
        self.watched = frozenset(tables(ledger))
        self.tables: set[str] = set()
        self.asked: set[str] = set()

    def allow(
        self, act: int, table: str | None, _1: str | None, file: str | None, _2: object
    ) -> int:
        """The authorizer, which SQLite calls for each action of a statement that it prepares."""
        if act not in WRITES or file != "main" or table is None or table in self.tables:
            return sqlite3.SQLITE_OK
        if table not in self.watched:
            return sqlite3.SQLITE_OK
        self.asked.add(table)
        return sqlite3.SQLITE_DENY

    def arm(self) -> bool:
        """Create the triggers that a refused statement needs; return whether any were created."""
        asked, self.asked = self.asked, set()
        for table in sorted(asked - self.tables):
            for event, statements in _notes(table, shape_of(self.ledger, table)).items():
                self.ledger.execute(
                    f"CREATE TEMP TRIGGER {quoted(f'note_{event}_{table}')} "
                    f"AFTER {event} ON main.{quoted(table)} "
                    f"BEGIN {statements} END"
                )
            self.tables.add(table)
        return bool(asked)


def require_all_noted(ledger: sqlite3.Connection) -> None:
    """Check that all triggers that this connection created still exist.

    If a savepoint is rolled back, SQLite also removes the triggers created since the savepoint.
    """
    watched = getattr(cast(Arming, ledger).arm, "__self__", None)
    if watched is None:
        return
    made = ledger.execute("SELECT count(*) FROM temp.sqlite_schema WHERE type = 'trigger'")
    assert made.fetchone()[0] == 3 * len(watched.tables)


def _notes(table: str, shape: Shape) -> dict[str, str]:
    """The SQL that notes each kind of change, keyed by INSERT, UPDATE and DELETE.

    If the key of a row changes, one row is noted as removed and another as added.
    """
    into = "INSERT INTO journal_pending (record, row_table, row_key, old, new)"
    old, new = (
        f"{record_of(table, side)}, {quoted_text(table)}, {key_of(side, shape)}"
        for side in ("OLD", "NEW")
    )
    before = row_object("OLD", shape)
    after = "NULL" if shape.is_numbered else row_object("NEW", shape)
    same = f"{key_of('OLD', shape)} = {key_of('NEW', shape)}"
    return {
        "INSERT": f"{into} VALUES ({new}, NULL, {after});",
        "UPDATE": f"{into} SELECT {old}, {before}, NULL WHERE NOT ({same}); "
        f"{into} VALUES ({new}, CASE WHEN {same} THEN {before} END, {after});",
        "DELETE": f"{into} VALUES ({old}, {before}, NULL);",
    }


def row_object(side: str, shape: Shape) -> str:
    """The SQL expression for a row as JSON; `side` names the row in SQL: OLD, NEW or a table."""
    columns = ", ".join(f"{quoted_text(name)}, {side}.{quoted(name)}" for name in shape.columns)
    return f"json_object({columns})"


def key_of(side: str, shape: Shape) -> str:
    """The SQL expression for the key of a row within its table."""
    return " || '|' || ".join(f"{side}.{quoted(name)}" for name in shape.key)


def record_of(table: str, side: str) -> str:
    """The SQL expression for the record that a row belongs to, such as meeting#7."""
    noun, column = OWNERS[table]
    return f"'{noun}#' || {side}.{column}"


def rows_of(ledger: sqlite3.Connection, table: str, where: str = "true") -> Iterator[Change]:
    """The present rows of a table, each as a change of the kind `found`."""
    shape = shape_of(ledger, table)
    rows = ledger.execute(
        f"SELECT {record_of(table, quoted(table))}, {key_of(quoted(table), shape)}, "
        f"{row_object(quoted(table), shape)} FROM {quoted(table)} WHERE {where}"
    )
    for record, key, row in rows:
        yield Change("found", record, table, str(key), None, read_row(row))


def noted(ledger: sqlite3.Connection) -> list[Change]:
    """The changes since this function was last called.

    Each row occurs once, with its state before the first change and its state after the last.
    """
    rows = ledger.execute(
        "SELECT record, row_table, row_key, old, new FROM temp.journal_pending ORDER BY n"
    ).fetchall()
    present = _present(ledger, {table for _, table, *_ in rows})
    if rows:
        ledger.execute("DELETE FROM temp.journal_pending")
    states = _read_rows(state for row in rows for state in row[3:])
    changes: dict[tuple[str, str], tuple[str, Row | None, Row | None]] = {}
    for (record, table, key, _, _), old, new in zip(rows, states[::2], states[1::2], strict=True):
        first = changes.get((table, key))
        last = present[table].get(key) if table in present else new
        changes[table, key] = (record, first[1] if first else old, last)
    return [
        Change(_act(old, new), record, table, key, old, new)
        for (table, key), (record, old, new) in changes.items()
        if old != new
    ]


def _present(ledger: sqlite3.Connection, names: set[str]) -> dict[str, dict[str, Row]]:
    """The present states of changed rows whose key is one integer, keyed by table and row key.

    Reading the rows is faster than writing each row as JSON in a trigger and parsing the JSON.
    """
    found: dict[str, dict[str, Row]] = {}
    for table in names:
        shape = shape_of(ledger, table)
        if not shape.is_numbered:
            continue
        (number,) = shape.key
        rows = ledger.execute(
            f"SELECT pending.row_key, {', '.join(f'row.{quoted(name)}' for name in shape.columns)} "
            f"FROM temp.journal_pending AS pending CROSS JOIN main.{quoted(table)} AS row "
            f"ON row.{quoted(number)} = CAST(pending.row_key AS INTEGER) WHERE pending.row_table = ?",
            (table,),
        )
        found[table] = {
            key: {
                name: value
                for name, value in zip(shape.columns, values, strict=True)
                if value is not None
            }
            for key, *values in rows
        }
    return found


def _act(old: Row | None, new: Row | None) -> str:
    if old is None:
        return "add"
    return "remove" if new is None else "change"


def read_row(text: str | None) -> Row | None:
    """Parse the JSON note of one row; empty columns are left out."""
    return _read_rows([text])[0]


def _read_rows(texts: Iterable[str | None]) -> list[Row | None]:
    """Parse the JSON notes of several rows.

    All rows are parsed together, so that they share the strings of the column names.
    """
    rows = json.loads(f"[{','.join(text or 'null' for text in texts)}]")
    return [row and {name: row[name] for name in row if row[name] is not None} for row in rows]
