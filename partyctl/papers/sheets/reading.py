"""A workbook read as a form: what each line says, what is unclear, what was passed over."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from partyctl.errors import BadInput, NoSuchRecord
from partyctl.language import say
from partyctl.papers.sheets.days import say_future
from partyctl.papers.sheets.form import Column, Form, Values
from partyctl.papers.sheets.grid import Book, Cell, Grid, as_text, open_book, shown
from partyctl.papers.sheets.people import MEANINGS, unclear_mark
from partyctl.papers.sheets.tables import Line, Table, sheet_texts, tables_of
from partyctl.papers.sheets.unread import Unread


class Entry(NamedTuple):
    """A line that could be read, with the names of its columns by field."""

    sheet: str
    row: int
    values: Values
    columns: dict[str, str]


class Problem(NamedTuple):
    """What is unclear or wrong: where, and why; `key` is where an answer to it belongs."""

    sheet: str
    row: int
    column: str
    value: str
    sentence: str
    kind: str = ""
    choices: tuple[str, ...] = ()
    key: str | None = None


@dataclass
class Reading:
    """All that a workbook says: its lines, what is unclear, and remarks about what is not read."""

    book: Book
    entries: list[Entry] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    tables: int = 0


@dataclass(frozen=True)
class Asked:
    """What the command says of a reading: one sheet alone, today, what holds of every line.

    `answers` are those given on the terminal, by the key of the problem.
    """

    today: date
    sheet: str | None = None
    given: Mapping[str, Any] = field(default_factory=dict)
    answers: Mapping[str, str] = field(default_factory=dict)
    advance: Callable[[int, int], None] = lambda done, total: None


def read_sheets(path: Path, form: Form, asked: Asked) -> Reading:
    """Read every visible sheet that has the form's head, or the one that is named.

    Raises what open_book raises, NoSuchRecord for a sheet that is not there, and BadInput where
    no sheet has such a head.
    """
    book = open_book(path)
    reading = Reading(book)
    tables = [
        table for grid in _chosen(path, book, asked.sheet) for table in _found(grid, form, reading)
    ]
    if not tables:
        raise _no_head(path, form)
    reading.tables = len(tables)
    if what := book.properties.get("partyctl-what"):
        asked = replace(asked, given={**form.of_what(what), **asked.given})
    remarks = _Remarks()
    total = sum(len(table.lines) for table in tables)
    done = 0
    for table in tables:
        reader = _TableReader(table, form, asked, reading, remarks)
        for line in table.lines:
            reader.read(line)
            done += 1
            asked.advance(done, total)
    reading.remarks += remarks.sentences(tables)
    return reading


def _chosen(path: Path, book: Book, name: str | None) -> list[Grid]:
    if name is None:
        return book.grids
    found = [grid for grid in book.grids if grid.name.strip() == name.strip()]
    if not found:
        known = "、".join(shown(grid.name) for grid in book.grids)
        raise NoSuchRecord(
            say(
                f"{path} 里没有表“{shown(name)}”；有：{known}。",
                f"{path} has no sheet “{shown(name)}”; it has: {known}.",
            ),
            f"--sheet {book.grids[0].name if book.grids else '…'}",
        )
    return found


def _found(grid: Grid, form: Form, reading: Reading) -> list[Table]:
    tables = tables_of(grid, form)
    if not tables and any(cell is not None for row in grid.rows for cell in row):
        reading.remarks.append(
            say(
                f"表“{shown(grid.name)}”没有认出列名，没有读。",
                f"Sheet “{shown(grid.name)}” has no head that is known, and was not read.",
            )
        )
    for table in tables:
        if table.head.unlike and table.block is table.head.blocks[0]:
            reading.problems.append(_unlike(table))
    return tables


def _unlike(table: Table) -> Problem:
    sentence = say(
        "两张表并排，列名不一样；请拆成两张工作表",
        "two tables stand side by side with different columns; put each on a sheet of its own",
    )
    return Problem(table.sheet, table.head.top + 1, "", "", sentence, "side-by-side")


class NoHead(BadInput):
    """No sheet of a workbook has the head of a form."""


def _no_head(path: Path, form: Form) -> NoHead:
    key = next(column for column in form.columns if column.is_key)
    needed = "、".join(column.name for column in form.columns if column.is_needed or column is key)
    return NoHead(
        say(
            f"{path} 里没有认出表头：要有一行列名，至少有“{needed}”。",
            f"{path} has no head that is known: a line of column names with at least “{needed}”.",
        ),
        f"partyctl {form.noun} sheet -o …",
    )


class _Remarks:
    """What was passed over, gathered so that each thing is said once."""

    def __init__(self) -> None:
        self._asides: dict[tuple[str, str, str], list[str]] = {}
        self._beside: dict[str, int] = {}

    def aside(self, column: str, error: Unread, value: str) -> None:
        """A cell that stays unread for a reason which its column allows."""
        values = self._asides.setdefault((column, error.kind, error.sentence), [])
        values.append(value)

    def beside(self, remarks: tuple[str, ...]) -> None:
        """What stood in brackets beside a name."""
        for remark in remarks:
            self._beside[remark] = self._beside.get(remark, 0) + 1

    def sentences(self, tables: list[Table]) -> list[str]:
        """The remarks, one a column or a kind."""
        return [*self._unknown(tables), *self._kept_out(), *self._besides(), *self._passed(tables)]

    def _unknown(self, tables: list[Table]) -> list[str]:
        names = dict.fromkeys(name for table in tables for name in table.block.unkept)
        if not names:
            return []
        listed = "、".join(shown(name) for name in names)
        return [say(f"没有登记这些列：{listed}。", f"These columns are not kept: {listed}.")]

    def _kept_out(self) -> list[str]:
        grouped: dict[tuple[str, str], list[str]] = {}
        reasons: dict[tuple[str, str], str] = {}
        for (column, kind, sentence), values in self._asides.items():
            grouped.setdefault((column, kind), []).extend(values)
            reasons[column, kind] = sentence
        return [
            say(
                f"“{shown(column)}”有 {len(values)} 处没有登记（{_some(values)}）：{reasons[column, kind]}。",
                f"“{shown(column)}”: {len(values)} not kept ({_some(values)}): {reasons[column, kind]}.",
            )
            for (column, kind), values in grouped.items()
        ]

    def _besides(self) -> list[str]:
        if not self._beside:
            return []
        listed = "、".join(f"{remark}（{count}）" for remark, count in self._beside.items())
        return [
            say(f"姓名旁的附注没有登记：{listed}。", f"Remarks beside names not kept: {listed}.")
        ]

    def _passed(self, tables: list[Table]) -> list[str]:
        lines = [
            say(
                f"{shown(table.sheet)} 第 {row} 行“{shown(words)}”",
                f"{shown(table.sheet)} row {row} “{shown(words)}”",
            )
            for table in tables
            for row, words in table.passed_over
        ]
        if not lines:
            return []
        listed = "；".join(lines[:MOST_PASSED])
        more = len(lines) - MOST_PASSED
        if more > 0:
            listed += say(f"；另 {more} 行", f"; {more} more")
        return [say(f"不是数据的行，跳过：{listed}。", f"Passed over, no records: {listed}.")]


MOST_PASSED = 12


def _some(values: list[str]) -> str:
    different = list(dict.fromkeys(values))
    more = "…" if len(different) > 3 else ""
    return "、".join(shown(value) for value in different[:3]) + more


class _TableReader:
    """Reads the lines of one table."""

    def __init__(
        self, table: Table, form: Form, asked: Asked, reading: Reading, remarks: _Remarks
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
