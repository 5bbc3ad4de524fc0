"""The content of an entry sheet before it is written, and the type of the functions that fill it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from sqlite3 import Connection
from typing import Any

from partyctl.cli.sheets.printing import printed
from partyctl.papers.sheets.form import Column, Form

NUMBER = "number"


@dataclass(frozen=True)
class EntrySheet:
    """The content of an entry sheet: columns of a form, and one row per person or record.

    `what`: the month, year or meeting that the sheet is for; empty if the form needs none of them.
    """

    form: Form
    what: str
    title: str
    fields: tuple[str, ...]
    rows: list[dict[str, Any]]
    notes: tuple[str, ...] = ()
    opens_empty: bool = False
    """Whether the sheet can be written without rows, so that the clerk only adds new records."""

    @property
    def columns(self) -> list[Column]:
        """The columns, in order."""
        return [self.form.column(name) for name in self.fields]

    def originals(self) -> dict[str, dict[str, str]]:
        """The values of each row with a record number, as text, keyed by this number."""
        columns = {column.field: column for column in self.columns}
        return {
            str(row[NUMBER]): {
                name: said
                for name, value in row.items()
                if name in columns and (said := printed(columns[name], value))
            }
            for row in self.rows
            if row.get(NUMBER) is not None
        }


Fill = Callable[[Connection, str, date, int | None], EntrySheet]
"""A function that fills an entry sheet from a ledger.

It takes a connection, `what` (see `EntrySheet`), a day, and the number of a branch (None: all)."""
