"""Insert many rows of a table in one statement, which takes a fifth of the time of ORM objects."""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlmodel import Session

from partyctl.ledger.file.names import quoted
from partyctl.ledger.tables.base import Base
from partyctl.ledger.writing.session import driver_of
from partyctl.terms import Term

AS_THEY_ARE = frozenset((str, int, type(None)))


def insert_rows(
    session: Session, table: type[Base], columns: Sequence[str], rows: Iterable[Sequence[object]]
) -> None:
    """Insert rows of checked values; the table's constraints and the journal apply as always."""
    names = ", ".join(map(quoted, columns))
    places = ", ".join("?" for _ in columns)
    statement = f"INSERT INTO {quoted(str(table.__tablename__))} ({names}) VALUES ({places})"
    rows_as_stored = [
        [value if type(value) in AS_THEY_ARE else _stored(value) for value in row] for row in rows
    ]
    driver_of(session).executemany(statement, rows_as_stored)


def _stored(value: object) -> object:
    """A value as SQLite stores it."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Term):
        return value.value
    return int(value) if isinstance(value, bool) else value
