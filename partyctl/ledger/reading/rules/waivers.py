"""Read waivers as plain objects."""

import sqlite3
from datetime import date

from partyctl.ledger.reading.objects import Object, objects
from partyctl.light import TYPE_CHECKING, cast
from partyctl.terms import Noun, stored_term

if TYPE_CHECKING:
    from partyctl.contract.rules import Waiver

WAIVERS = """
SELECT waiver.id, waiver.rule, waiver.subject_kind, waiver.subject_id,
    CASE waiver.subject_kind
        WHEN 'organ' THEN (SELECT name FROM organ)
        WHEN 'branch' THEN (SELECT name FROM branch WHERE branch.id = waiver.subject_id)
        WHEN 'cell' THEN (SELECT name FROM cell WHERE cell.id = waiver.subject_id)
        WHEN 'contact' THEN (SELECT name FROM contact WHERE contact.id = waiver.subject_id)
        WHEN 'member' THEN (SELECT name FROM member WHERE member.id = waiver.subject_id)
        WHEN 'applicant' THEN (SELECT name FROM applicant WHERE applicant.id = waiver.subject_id)
    END AS subject,
    waiver.period, waiver.reason, waiver.decided_on, waiver.decided_by,
    waiver.recorded_at, waiver.voided_at, waiver.void_reason
FROM waiver
"""


def waivers(ledger: sqlite3.Connection, on: date, branch: int | None = None) -> "list[Waiver]":
    """The waivers decided on or before a day; if a branch is given, only those that concern it."""
    sql = f"{WAIVERS} WHERE voided_at IS NULL AND decided_on <= ? ORDER BY id"
    found = [_waiver(row) for row in objects(ledger, sql, (on.isoformat(),))]
    if branch is None:
        return found
    return [row for row in found if _concerns(ledger, row["id"], branch)]


def _concerns(ledger: sqlite3.Connection, number: int, branch: int) -> bool:
    from partyctl.ledger.reading.belonging import branches_of  # needed only with --branch

    return branch in {each.id for each in branches_of(ledger, Noun.WAIVER, number)}


def waiver(ledger: sqlite3.Connection, number: int) -> "Waiver | None":
    """The waiver that has the given number, even if it was voided."""
    rows = objects(ledger, f"{WAIVERS} WHERE id = ?", (number,))
    return _waiver(rows[0]) if rows else None


def _waiver(row: Object) -> "Waiver":
    """A waiver as an object, whose subject has the form of a subject in `check --json`."""
    kind, number = row.pop("subject_kind"), row.pop("subject_id")
    name = row["subject"] or f"{stored_term(Noun, kind).label} #{number}"
    return cast("Waiver", row | {"subject": {"kind": kind, "id": number, "name": name}})
