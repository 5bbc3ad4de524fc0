"""What the dues register needs that no list shows: the bases. Whoever reads them, the journal says so."""

import sqlite3

from partyctl.ledger.reading.objects import Object, objects


def assessments(ledger: sqlite3.Connection) -> list[Object]:
    """Every assessment that stands, with its base."""
    return objects(
        ledger,
        "SELECT entry.id AS entry, entry.member_id, line.from_month, line.category, line.base, "
        "line.amount FROM dues_entry AS entry "
        "JOIN dues_assessment AS line ON line.entry_id = entry.id "
        "WHERE entry.voided_at IS NULL ORDER BY entry.id",
    )
