"""Read rule changes: as typed values for `partyctl.law`, and as plain objects for lists."""

import sqlite3
from datetime import date

from partyctl.ledger.reading.known.typed import read_day
from partyctl.ledger.reading.objects import Object, objects
from partyctl.light import TYPE_CHECKING, Any, cast
from partyctl.terms import RuleAct, Strength, stored_term

if TYPE_CHECKING:
    from partyctl.contract.rules import RuleChange
    from partyctl.law.changes.changes import Change

CHANGES = """
SELECT id, rule, act, from_on, every, count, days, months, by_day AS by, working, strength, remind,
    reason, recorded_at, voided_at, void_reason
FROM rule_change
"""


def changes(ledger: sqlite3.Connection, rules: list[str], until: date) -> "list[RuleChange]":
    """The changes to given rules, layers or settings that begin on or before `until`, oldest first.

    Voided changes are included.
    """
    marks = ", ".join("?" for _ in rules)
    sql = f"{CHANGES} WHERE rule IN ({marks}) AND from_on <= ? ORDER BY from_on, id"
    return [_change(row) for row in objects(ledger, sql, (*rules, until.isoformat()))]


def change(ledger: sqlite3.Connection, number: int) -> "RuleChange | None":
    """The change that has the given number, even if it was voided."""
    rows = objects(ledger, f"{CHANGES} WHERE id = ?", (number,))
    return _change(rows[0]) if rows else None


def _change(row: Object) -> "RuleChange":
    working = None if row["working"] is None else bool(row["working"])
    return cast("RuleChange", row | {"working": working})


VALID = """
SELECT id, rule, act, from_on, reason, every, count, days, months, by_day, working, strength,
    remind
FROM rule_change WHERE voided_at IS NULL ORDER BY id
"""


def rule_changes(ledger: sqlite3.Connection) -> "list[Change]":
    """The valid rule changes, as typed values for `partyctl.law`."""
    return [_as_change(*row) for row in ledger.execute(VALID)]


def _as_change(
    number: int,
    rule: str,
    act: str,
    from_on: str,
    reason: str,
    *numbers: Any,  # noqa: ANN401 - columns of several types
) -> "Change":
    from partyctl.law.changes.changes import Change, Numbers  # most ledgers have no rule changes

    every, count, days, months, by, working, strength, remind = numbers
    set_to = Numbers(
        every=every,
        count=count,
        days=days,
        months=months,
        by=None if by is None else (int(by[:2]), int(by[3:])),
        working=None if working is None else bool(working),
        strength=strength and stored_term(Strength, strength),
        remind=remind,
    )
    return Change(rule, stored_term(RuleAct, act), read_day(from_on), set_to, reason, number)
