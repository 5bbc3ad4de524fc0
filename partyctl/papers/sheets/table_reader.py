"""Read the rows of a table, cell by cell, into entries and problems."""

from datetime import date
from typing import Any

from partyctl.language import say
from partyctl.papers.sheets.contents import Lost
from partyctl.papers.sheets.days import say_future
from partyctl.papers.sheets.form import Column, Form, Values
from partyctl.papers.sheets.grid import Cell, as_text, shown
from partyctl.papers.sheets.heads import OF_A_DAY
from partyctl.papers.sheets.lines import NO_COLUMN, Asked, Entry, Problem, Reading
from partyctl.papers.sheets.people import MEANINGS, unclear_mark
from partyctl.papers.sheets.remarks import Remarks
from partyctl.papers.sheets.tables import Line, Table, sheet_texts
from partyctl.papers.sheets.unread import Unread


class TableReader:
    """Reads the rows of one table."""

    def __init__(
        self, table: Table, form: Form, asked: Asked, reading: Reading, remarks: Remarks
    ) -> None:
        self._table = table
        self._form = form
        self._asked = asked
        self._reading = reading
        self._remarks = remarks
        known: dict[str, dict[str, Values]] = {
            column.field: {} for column in table.columns.values()
        }
        self._columns = [
            (place, column, table.block.names[place], known[column.field])
            for place, column in table.columns.items()
        ]
        self._is_pieced = bool(asked.answers or table.block.split)
        self._of_sheet: Values = dict(asked.given)
        for text in sheet_texts(table):
            self._of_sheet |= form.said_by(text)
        self._require_columns()

    def _require_columns(self) -> None:
        """One problem for a missing required column, instead of one for each row."""
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
                self._problem(row, column.name, "", Unread(NO_COLUMN, sentence, sentence), None)

    def read(self, line: Line) -> None:
        """Read a row into an entry or problems."""
        found: Values = {}
        said_in: dict[str, str] = {}
        columns: dict[str, str] = {}
        before = len(self._reading.problems)
        cells = self._pieced(line) if self._is_pieced else line.cells
        for place, column, name, known in self._columns:
            if (cell := cells.get(place)) is None:
                continue
            said = known.get(cell) if type(cell) is str else None
            if said is None:
                said = self._read_cell(line, place, column, name, cell, known)
            for field, value in said.items():
                if field in found:
                    other = (said_in[field], found[field])
                    value = self._both(line, (name, value), other, _shown(column, cell))
                found[field], said_in[field] = value, name
            columns[column.field] = name
        if line.continues and any(name != "name" for name in found):
            self._continued(line, said_in)
        around = (
            self._of_sheet | self._form.said_by(line.section) if line.section else self._of_sheet
        )
        self._require_values(line, found, around)
        if len(self._reading.problems) == before:
            values = around | found if around else found
            self._reading.entries.append(Entry(self._table.sheet, line.number, values, columns))

    def _pieced(self, line: Line) -> dict[int, Cell]:
        """A row's cells where some are joined from three columns, or answered on the terminal."""
        return {place: self._cell(line, place) for place, *_ in self._columns}

    def _cell(self, line: Line, place: int) -> Cell:
        split = self._table.block.split
        cell = line.cells.get(place)
        if place in split:
            cell = _whole_day([line.cells.get(each) for each in split[place]])
        return self._asked.answers.get(self._key(line, place), cell)

    def _read_cell(
        self,
        line: Line,
        place: int,
        column: Column,
        name: str,
        cell: Cell,
        known: dict[str, Values],
    ) -> Values:
        """A cell's values for the row; an unclear cell gives a problem and no value.

        What a text says for certain is known for the column's other cells.
        """
        try:
            said = column.read(cell)
            if column.is_past:
                self._require_past(said)
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
                return {column.field: None}
        if "mark" in said or "beside" in said:
            return self._apart(line, name, cell, said)
        if type(cell) is str:
            known[cell] = said
        return said

    def _both(
        self, line: Line, said: tuple[str, Any], other: tuple[str, Any], shown_as: str
    ) -> Any:  # noqa: ANN401 - any value of a field
        """The value of a field from two columns: lists are joined, otherwise both must agree."""
        (name, value), (other_name, before) = said, other
        if isinstance(value, list) and isinstance(before, list):
            return list(dict.fromkeys([*before, *value]))
        if value is None or before is None:
            return before if value is None else value
        if before != value:
            self._problem(line.number, name, shown_as, _conflict(other_name), None)
        return value

    def _key(self, line: Line, place: int) -> str:
        """The key of an answer that replaces a cell."""
        return f"{line.number} {place} {self._table.sheet}"

    def _require_past(self, said: Values) -> None:
        for value in said.values():
            for day in value if isinstance(value, list) else [value]:
                if isinstance(day, date) and day > self._asked.today:
                    raise say_future(day)

    def _apart(self, line: Line, name: str, cell: Cell, said: Values) -> Values:
        """A cell's fields; an unknown mark becomes a question, and a bracketed remark is reported."""
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

    def _continued(self, line: Line, said_in: dict[str, str]) -> None:
        error = Unread(
            "continued",
            "与上一行是同一个人（姓名单元格合并了）；请写成一行",
            "the same person as the line above (the name is merged); write one line",
        )
        name = next(iter(said_in.values()))
        self._problem(line.number, name, "", error, None)

    def _require_values(self, line: Line, found: Values, around: Values) -> None:
        for column in self._needed:
            if column.field not in found and column.field not in around:
                place, name = next(
                    (at, name) for at, each, name, _ in self._columns if each.field == column.field
                )
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


def _whole_day(parts: list[Cell]) -> Cell:
    """A day from three cells for year, month and day; None if all are empty."""
    lost = next((part for part in parts if isinstance(part, Lost)), None)
    if lost is not None:
        return lost
    texts = [as_text(part).removesuffix(unit) for part, unit in zip(parts, OF_A_DAY, strict=True)]
    if not any(texts):
        return None
    return "".join(f"{text}{unit}" for text, unit in zip(texts, OF_A_DAY, strict=True) if text)


def _conflict(other: str) -> Unread:
    return Unread(
        "conflict",
        f"与“{shown(other)}”说的不一样",
        f"says something else than “{shown(other)}”",
    )


def _shown(column: Column, cell: Cell) -> str:
    """A cell as the clerk sees it; personal values are masked."""
    text = as_text(cell)
    if column.private is None:
        return text
    first, last = column.private
    return f"{text[:first]}***{text[-last:] if last else ''}" if len(text) > first + last else "***"
