"""What an entry sheet holds, before it is written; and what it would hold now."""

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
    """What an entry sheet holds: the columns of a form and a line for each record.

    `what` says what it is about (a month, a year, a meeting), where the form alone does not.
    """

    form: Form
    what: str
    title: str
    fields: tuple[str, ...]
    rows: list[dict[str, Any]]
    notes: tuple[str, ...] = ()
    opens_empty: bool = False
    """Whether a sheet without lines is of use: new records are typed below."""

    @property
    def columns(self) -> list[Column]:
        """The columns, in the order in which they stand."""
        return [self.form.column(name) for name in self.fields]

    def originals(self) -> dict[str, dict[str, str]]:
        """What each line says when the sheet is written, by the record's number."""
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
"""The entry sheet about something as the ledger stands: its connection, what, the day, a branch."""
