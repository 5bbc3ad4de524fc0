"""Write comparison/table_checks.sql: queries for rows that break the constraints of their table.

`python -m scripts.table_checks`. Each table except the journal's has one query. A query evaluates
the table's CHECKs, foreign keys and NOT NULL, and also finds bytes where a text or a number
belongs. In NOT NULL columns, the queries check each different date only once. SQLite's own check takes
four times as many instructions, because it checks the date in every row.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from sqlalchemy import CheckConstraint, Column, MetaData, Table

from partyctl.ledger.tables import all as _all
from partyctl.ledger.tables.base import Base

FILE = (
    Path(__file__).parent.parent
    / "partyctl"
    / "ledger"
    / "file"
    / "comparison"
    / "table_checks.sql"
)
TABLES = (_all,)
"""The module of all tables is used here so that it is imported, and SQLModel knows every table."""

WHOLE = re.compile(r"typeof\((\w+)\) NOT IN \('text', 'real', 'blob'\) AND \1 >= (\d+)")
WORDS = re.compile(r"(\w+) IN \((.*)\)")
DAYS, MONTHS = re.compile(r"\bdate\("), re.compile(r"\bstrftime\(")
FEW = 6
"""If a column allows at most this many words, one comparison per word is faster than IN."""

Groups = dict[tuple[str, ...], list[str]]


def written(metadata: MetaData = Base.metadata) -> str:
    """The text of the file: a line with name and query for each table except the journal's."""
    lines = (
        f"{table.name}\t{question}"
        for table in metadata.sorted_tables
        if not table.name.startswith("journal_") and (question := question_of(table))
    )
    return "\n".join(lines) + "\n"


def question_of(table: Table) -> str:
    """A query for the keys of rows that break a constraint.

    If several rows have the same wrong dates, the query gives the key of one of them.
    """
    months = tuple(each for each in _checked(table, MONTHS) if not table.columns[each].nullable)
    groups: Groups = {(): []}
    for check in _checks(table):
        columns = tuple(_columns_in(check, table))
        if columns and set(columns) <= set(months):
            columns = months
        elif not DAYS.search(check) or any(table.columns[each].nullable for each in columns):
            columns = ()
        groups.setdefault(columns, []).append(_broken(check, table))
    for column in table.columns:
        group = next((each for each in groups if column.name in each), ())
        groups[group] += _of_column(column, is_checked=column.name in _checked(table))
    columns = " || '|' || ".join(table.primary_key.columns.keys())
    key = f"CAST({columns} AS BLOB)"  # as bytes, a key of any type can be read
    return " UNION ALL ".join(
        _asked(table.name, key, columns, wrong) for columns, wrong in groups.items() if wrong
    )


def _asked(table: str, key: str, columns: Iterable[str], wrong: Iterable[str]) -> str:
    """A query over all rows or, if columns are named, over each different combination of their values."""
    where = " OR ".join(wrong)
    if not columns:
        return f"SELECT {key} FROM {table} WHERE {where}"
    # LIMIT -1: otherwise SQLite would evaluate the conditions before it removes duplicates.
    same = " AND ".join(f"{each} IS held.{each}" for each in columns)
    return (
        f"SELECT (SELECT {key} FROM {table} WHERE {same}) FROM "
        f"(SELECT DISTINCT {', '.join(columns)} FROM {table} LIMIT -1) AS held WHERE {where}"
    )


def _checks(table: Table) -> list[str]:
    said = set(table.constraints).union(*(each.constraints for each in table.columns))
    found = (each for each in said if isinstance(each, CheckConstraint))
    return [
        " ".join(str(each.sqltext).split())
        for each in sorted(found, key=lambda each: str(each.name))
    ]


def _columns_in(check: str, table: Table) -> list[str]:
    words = set(re.findall(r"\w+", re.sub(r"'[^']*'", "", check)))
    return [each.name for each in table.columns if each.name in words]


def _checked(table: Table, *kinds: re.Pattern[str]) -> list[str]:
    """The columns with a CHECK that is of one of these kinds and names no other column.

    By default, the kinds are all those that refuse bytes.
    """
    found = [
        check
        for check in _checks(table)
        if any(each.search(check) for each in kinds or (DAYS, MONTHS, WHOLE, WORDS))
    ]
    return [
        each.name
        for each in table.columns
        if any(_columns_in(check, table) == [each.name] for check in found)
    ]


def _broken(check: str, table: Table) -> str:
    """A condition that is true if a row breaks a CHECK, in a cheaper form for the common CHECKs."""
    if whole := WHOLE.fullmatch(check):
        name, least = whole.groups()
        held = name if table.columns[name].nullable else f"coalesce({name}, {int(least) - 1})"
        return f"{held} < {least} OR {name} IS NOT CAST({name} AS INTEGER)"
    words = WORDS.fullmatch(check)
    if words and words[2].count(",") < FEW:
        differs = "<>" if table.columns[words[1]].nullable else "IS NOT"
        return " AND ".join(f"{words[1]} {differs} {each}" for each in words[2].split(", "))
    columns = [table.columns[each] for each in _columns_in(check, table)]
    if len(columns) == 1 and columns[0].nullable:
        return f"{columns[0].name} IS NOT NULL AND NOT ({check})"
    return f"NOT ({check})"


def _of_column(column: Column[object], *, is_checked: bool) -> Iterator[str]:
    """Conditions for a value that breaks its column's type, NOT NULL or foreign key."""
    name, kind = column.name, str(column.type)
    may_be_nothing = column.nullable
    for key in column.foreign_keys:
        held = name if may_be_nothing else f"coalesce({name}, -1)"
        there = f"{held} NOT IN (SELECT {key.column.name} FROM {key.column.table.name})"
        yield f"{name} IS NOT NULL AND {there}" if column.nullable else there
    if column.foreign_keys or (column.primary_key and kind == "INTEGER"):
        return
    if is_checked:
        if not may_be_nothing and kind != "INTEGER":  # the CHECK of a whole number also finds NULL
            yield f"+{name} IS NULL"
    elif name == "voided_at":  # any text would void the record, so require a timestamp
        yield f"{name} NOT GLOB '????-??-??T*'"
    elif kind == "BOOLEAN":
        yield f"{name if may_be_nothing else f'coalesce({name}, 2)'} NOT IN (0, 1)"
    elif kind != "BLOB":
        most = "''" if kind == "INTEGER" else "x''"
        yield f"{name if may_be_nothing else f'coalesce({name}, {most})'} >= {most}"


if __name__ == "__main__":
    FILE.write_text(written(), encoding="utf-8")
