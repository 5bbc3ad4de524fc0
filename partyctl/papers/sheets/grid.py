"""Read the cells of a workbook's sheets, and fill in the values of merged ranges.

Only this module uses the library that reads Excel files, and only after `guard` has accepted the
file.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from partyctl.bilingual import Told
from partyctl.errors import BadInput
from partyctl.language import say, worded
from partyctl.ledger.file import handed_in
from partyctl.light import NamedTuple
from partyctl.papers.sheets.contents import Lost, Place
from partyctl.papers.sheets.guard import MAX_FILE_MB, guard
from partyctl.papers.sheets.parts import custom_properties, sheet_parts
from partyctl.text import printable

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

Cell: TypeAlias = str | int | float | bool | date | datetime | time | timedelta | Lost | None
"""A cell's value: text as typed, a number, a date, true or false, None, or a value that was lost."""

EXACT_BELOW = 2**53
"""Excel stores numbers as floats. Numbers of this size or more lose their last digits."""

SHOWN_CHARACTERS = 30


class Merge(NamedTuple):
    """A merged range: its first and last row and column, counted from 0."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass
class Grid:
    """One sheet and all its rows, beginning with the sheet's first row.

    All rows have the same length.
    """

    name: str
    rows: list[list[Cell]]
    merges: list[Merge] = field(default_factory=list)

    @property
    def width(self) -> int:
        """The number of columns."""
        return len(self.rows[0]) if self.rows else 0

    @cached_property
    def continued(self) -> dict[int, dict[int, Cell]]:
        """The values that the lower rows of merged ranges get, keyed by row and column.

        These rows get the value of the range's first cell, because Excel stores no value for them.
        If a range covers several columns, only the first of these columns gets the value; the
        other columns stay empty, as they are in the range's first row.
        """
        below: dict[int, dict[int, Cell]] = {}
        for merge in self.merges:
            if (said := self.rows[merge.top][merge.left]) is not None:
                for row in range(merge.top + 1, merge.bottom + 1):
                    below.setdefault(row, {})[merge.left] = said
        return below


@dataclass(frozen=True)
class Book:
    """A workbook: its visible sheets, its hidden sheets, and its properties."""

    grids: list[Grid]
    hidden: list[Grid]
    properties: dict[str, str]


def open_book(path: Path) -> Book:
    """Read a workbook. Raises the errors that `guard` raises, and BadInput for a damaged file."""
    lost = guard(path)
    workbook, sheets = _open(path)
    parts = sheet_parts(path)
    grids: dict[bool, list[Grid]] = {True: [], False: []}
    for index, name, is_visible in sheets:
        grid = _grid(path, workbook, index, name)
        for (row, column), why in lost.get(parts.get(name, ""), {}).items():
            _put_lost(grid, (row - 1, column - 1), why)
        grids[is_visible].append(grid)
    return Book(grids[True], grids[False], custom_properties(path))


def _open(path: Path) -> "tuple[CalamineWorkbook, list[tuple[int, str, bool]]]":
    from python_calamine import SheetTypeEnum, SheetVisibleEnum, load_workbook

    try:
        # Pass an open file, not its name, because the library might infer from the name a format
        # that `guard` has not checked.
        with handed_in.opened(path, MAX_FILE_MB) as file:
            workbook = load_workbook(file)
        return workbook, [
            (index, sheet.name, sheet.visible == SheetVisibleEnum.Visible)
            for index, sheet in enumerate(workbook.sheets_metadata)
            if sheet.typ == SheetTypeEnum.WorkSheet
        ]
    except BaseException as failure:
        raise _explained(failure, path) from None


def _explained(failure: BaseException, path: Path) -> BaseException:
    # The callers catch BaseException, because a panic in the library's Rust code raises an error
    # that is not an Exception. The errors listed below are not caused by the workbook.
    is_ours = isinstance(failure, OSError | KeyboardInterrupt | SystemExit | MemoryError)
    if is_ours:
        return failure
    return BadInput(
        say(
            f"不能导入 {path}：工作簿已损坏；请在 Excel 或 WPS 中打开后另存为 .xlsx。",
            f"Cannot import {path}: the workbook is damaged; open it in Excel and save it as"
            " .xlsx.",
        )
    )


def _grid(path: Path, workbook: "CalamineWorkbook", index: int, name: str) -> Grid:
    try:
        sheet = workbook.get_sheet_by_index(index)
        rows = sheet.to_python(skip_empty_area=False)
        ranges = _ranges(sheet)
    except BaseException as failure:
        raise _explained(failure, path) from None
    # The library returns "" for an empty cell; a cell that has only blanks counts as empty, too.
    cells: list[list[Cell]] = [
        [None if type(value) is str and not value.strip() else value for value in row]
        for row in rows
    ]
    grid = Grid(name, cells)
    grid.merges = _within(path, grid, ranges)
    return grid


def _ranges(sheet: "CalamineSheet") -> Sequence[tuple[tuple[int, int], tuple[int, int]]]:
    return sheet.merged_cell_ranges or ()


def _within(
    path: Path, grid: Grid, ranges: Sequence[tuple[tuple[int, int], tuple[int, int]]]
) -> list[Merge]:
    """Return the merged ranges inside the filled part of the sheet.

    Raises BadInput if two ranges overlap.
    """
    height, width = len(grid.rows), grid.width
    taken = bytearray(height * width)
    kept = []
    for (top, left), (bottom, right) in ranges:
        merge = Merge(top, left, min(bottom, height - 1), min(right, width - 1))
        if merge.top > merge.bottom or merge.left > merge.right:
            continue
        across = merge.right - merge.left + 1
        for row in range(merge.top, merge.bottom + 1):
            start = row * width + merge.left
            if any(taken[start : start + across]):
                raise _overlap(path, grid, merge)
            taken[start : start + across] = b"\1" * across
        kept.append(merge)
    return kept


def _overlap(path: Path, grid: Grid, merge: Merge) -> BadInput:
    place = say(f"第 {merge.top + 1} 行", f"row {merge.top + 1}")
    return BadInput(
        say(
            f"不能导入 {path}：表“{shown(grid.name)}”{place}的合并单元格互相重叠，"
            "请在 Excel 或 WPS 中取消合并后另存。",
            f"Cannot import {path}: merged cells overlap in {place} of sheet"
            f" “{shown(grid.name)}”; unmerge them and save the workbook.",
        )
    )


def _put_lost(grid: Grid, place: Place, why: Lost) -> None:
    """Write into a cell why its value was lost.

    If the library returned too few rows or columns for this cell, add rows and columns.
    """
    row, column = place
    while len(grid.rows) <= row:
        grid.rows.append([None] * grid.width)
    if grid.width <= column:
        more = column + 1 - grid.width
        grid.rows[:] = [[*cells, *[None] * more] for cells in grid.rows]
    grid.rows[row][column] = why


def shown(text: str) -> str:
    """Format the name of a sheet or column for use in a sentence."""
    return printable(text, lines=False)[:SHOWN_CHARACTERS]


def as_text(cell: Cell) -> str:
    """Format a cell approximately as Excel shows it."""
    if type(cell) is str:
        return cell.strip()
    match cell:
        case None:
            return ""
        case Lost():
            return worded(LOST_SHOWN[cell])
        case bool():
            return say("TRUE", "TRUE") if cell else say("FALSE", "FALSE")
        case float():
            return str(int(cell)) if cell.is_integer() and abs(cell) < EXACT_BELOW else repr(cell)
        case datetime():
            is_day = cell.time() == time()
            return cell.date().isoformat() if is_day else cell.isoformat(" ", "minutes")
    return str(cell).strip()


LOST_SHOWN = {
    Lost.UNCALCULATED: Told("（没有算过的公式）", "(a formula that was never calculated)"),
    Lost.ERROR: Told("（公式出错）", "(an error)"),
}
