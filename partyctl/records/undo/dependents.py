"""Find the valid records that refer to a record, such as the payments that a meeting agreed to."""

from collections.abc import Collection
from sqlite3 import Connection

from partyctl.ledger.file.names import quoted
from partyctl.ledger.journal.capture import Shape, key_of, record_of
from partyctl.ledger.journal.owners import OWNERS

Shapes = dict[str, Shape]


def pointing_to(
    ledger: Connection,
    tables: Shapes,
    records: set[str],
    *,
    but: Collection[tuple[str, str]] = (),
) -> list[str]:
    """The valid records that refer to at least one of the given records.

    `but`: rows that are ignored, each as a pair: the table's name, and the key, which is the text
    that identifies the row in this table.
    """
    found: dict[str, None] = {}
    for table in tables:
        ignored = {key for name, key in but if name == table}
        for _, _, parent, column, *_ in ledger.execute(f"PRAGMA foreign_key_list({quoted(table)})"):
            for record in sorted(records):
                noun, _, number = record.partition("#")
                if OWNERS[parent].noun == noun and OWNERS[parent].column == "id":
                    rows = _standing(ledger, tables, table, column, number)
                    found |= dict.fromkeys(each for each, key in rows if key not in ignored)
    return list(found)


def _standing(
    ledger: Connection, tables: Shapes, table: str, column: str, number: str
) -> list[tuple[str, str]]:
    """For each valid row of `table` with `number` in `column`: the row's record and key."""
    owner = OWNERS[table]
    home = next(
        name for name, each in OWNERS.items() if each.noun == owner.noun and each.column == "id"
    )
    side = quoted(table)
    conditions = [f"{side}.{quoted(column)} = ?", "home.voided_at IS NULL"]
    if "voided_at" in tables[table].columns:
        conditions.append(f"{side}.voided_at IS NULL")
    return ledger.execute(
        f"SELECT {record_of(table, side)}, CAST({key_of(side, tables[table])} AS TEXT) FROM {side} "
        f"JOIN {quoted(home)} AS home ON home.id = {side}.{owner.column} "
        f"WHERE {' AND '.join(conditions)} ORDER BY home.id",
        (number,),
    ).fetchall()
