"""Read a year's rest days and make-up working days, and where they come from."""

import sqlite3
from datetime import date

from partyctl.law.engine.rest_days import shipped
from partyctl.ledger.reading.facts import rest_days
from partyctl.ledger.reading.objects import Object, objects
from partyctl.light import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from partyctl.contract.rules import Holiday, HolidayRow

HOLIDAYS = """
SELECT id, day, works, name, recorded_at, voided_at, void_reason FROM holiday
"""


def holidays(ledger: sqlite3.Connection, year: int) -> "list[HolidayRow]":
    """The rest days and make-up working days of a year, in order of date.

    The bureau's own days take precedence over the shipped days.
    """
    known = rest_days(ledger)
    own = objects(ledger, f"{HOLIDAYS} WHERE voided_at IS NULL AND day LIKE ?", (f"{year}-%",))
    covered = year in known.years
    rows = {row["day"]: _own(row, covered=covered) for row in own}
    for days, works in ((known.off, False), (known.worked, True)):
        for day in days:
            if day.year == year:
                rows.setdefault(str(day), _shipped(day, works=works, covered=covered))
    return [rows[day] for day in sorted(rows)]


def holiday(ledger: sqlite3.Connection, number: int) -> "Holiday | None":
    """The bureau's own rest day or working day that has the given number, even if it was voided."""
    rows = objects(ledger, f"{HOLIDAYS} WHERE id = ?", (number,))
    return cast("Holiday", rows[0] | _of_own(rows[0])) if rows else None


def source_of(ledger: sqlite3.Connection, year: int) -> str | None:
    """The source of a year's holidays: `shipped` or the name of the imported file.

    Returns None if the year's holidays are not known.
    """
    if year in shipped().years:
        return "shipped"
    row = ledger.execute(
        "SELECT source FROM announced_year WHERE voided_at IS NULL AND year = ?", (year,)
    ).fetchone()
    return None if row is None else str(row[0])


def _of_own(row: Object) -> Object:
    return {"works": bool(row["works"]), "source": "own"}


def _own(row: Object, *, covered: bool) -> "HolidayRow":
    return cast("HolidayRow", row | _of_own(row) | {"covered": covered})


def _shipped(day: date, *, works: bool, covered: bool) -> "HolidayRow":
    return {
        "id": None,
        "day": str(day),
        "works": works,
        "name": None,
        "source": "shipped",
        "covered": covered,
    }
