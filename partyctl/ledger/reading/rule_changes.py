"""How the rules were changed, as plain objects."""

import sqlite3

from partyctl.ledger.reading.objects import Object, objects

CHANGES = """
SELECT id, rule, act, from_on, every, count, days, months, by_day AS by, working, strength, remind,
    reason, recorded_at, voided_at, void_reason
FROM rule_change
"""


def changes(ledger: sqlite3.Connection, rules: list[str]) -> list[Object]:
    """Every change of some rules, layers or settings, voided ones too, in the order of their days."""
    marks = ", ".join("?" for _ in rules)
    sql = f"{CHANGES} WHERE rule IN ({marks}) ORDER BY from_on, id"
    return [_change(row) for row in objects(ledger, sql, rules)]


def change(ledger: sqlite3.Connection, number: int) -> Object | None:
    """The change with a number, voided or not."""
    rows = objects(ledger, f"{CHANGES} WHERE id = ?", (number,))
    return _change(rows[0]) if rows else None


def _change(row: Object) -> Object:
    return row | {"working": None if row["working"] is None else bool(row["working"])}
