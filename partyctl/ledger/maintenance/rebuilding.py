"""Rebuild a table in a migration, for example to change a CHECK, because SQLite cannot alter a CHECK.

Rows, indexes, triggers and views of the table are kept. Each migration contains the full SQL of its
change. So a migration makes the same change even years later, when the classes of the tables are
different.
"""

import re
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy import Connection

CHECK = re.compile(r"\bCONSTRAINT\s+(\w+)\s+CHECK\s*\(")
STRING_OR_BRACKET = re.compile(r"'[^']*'|\"[^\"]*\"|[()]")

HANGING_ON_IT = """
SELECT sql FROM sqlite_schema
WHERE tbl_name = ? AND type IN ('index', 'trigger') AND sql IS NOT NULL ORDER BY type, name
"""


def rebuild(table: str, changed: str | Mapping[str, str], *, without: Collection[str] = ()) -> None:
    """Rebuild a table within a migration, with all its rows.

    `changed`: the whole CREATE TABLE, or the new conditions of the changed CHECKs, keyed by the
    name of the CHECK. `without`: the columns that the new table need not have.
    """
    from alembic import op

    ledger = op.get_bind()
    created = changed if isinstance(changed, str) else with_checks(_text(ledger, table), changed)
    hanging = [sql for (sql,) in ledger.exec_driver_sql(HANGING_ON_IT, (table,))]
    before, aside = _columns(ledger, table), f"{table}_before"
    ledger.exec_driver_sql(f"CREATE TABLE {aside} AS SELECT * FROM {table}")
    ledger.exec_driver_sql(f"DROP TABLE {table}")
    ledger.exec_driver_sql(created)
    now = _columns(ledger, table)
    if lost := set(before) - set(now) - set(without):
        raise LookupError(f"{table} would lose {', '.join(sorted(lost))}: name them in `without`")
    kept = ", ".join(column for column in now if column in before)
    ledger.exec_driver_sql(f"INSERT INTO {table} ({kept}) SELECT {kept} FROM {aside}")
    ledger.exec_driver_sql(f"DROP TABLE {aside}")
    for sql in hanging:
        ledger.exec_driver_sql(sql)


def _text(ledger: "Connection", table: str) -> str:
    sql = "SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = ?"
    return str(ledger.exec_driver_sql(sql, (table,)).one()[0])


def _columns(ledger: "Connection", table: str) -> list[str]:
    rows = ledger.exec_driver_sql("SELECT name FROM pragma_table_info(?) ORDER BY cid", (table,))
    return [name for (name,) in rows]


def checks_of(created: str) -> dict[str, str]:
    """The conditions of the CHECKs in a CREATE TABLE, keyed by the name of the CHECK."""
    return {name: created[start:end] for name, (start, end) in _places(created).items()}


def with_checks(created: str, changed: Mapping[str, str]) -> str:
    """A CREATE TABLE with the changed conditions. Raises LookupError for an unknown CHECK."""
    places = _places(created)
    if unknown := changed.keys() - places.keys():
        raise LookupError(f"no such CHECK: {', '.join(sorted(unknown))}")
    for name, (start, end) in sorted(places.items(), key=lambda item: item[1], reverse=True):
        if name in changed:
            created = created[:start] + changed[name] + created[end:]
    return created


def _places(created: str) -> dict[str, tuple[int, int]]:
    """The start and end of each CHECK's condition, keyed by the CHECK's name."""
    return {
        each[1]: (each.end(), _closing(created, each.end())) for each in CHECK.finditer(created)
    }


def _closing(text: str, start: int) -> int:
    """The position of the closing bracket for the opening bracket just before `start`.

    Brackets in strings are ignored.
    """
    depth = 1
    for each in STRING_OR_BRACKET.finditer(text, start):
        depth += {"(": 1, ")": -1}.get(each[0], 0)
        if depth == 0:
            return each.start()
    raise LookupError("a bracket is not closed")
