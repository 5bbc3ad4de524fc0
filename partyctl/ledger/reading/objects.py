"""Read rows as plain objects, ready for JSON.

The lists that commands print consist of these objects.
"""

import sqlite3
from collections.abc import Iterable, Mapping

from partyctl.light import Any

Object = dict[str, Any]


def objects(
    ledger: sqlite3.Connection, sql: str, values: Iterable[Any] | Mapping[str, Any] = ()
) -> list[Object]:
    """The rows of a query, each as a dict keyed by column name."""
    asked = values if isinstance(values, Mapping) else tuple(values)
    cursor = ledger.execute(sql, asked)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


TYPED_IN = ("recorded_at", "voided_at", "void_reason")


def with_parts(row: Object, parts: Object) -> Object:
    """Add nested parts, such as steps, to a record. The fields in TYPED_IN stay last."""
    last = {field: row[field] for field in TYPED_IN}
    return {field: row[field] for field in row if field not in TYPED_IN} | parts | last
