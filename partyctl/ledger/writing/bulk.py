"""Insert many rows at once, in less than a fifth of the time that ORM objects would take."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from operator import attrgetter
from typing import Any

from sqlmodel import Session

from partyctl.ledger.file.rows import insert_all
from partyctl.ledger.tables.base import Base
from partyctl.ledger.writing.session import driver_of
from partyctl.terms import Term


def insert_rows(
    session: Session, table: type[Base], columns: Sequence[str], rows: Iterable[Sequence[object]]
) -> None:
    """Insert rows whose values were already checked.

    The table's constraints still apply, and the journal records the rows.
    """
    stored = _AsStored()
    rows_as_stored = [
        [value if (as_stored := stored[type(value)]) is None else as_stored(value) for value in row]
        for row in rows
    ]
    insert_all(driver_of(session), str(table.__tablename__), columns, rows_as_stored)


class _AsStored(dict[type, Callable[[Any], object] | None]):
    """The functions that convert values for SQLite, keyed by type (None: no conversion needed)."""

    def __missing__(self, kind: type) -> Callable[[Any], object] | None:
        if issubclass(kind, date):
            self[kind] = kind.isoformat
        elif issubclass(kind, Term):
            self[kind] = attrgetter("value")
        else:
            self[kind] = int if kind is bool else None
        return self[kind]
