"""Read the sheets of a workbook that have a form's columns; return rows, problems and remarks."""

from dataclasses import replace
from pathlib import Path

from partyctl.errors import BadInput, NoSuchRecord
from partyctl.language import comma_list, say
from partyctl.papers.sheets.form import Form
from partyctl.papers.sheets.grid import Book, Grid, open_book, shown
from partyctl.papers.sheets.lines import Asked, Problem, Reading
from partyctl.papers.sheets.remarks import Remarks
from partyctl.papers.sheets.table_reader import TableReader
from partyctl.papers.sheets.tables import Table, tables_of


def read_sheets(path: Path, form: Form, asked: Asked) -> Reading:
    """Read every visible sheet that has the form's heading, or only the named sheet.

    Raises the errors that `open_book` raises, NoSuchRecord if the workbook has no sheet with the
    given name, and BadInput if no sheet has the form's heading.
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
    remarks = Remarks()
    total = sum(len(table.lines) for table in tables)
    done = 0
    for table in tables:
        reader = TableReader(table, form, asked, reading, remarks)
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
        known = comma_list(shown(grid.name) for grid in book.grids)
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
                f"Sheet “{shown(grid.name)}” has no known heading, and was not read.",
            )
        )
    for table in tables:
        if table.head.unlike and table.block is table.head.blocks[0]:
            reading.problems.append(_unlike(table))
    return tables


def _unlike(table: Table) -> Problem:
    sentence = say(
        "两张表并排，列名不一样；请拆成两张工作表",
        "two tables side by side have different columns; put each table on its own sheet",
    )
    return Problem(table.sheet, table.head.top + 1, "", "", sentence, "side-by-side")


class NoHead(BadInput):
    """The error for a workbook in which no sheet has the form's heading."""


def _no_head(path: Path, form: Form) -> NoHead:
    key = next(column for column in form.columns if column.is_key)
    needed = comma_list(column.name for column in form.columns if column.is_needed or column is key)
    return NoHead(
        say(
            f"{path} 里没有认出表头：要有一行列名，至少有“{needed}”。",
            f"{path} has no heading that partyctl knows: it needs a line of column names, "
            f"with at least “{needed}”.",
        ),
        f"partyctl {form.noun} sheet -o …",
    )
