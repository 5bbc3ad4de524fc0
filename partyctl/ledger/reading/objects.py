"""Read rows as plain objects, ready for JSON.

The lists that commands print consist of these objects.
"""

import sqlite3
from collections.abc import Iterable, Mapping
from types import MappingProxyType

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


OF_RECORDS = "IN (SELECT value FROM json_each(:records))"
"""The SQL condition on the column with a record's number, for the queries of `parts_of`."""


Parts = dict[str, list[Object]]
"""The parts of one record, such as its steps, keyed by kind."""


def parts_of(
    ledger: sqlite3.Connection,
    queries: Mapping[str, str],
    records: Iterable[Object],
    values: Mapping[str, Any] = MappingProxyType({}),
) -> dict[int, Parts]:
    """The parts of several records, keyed by the number of the record.

    `queries`: for each kind of part, a query that contains OF_RECORDS and returns the number of the
    record in the column `of`. One statement reads the parts of all records, because a list would
    otherwise need several statements for each record.
    """
    found: dict[int, Parts] = {each["id"]: {kind: [] for kind in queries} for each in records}
    asked = {**values, "records": f"[{','.join(map(str, found))}]"}
    for kind, query in queries.items():
        for part in objects(ledger, query, asked):
            found[part.pop("of")][kind].append(part)
    return found


TYPED_IN = ("recorded_at", "voided_at", "void_reason")


def with_parts(row: Object, parts: Object) -> Object:
    """Add nested parts, such as steps, to a record. The fields in TYPED_IN stay last."""
    last = {field: row[field] for field in TYPED_IN}
    return {field: row[field] for field in row if field not in TYPED_IN} | parts | last
