"""The rows of a workbook that somebody typed, each value under its column's name.

Only this module knows the library that reads Excel files, and it reads none that the guard refused.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from partyctl.errors import BadInput
from partyctl.language import say
from partyctl.papers.sheets.contents import COLUMNS
from partyctl.papers.sheets.guard import guard
from partyctl.text import printable

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

Cell: TypeAlias = str | int | date | bool | None
"""Text as typed, a whole number, a day, yes or no, or nothing."""

EXACT_BELOW = 2**53
"""Excel keeps numbers as floats: from here on the last digits typed are lost."""

SHOWN_CHARACTERS = 30


class Row(NamedTuple):
    """One line of a sheet below its column names."""

    sheet: str
    number: int
    """The line's number as Excel shows it at the left."""
    cells: dict[str, Cell]
    """By column name: full-width letters and brackets made plain (NFKC), ends trimmed."""


def read_rows(path: Path) -> Iterator[Row]:
    """The lines of a workbook's visible sheets; each sheet's first filled line names its columns.

    A number that is not whole, or has too many digits for Excel to keep, comes as the text of what
    Excel has kept (12.5, 1.101011990010112e+17). Times of day are dropped from dates. A formula
    that was never calculated and an error such as #N/A come as nothing.

    Raises what guard raises, and BadInput where the columns' names do not fit the sheet. The
    sheets are read one by one: take all rows before believing any.
    """
    guard(path)
    workbook, visible = _open(path)
    return chain.from_iterable(_rows(path, workbook, index, name) for index, name in visible)


def _open(path: Path) -> "tuple[CalamineWorkbook, list[tuple[int, str]]]":
    from python_calamine import SheetTypeEnum, SheetVisibleEnum, load_workbook

    try:
        # From a file's name the library would guess another format than the guard has checked.
        with path.open("rb") as file:
            workbook = load_workbook(file)
        return workbook, [
            (index, sheet.name)
            for index, sheet in enumerate(workbook.sheets_metadata)
            if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible
        ]
    except BaseException as failure:
        raise _explained(failure, path) from None


def _explained(failure: BaseException, path: Path) -> BaseException:
    # A panic of the library's Rust is no Exception.
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


def _rows(path: Path, workbook: "CalamineWorkbook", index: int, name: str) -> Iterator[Row]:
    filled = _filled_lines(path, workbook, index)
    _, first = next(filled, (0, []))
    headers = [_header(cell) for cell in first]
    _refuse_doubles(path, name, headers)
    for number, line in filled:
        _refuse_nameless(path, name, number, headers, line)
        pairs = zip(headers, line, strict=True)
        yield Row(name, number, {header: cell for header, cell in pairs if header})


def _filled_lines(
    path: Path, workbook: "CalamineWorkbook", index: int
) -> Iterator[tuple[int, list[Cell]]]:
    try:
        table = workbook.get_sheet_by_index(index).to_python(skip_empty_area=False)
    except BaseException as failure:
        raise _explained(failure, path) from None
    for number, line in enumerate(table, 1):
        cells = [_cell(value) for value in line]
        if any(cell is not None for cell in cells):
            yield number, cells


def _cell(value: object) -> Cell:
    match value:
        case float():
            is_exact = value.is_integer() and abs(value) < EXACT_BELOW
            # An exponent or a point in the text shows that these are not the digits typed.
            return int(value) if is_exact else repr(value)
        case datetime():
            return value.date()
        case str():
            return value if value.strip() else None
        case bool() | int() | date():
            return value
        case time() | timedelta():
            return str(value)
    return None


def _header(cell: Cell) -> str:
    return "" if cell is None else unicodedata.normalize("NFKC", str(cell)).strip()


def _refuse_doubles(path: Path, sheet: str, headers: Sequence[str]) -> None:
    doubled = next((name for at, name in enumerate(headers) if name and name in headers[:at]), None)
    if doubled is not None:
        raise BadInput(
            say(
                f"不能导入 {path}：表“{_shown(sheet)}”有两列都叫“{_shown(doubled)}”。",
                f"Cannot import {path}: sheet “{_shown(sheet)}” has two columns named"
                f" “{_shown(doubled)}”.",
            )
        )


def _refuse_nameless(
    path: Path, sheet: str, number: int, headers: Sequence[str], line: Sequence[Cell]
) -> None:
    for letters, header, cell in zip(COLUMNS, headers, line, strict=False):
        if not header and cell is not None:
            place = f"{letters}{number}"
            raise BadInput(
                say(
                    f"不能导入 {path}：表“{_shown(sheet)}”的 {place} 有内容，但该列没有列名；"
                    "第一个非空行必须是列名。",
                    f"Cannot import {path}: {place} of sheet “{_shown(sheet)}” is filled but its"
                    " column has no name; the first filled line must name the columns.",
                )
            )


def _shown(text: str) -> str:
    return printable(text, lines=False)[:SHOWN_CHARACTERS]
