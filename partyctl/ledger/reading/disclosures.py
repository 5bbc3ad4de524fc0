"""Read disclosures as plain objects, as they were on a given day."""

import sqlite3
from datetime import date

from partyctl.calendar import Period
from partyctl.ledger.reading.objects import OF_RECORDS, Object, objects, parts_of, with_parts
from partyctl.light import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from partyctl.contract.openness import Disclosure
    from partyctl.contract.overviews import Published

# 公开·3: regulations are disclosed permanently, the stages of the work periodically, and hot topics
# at any time.
PERIOD_CLASS = """coalesce(matter.period_class, CASE
    WHEN matter.kind IN ('regulations', 'posted-rules') THEN 'standing'
    WHEN matter.kind = 'hot-topic' THEN 'any-time' ELSE 'periodic' END)"""

DISCLOSURES = f"""
SELECT matter.id, matter.kind, matter.title, matter.scope, matter.form,
    {PERIOD_CLASS} AS period_class,
    CASE WHEN matter.reviewed_on <= :on THEN matter.reviewed_on END AS reviewed_on,
    CASE WHEN matter.approved_on <= :on THEN matter.approved_on END AS approved_on,
    CASE WHEN matter.withdrawn_on <= :on THEN matter.withdrawn_on END AS withdrawn_on,
    matter.responsible, matter.recorded_at, matter.voided_at, matter.void_reason
FROM disclosure AS matter
"""
# A disclosure is known from the day on which it was first approved, withdrawn or published. If none
# of these days is recorded, the disclosure is known on every day.
KNOWN = """
matter.voided_at IS NULL AND coalesce((SELECT min(day) FROM (
    SELECT matter.approved_on AS day UNION ALL SELECT matter.withdrawn_on
    UNION ALL SELECT published_on FROM publication
    WHERE disclosure_id = matter.id AND voided_at IS NULL)), '') <= :on
"""
PUBLICATIONS = f"""
SELECT disclosure_id AS of, published_on, form, makes_up FROM publication
WHERE disclosure_id {OF_RECORDS} AND voided_at IS NULL AND published_on <= :on
ORDER BY published_on, id
"""


def disclosures(ledger: sqlite3.Connection, on: date) -> "list[Disclosure]":
    """The disclosures known on a day, with the days and forms of their publications."""
    sql = f"{DISCLOSURES} WHERE {KNOWN} ORDER BY matter.id"
    return _whole(ledger, on, objects(ledger, sql, {"on": on.isoformat()}))


def disclosure(ledger: sqlite3.Connection, on: date, number: int) -> "Disclosure | None":
    """The disclosure that has the given number, even if it was voided."""
    values = {"on": on.isoformat(), "number": number}
    rows = objects(ledger, f"{DISCLOSURES} WHERE matter.id = :number", values)
    return _whole(ledger, on, rows)[0] if rows else None


def published(ledger: sqlite3.Connection, on: date, period: Period) -> "list[Published]":
    """The publications of a period that took place on or before a day, oldest first."""
    return cast(
        "list[Published]",
        objects(
            ledger,
            "SELECT matter.id, matter.kind, matter.title, matter.scope, publication.published_on, "
            "publication.form, publication.makes_up "
            "FROM publication JOIN disclosure AS matter ON matter.id = publication.disclosure_id "
            "WHERE publication.voided_at IS NULL AND matter.voided_at IS NULL "
            "AND published_on BETWEEN ? AND min(?, ?) ORDER BY published_on, publication.id",
            (period.first.isoformat(), period.last.isoformat(), on.isoformat()),
        ),
    )


def _whole(ledger: sqlite3.Connection, on: date, rows: list[Object]) -> "list[Disclosure]":
    """The disclosures with their publications until a day."""
    parts = parts_of(ledger, {"publications": PUBLICATIONS}, rows, {"on": on.isoformat()})
    return [cast("Disclosure", with_parts(row, parts[row["id"]])) for row in rows]
