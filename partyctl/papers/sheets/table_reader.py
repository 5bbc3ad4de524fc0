"""The lines of a table, read cell by cell into entries and problems."""

from datetime import date
from typing import Any

from partyctl.language import say
from partyctl.papers.sheets.days import say_future
from partyctl.papers.sheets.form import Column, Form, Values
from partyctl.papers.sheets.grid import Cell, as_text, shown
from partyctl.papers.sheets.lines import Asked, Entry, Problem, Reading
from partyctl.papers.sheets.people import MEANINGS, unclear_mark
from partyctl.papers.sheets.remarks import Remarks
from partyctl.papers.sheets.tables import Line, Table, sheet_texts
from partyctl.papers.sheets.unread import Unread


class TableReader:
    """Reads the lines of one table."""

    def __init__(
        self, table: Table, form: Form, asked: Asked, reading: Reading, remarks: Remarks
    ) -> None:
        self._table = table
        self._form = form
        self._asked = asked
        self._reading = reading
        self._remarks = remarks
        self._columns = list(table.columns.items())
        self._known: dict[tuple[Cell, str], Values] = {}
        self._of_sheet: Values = dict(asked.given)
        for text in sheet_texts(table):
            self._of_sheet |= form.said_by(text)
        self._require_columns()

    def _require_columns(self) -> None:
        """One problem for a needed column that the head lacks, not one a line."""
        present = {column.field for column in self._table.columns.values()}
        self._needed = []
        for column in self._form.columns:
            if not column.is_needed or column.field in self._of_sheet:
                continue
            if column.field in present:
                self._needed.append(column)
            elif self._table.lines:
                row = self._table.head.bottom + 1
                sentence = say("没有这一列", "this column is missing")
                self._problem(row, column.name, "", Unread("no-column", sentence, sentence), None)

    def read(self, line: Line) -> None:
        """Read a line into an entry, or into problems."""
        found: dict[str, tuple[Any, Column, str]] = {}
        columns: dict[str, str] = {}
        before = len(self._reading.problems)
        for place, column in self._columns:
            cell = line.cells.get(place)
            name = self._table.block.names[place]
            if self._asked.answers:
                cell = self._asked.answers.get(self._key(line, place), cell)
            if cell is not None:
                self._read_cell(line, place, column, cell, found)
                columns[column.field] = name
        if line.continues and any(name != "name" for name in found):
            self._continued(line, found)
        self._require_values(line, found)
        if len(self._reading.problems) == before:
            values = (
                self._of_sheet | self._form.said_by(line.section)
                if line.section
                else dict(self._of_sheet)
            )
            values |= {name: value for name, (value, _, _) in found.items()}
            self._reading.entries.append(Entry(self._table.sheet, line.number, values, columns))

    def _read_cell(
        self,
        line: Line,
        place: int,
        column: Column,
        cell: Cell,
        found: dict[str, tuple[Any, Column, str]],
    ) -> None:
        name = self._table.block.names[place]
        try:
            said = self._said(column, cell)
        except Unread as error:
            said = error.said
            if error.kind in column.asides:
                self._remarks.aside(name, error, _shown(column, cell))
            else:
                key = self._key(line, place)
                if column.private is not None:
                    hidden = _shown(column, cell)
                    error.sentence = error.sentence.replace(as_text(cell), hidden)
                self._problem(line.number, name, _shown(column, cell), error, key)
                found.setdefault(column.field, (None, column, name))
                return
        if "mark" in said or "beside" in said:
            said = self._apart(line, name, cell, said)
        for field_name, value in said.items():
            other = found.get(field_name)
            if other is not None and isinstance(value, list) and isinstance(other[0], list):
                value = list(dict.fromkeys([*other[0], *value]))
            elif other is not None and other[0] is not None and other[0] != value:
                self._problem(line.number, name, _shown(column, cell), _conflict(other[2]), None)
            found[field_name] = (value, column, name)

    def _said(self, column: Column, cell: Cell) -> Values:
        """What a cell says; the same text says the same all down a column."""
        told = (cell, column.field)
        if type(cell) is str and told in self._known:
            return self._known[told]
        said = column.read(cell)
        if column.is_past:
            self._require_past(said)
        if type(cell) is str:
            self._known[told] = said
        return said

    def _key(self, line: Line, place: int) -> str:
        """Where an answer belongs that stands for a cell."""
        return f"{line.number} {place} {self._table.sheet}"

    def _require_past(self, said: Values) -> None:
        for value in said.values():
            if isinstance(value, date) and value > self._asked.today:
                raise say_future(value)

    def _apart(self, line: Line, name: str, cell: Cell, said: Values) -> Values:
        """What a cell says without what is no field: a mark is asked, remarks are remarked."""
        said = dict(said)
        self._remarks.beside(said.pop("beside", ()))
        mark = said.pop("mark", None)
        if mark is not None:
            unclear = unclear_mark(mark)
            answer = self._asked.answers.get(unclear.key or "")
            if answer in MEANINGS:
                said |= MEANINGS[answer]
            else:
                self._problem(line.number, name, as_text(cell), unclear, unclear.key)
        return said

    def _continued(self, line: Line, found: dict[str, tuple[Any, Column, str]]) -> None:
        error = Unread(
            "continued",
            "与上一行是同一个人（姓名单元格合并了）；请写成一行",
            "the same person as the line above (the name is merged); write one line",
        )
        name = next(iter(found.values()))[2]
        self._problem(line.number, name, "", error, None)

    def _require_values(self, line: Line, found: dict[str, tuple[Any, Column, str]]) -> None:
        of_section = self._form.said_by(line.section) if line.section else {}
        for column in self._needed:
            if column.field not in found and column.field not in of_section:
                place = next(at for at, each in self._columns if each.field == column.field)
                name = self._table.block.names[place]
                missing = Unread("missing", "没有填", "is missing")
                self._problem(line.number, name, "", missing, self._key(line, place))

    def _problem(self, row: int, column: str, value: str, error: Unread, key: str | None) -> None:
        self._reading.problems.append(
            Problem(
                self._table.sheet,
                row,
                column,
                value,
                error.sentence,
                error.kind,
                error.choices,
                key,
            )
        )


def _conflict(other: str) -> Unread:
    return Unread(
        "conflict",
        f"与“{shown(other)}”说的不一样",
        f"says something else than “{shown(other)}”",
    )


def _shown(column: Column, cell: Cell) -> str:
    """A cell as the clerk sees it; a personal value with its middle hidden."""
    text = as_text(cell)
    if column.private is None:
        return text
    first, last = column.private
    return f"{text[:first]}***{text[-last:] if last else ''}" if len(text) > first + last else "***"
