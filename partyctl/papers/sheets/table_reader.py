"""Read the rows of a table, cell by cell, and return rows and problems."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, NamedTuple

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


class Place(NamedTuple):
    """A column of a table: its position, its name in the heading, and the values read so far.

    `known`: for each text already parsed in a column of this field, the values that the text gave.
    If the text occurs again, its values are taken from `known`, and it is not parsed again.
    """

    at: int
    column: Column
    name: str
    known: dict[Cell, Values]


class Shape(NamedTuple):
    """The columns that have values in a row.

    All rows that have values in the same columns use the same `Shape`.
    """

    filled: tuple[Place, ...]
    sought: tuple[tuple[int, Callable[[Cell], Values | None], Place], ...]
    """For each column in `filled`: the column's position, a look-up function, and the column.

    The look-up function takes the content of a cell. The function returns the values that an
    earlier cell with the same content gave, or None if no earlier cell has this content.
    """
    columns: dict[str, str]
    """The names of the columns that have values, keyed by field."""


class TableReader:
    """Reads the rows of one table."""

    def __init__(
        self, table: Table, form: Form, asked: Asked, reading: Reading, remarks: Remarks
    ) -> None:
        self._table = table
        self._form = form
        self._asked = asked
        self._today = asked.today
        self._reading = reading
        self._remarks = remarks
        known: dict[str, dict[Cell, Values]] = {
            column.field: {} for column in table.columns.values()
        }
        self._columns = [
            Place(at, column, table.block.names[at], known[column.field])
            for at, column in table.columns.items()
        ]
        self._shapes: dict[tuple[bool, ...], Shape] = {}
        self._is_pieced = bool(asked.answers or table.block.split)
        self._of_sheet: Values = dict(asked.given)
        for text in sheet_texts(table):
            self._of_sheet |= form.said_by(text)
        self._require_columns()

    def _require_columns(self) -> None:
        """Report a missing required column only once, not for every row."""
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
        """Read a row, and add the row or its problems to the result."""
        before = len(self._reading.problems)
        cells = self._pieced(line) if self._is_pieced else line.cells
        shape = self._shape(cells)
        read = [
            self._read_cell(line, place, cells[at]) if (said := known(cells[at])) is None else said
            for at, known, place in shape.sought
        ]
        found: Values = {}
        for said in read:
            found |= said
        if line.continues or len(found) != sum(map(len, read)):
            found = self._joined(line, cells, shape, read)
        around = (
            self._of_sheet | self._form.said_by(line.section) if line.section else self._of_sheet
        )
        self._require_values(line, found, around)
        if len(self._reading.problems) == before:
            values = around | found if around else found
            entry = Entry(self._table.sheet, line.number, values, shape.columns)
            self._reading.entries.append(entry)

    def _shape(self, cells: Sequence[Cell]) -> Shape:
        empty = tuple([cell is None for cell in cells])
        shape = self._shapes.get(empty)
        if shape is None:
            filled = tuple(place for place in self._columns if not empty[place.at])
            sought = tuple((place.at, place.known.get, place) for place in filled)
            shape = Shape(filled, sought, {place.column.field: place.name for place in filled})
            self._shapes[empty] = shape
        return shape

    def _joined(
        self, line: Line, cells: Sequence[Cell], shape: Shape, read: list[Values]
    ) -> Values:
        """Combine the values of a row's cells.

        This function is needed only if two columns give values for the same field, or if the name
        in the row comes from a merged cell that begins in an earlier row.
        """
        found: Values = {}
        said_in: dict[str, str] = {}
        for (at, column, name, _), said in zip(shape.filled, read, strict=True):
            for field, value in said.items():
                if field in found:
                    other = (said_in[field], found[field])
                    value = self._both(line, (name, value), other, _shown(column, cells[at]))
                found[field], said_in[field] = value, name
        if line.continues and any(name != "name" for name in found):
            self._continued(line, said_in)
        return found

    def _pieced(self, line: Line) -> list[Cell]:
        """Return a row's cells.

        Dates in three columns are joined, and each answer of the clerk replaces the cell that the
        clerk was asked about.
        """
        cells = list(line.cells)
        for place in self._columns:
            cells[place.at] = self._cell(line, place.at)
        return cells

    def _cell(self, line: Line, place: int) -> Cell:
        split = self._table.block.split
        cell = line.cells[place]
        if place in split:
            cell = _whole_day([line.cells[each] for each in split[place]])
        return self._asked.answers.get(self._key(line, place), cell)

    def _read_cell(self, line: Line, place: Place, cell: Cell) -> Values:
        """Return the values of a cell.

        If the cell is unclear, add a problem and return no value. If the column's `asides` contain
        the problem's kind, add a remark instead, and return the values that are certain.

        If a text has no problem, no remark, and no mark such as ★ beside a name, its values are
        kept in `known`, and later cells with the same text reuse them. Other texts are read again
        in each cell, so that each of their problems and remarks is collected.
        """
        at, column, name, known = place
        try:
            said = column.read(cell)
            if column.is_past:
                self._require_past(said)
        except Unread as error:
            if error.kind in column.asides:
                self._remarks.aside(name, error, _shown(column, cell))
                return error.said
            if column.private is not None:
                hidden = _shown(column, cell)
                error.sentence = error.sentence.replace(as_text(cell), hidden)
            key = self._key(line, at)
            self._problem(line.number, name, _shown(column, cell), error, key)
            return {column.field: None}
        if "mark" in said or "beside" in said:
            return self._apart(line, name, cell, said)
        if type(cell) is str:
            known[cell] = said
        return said

    def _both(
        self, line: Line, said: tuple[str, Any], other: tuple[str, Any], shown_as: str
    ) -> Any:  # noqa: ANN401 - fields have values of any type
        """Combine the values that two columns give for the same field.

        Two lists are joined. Two values that are not lists must be equal.
        """
        (name, value), (other_name, before) = said, other
        if isinstance(value, list) and isinstance(before, list):
            return list(dict.fromkeys([*before, *value]))
        if value is None or before is None:
            return before if value is None else value
        if before != value:
            self._problem(line.number, name, shown_as, _conflict(other_name), None)
        return value

    def _key(self, line: Line, place: int) -> str:
        """Return the key under which the clerk's answer for a cell is stored."""
        return f"{line.number} {place} {self._table.sheet}"

    def _require_past(self, said: Values) -> None:
        for value in said.values():
            for day in value if type(value) is list else (value,):
                if isinstance(day, date) and day > self._today:
                    raise say_future(day)

    def _apart(self, line: Line, name: str, cell: Cell, said: Values) -> Values:
        """Return a cell's values without the mark and remarks beside the name.

        The clerk is asked what a mark such as ★ means. The remarks are reported, but not stored.
        """
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
            "the cell of the name is merged with the cell above; write one line per person",
        )
        name = next(iter(said_in.values()))
        self._problem(line.number, name, "", error, None)

    def _require_values(self, line: Line, found: Values, around: Values) -> None:
        for column in self._needed:
            if column.field not in found and column.field not in around:
                place = next(each for each in self._columns if each.column.field == column.field)
                missing = Unread("missing", "没有填", "is missing")
                key = self._key(line, place.at)
                self._problem(line.number, place.name, "", missing, key)

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
    """Join the cells for year, month and day into one date; return None if all three are empty."""
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
        f"contradicts “{shown(other)}”",
    )


def _shown(column: Column, cell: Cell) -> str:
    """Format a cell as the clerk sees it; personal data are masked."""
    text = as_text(cell)
    if column.private is None:
        return text
    first, last = column.private
    return f"{text[:first]}***{text[-last:] if last else ''}" if len(text) > first + last else "***"
