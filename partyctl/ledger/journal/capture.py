"""Noting every change of a row while it is made: SQLite's own triggers, on the connection.

Hooks of the ORM see what the ORM writes; measured, five of seven ways of writing went past them.
A trigger sees every INSERT, UPDATE and DELETE, whoever wrote the statement. These are TEMP
triggers, made from the tables as the file has them: a reader does not pay for them.
"""

import json
import sqlite3
from collections.abc import Iterator
from typing import Any, NamedTuple

from partyctl.ledger.journal.owners import OWNERS, UNWATCHED

Row = dict[str, Any]

PENDING = """
CREATE TEMP TABLE journal_pending (
    n INTEGER PRIMARY KEY, record TEXT, row_table TEXT, row_key TEXT, old TEXT, new TEXT)
"""

COLUMNS = """
SELECT m.name, p.name, p.type, p.pk FROM main.sqlite_schema AS m
JOIN pragma_table_info(m.name) AS p
WHERE m.type = 'table' AND m.name NOT GLOB 'sqlite_*' ORDER BY m.name, p.cid
"""


class Change(NamedTuple):
    """One row that a command added, changed or removed; without its empty columns."""

    act: str
    record: str
    table: str
    key: str
    old: Row | None
    new: Row | None


class Shape(NamedTuple):
    """A table as the file has it: the columns that are noted, and those that name a row."""

    columns: list[str]
    key: list[str]


def shapes(ledger: sqlite3.Connection) -> dict[str, Shape]:
    """The tables whose rows are facts. Files (BLOB) go by their digest, which is their key."""
    found: dict[str, Shape] = {}
    keys: dict[str, list[tuple[int, str]]] = {}
    for table, column, kind, place in ledger.execute(COLUMNS):
        if table in UNWATCHED:
            continue
        shape = found.setdefault(table, Shape([], []))
        if kind != "BLOB":
            shape.columns.append(column)
        if place:
            keys.setdefault(table, []).append((place, column))
    for table, columns in keys.items():
        found[table].key.extend(column for _, column in sorted(columns))
    return found


def watch(ledger: sqlite3.Connection) -> None:
    """From now on, note every change that this connection makes."""
    ledger.execute(PENDING)
    for table, shape in shapes(ledger).items():
        for event, statements in _notes(table, shape).items():
            ledger.execute(
                f"CREATE TEMP TRIGGER note_{event}_{table} AFTER {event} ON main.{table} "
                f"BEGIN {statements} END"
            )


def _notes(table: str, shape: Shape) -> dict[str, str]:
    """What to write down of each kind of change; a row that gets another key is another row."""
    into = "INSERT INTO journal_pending (record, row_table, row_key, old, new)"
    old, new = (
        f"{record_of(table, side)}, '{table}', {key_of(side, shape)}" for side in ("OLD", "NEW")
    )
    before, after = row_object("OLD", shape), row_object("NEW", shape)
    same = f"{key_of('OLD', shape)} = {key_of('NEW', shape)}"
    return {
        "INSERT": f"{into} VALUES ({new}, NULL, {after});",
        "UPDATE": f"{into} SELECT {old}, {before}, NULL WHERE NOT ({same}); "
        f"{into} VALUES ({new}, CASE WHEN {same} THEN {before} END, {after});",
        "DELETE": f"{into} VALUES ({old}, {before}, NULL);",
    }


def row_object(side: str, shape: Shape) -> str:
    """The SQL for a row as JSON; `side` is OLD, NEW or a table's name."""
    columns = ", ".join(f"'{name}', {side}.{name}" for name in shape.columns)
    return f"json_object({columns})"


def key_of(side: str, shape: Shape) -> str:
    """The SQL for what names a row within its table."""
    return " || '|' || ".join(f"{side}.{name}" for name in shape.key)


def record_of(table: str, side: str) -> str:
    """The SQL for the record that a row belongs to, as meeting#7."""
    noun, column = OWNERS[table]
    return f"'{noun}#' || {side}.{column}"


def rows_of(ledger: sqlite3.Connection, table: str, where: str = "true") -> Iterator[Change]:
    """The rows of a table as they are, each as something found, not changed."""
    shape = shapes(ledger)[table]
    rows = ledger.execute(
        f"SELECT {record_of(table, table)}, {key_of(table, shape)}, {row_object(table, shape)} "
        f"FROM {table} WHERE {where}"
    )
    for record, key, row in rows:
        yield Change("found", record, table, str(key), None, read_row(row))


def noted(ledger: sqlite3.Connection) -> list[Change]:
    """What was changed since the last call: each row once, from what it was to what it is."""
    rows = ledger.execute(
        "SELECT record, row_table, row_key, old, new FROM temp.journal_pending ORDER BY n"
    ).fetchall()
    if rows:
        ledger.execute("DELETE FROM temp.journal_pending")
    changes: dict[tuple[str, str], Change] = {}
    for record, table, key, old, new in rows:
        first = changes.get((table, key))
        before = first.old if first else read_row(old)
        changes[table, key] = Change("", record, table, key, before, read_row(new))
    return [
        change._replace(act=_act(change)) for change in changes.values() if change.old != change.new
    ]


def _act(change: Change) -> str:
    if change.old is None:
        return "add"
    return "remove" if change.new is None else "change"


def read_row(text: str | None) -> Row | None:
    """A row noted as JSON, without its empty columns."""
    if text is None:
        return None
    return {name: value for name, value in json.loads(text).items() if value is not None}
