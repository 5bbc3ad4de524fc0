"""Write Excel workbooks: text stays text, and every formula is stored with its value.

xlsxwriter stores 0 as a formula's value, and programs that do not calculate would show it. So `formula` takes
the value that we computed. Only this module uses the library.
"""

import io
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from partyctl.errors import Refused
from partyctl.language import say
from partyctl.text import width

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

A4 = 9
LONGEST_CELL, LONGEST_SHEET = 32_767, 1_048_576
"""Excel's limits of characters per cell and rows per sheet; it silently drops anything beyond."""

LONGEST_HEADER = 250
NOT_IN_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\'", "·"))
"""Characters not allowed in a sheet's name."""

FACE = "宋体"
PLAIN = {"font_name": FACE, "font_size": 11, "valign": "vcenter", "text_wrap": True}
BORDERED = {"border": 1}
HEADING = {"bold": True, "align": "center", "bg_color": "#EDEDED"}
MONEY = {"num_format": "0.00", "align": "right"}
TITLE = {"font_size": 18, "bold": True, "align": "center"}

Style = dict[str, Any]


class Book:
    """A workbook in memory; `created` is stored in its properties, so that the bytes are reproducible."""

    def __init__(self, title: str, created: date, properties: dict[str, str] | None = None) -> None:
        from xlsxwriter import Workbook  # slow (60 ms): only if written

        self._file = io.BytesIO()
        self._book: Workbook = Workbook(self._file, {"in_memory": True, "constant_memory": False})
        moment = datetime(created.year, created.month, created.day, tzinfo=UTC).replace(tzinfo=None)
        self._book.set_properties({"title": title, "author": "partyctl", "created": moment})
        for name, text in (properties or {}).items():
            self._book.set_custom_property(name, text)
        self._formats: dict[tuple[tuple[str, Any], ...], Format] = {}

    def sheet(self, name: str) -> "Sheet":
        """Add a sheet; its name is made valid for Excel."""
        taken = {each.name.lower() for each in self._book.worksheets()}
        fit = name.translate(NOT_IN_NAMES)[:28] or "1"
        number = 2
        unique = fit
        while unique.lower() in taken:
            unique, number = f"{fit} {number}", number + 1
        return Sheet(self, self._book.add_worksheet(unique))

    def style(self, *parts: Style) -> "Format":
        """A cell's format, made once."""
        merged = PLAIN | {name: value for part in parts for name, value in part.items()}
        key = tuple(sorted(merged.items()))
        if key not in self._formats:
            self._formats[key] = self._book.add_format(merged)
        return self._formats[key]

    def content(self) -> bytes:
        """The workbook's bytes; nothing can be written to it afterwards."""
        self._book.close()
        return self._file.getvalue()


class Sheet:
    """A sheet of a workbook, by row and column from 0."""

    def __init__(self, book: Book, sheet: "Worksheet") -> None:
        self._book = book
        self._sheet = sheet

    def text(self, row: int, column: int, text: str, *styles: Style) -> None:
        """Write any text unchanged, even if it looks like a formula.

        Raises Refused if Excel cannot store it.
        """
        if len(text) > LONGEST_CELL or row >= LONGEST_SHEET:
            raise _too_large()
        self._sheet.write_string(row, column, text, self._book.style(BORDERED, *styles))

    def money(self, row: int, column: int, fen: int | None, *styles: Style) -> None:
        """Write an amount in yuan as a number; an empty cell if unknown."""
        if fen is None:
            self._sheet.write_blank(row, column, None, self._book.style(BORDERED, *styles))
        else:
            self.number(row, column, fen / 100, MONEY, *styles)

    def number(self, row: int, column: int, number: float, *styles: Style) -> None:
        """Write a number. Raises Refused if Excel cannot store it."""
        if row >= LONGEST_SHEET:
            raise _too_large()
        self._sheet.write_number(row, column, number, self._book.style(BORDERED, *styles))

    def formula(self, row: int, column: int, formula: str, *styles: Style, value: float) -> None:
        """Write a formula with the value we computed, for readers that do not calculate."""
        self._sheet.write_formula(row, column, formula, self._book.style(BORDERED, *styles), value)

    def total(self, row: int, column: int, first: int, fen: int) -> None:
        """The sum of a column of amounts from its first row down to the row above."""
        area = f"{cell_name(first, column)}:{cell_name(row - 1, column)}"
        self.formula(row, column, f"=SUM({area})", MONEY, {"bold": True}, value=fen / 100)

    def row_sum(self, row: int, column: int, first: int, last: int, fen: int) -> None:
        """The sum of a row of amounts from one column to another."""
        area = f"{cell_name(row, first)}:{cell_name(row, last)}"
        self.formula(row, column, f"=SUM({area})", MONEY, value=fen / 100)

    def rest(self, row: int, column: int, whole: int, part: int, fen: int) -> None:
        """The difference of two amounts, never below zero."""
        left = f"=MAX(ROUND({cell_name(row, whole)}-{cell_name(row, part)},2),0)"
        self.formula(row, column, left, MONEY, value=fen / 100)

    def title(self, row: int, columns: int, text: str, *styles: Style) -> None:
        """A line across the columns."""
        form = self._book.style(*(styles or (TITLE,)))
        if columns > 1:
            self._sheet.merge_range(row, 0, row, columns - 1, "", form)
        self._sheet.write_string(row, 0, text, form)

    def note(self, row: int, text: str) -> None:
        """A line below a table."""
        if len(text) > LONGEST_CELL or row >= LONGEST_SHEET:
            raise _too_large()
        form = self._book.style({"font_color": "#666666", "font_size": 9, "text_wrap": False})
        self._sheet.write_string(row, 0, text, form)

    def height(self, row: int, points: float) -> None:
        """The height of a row."""
        self._sheet.set_row(row, points)

    def widths(self, columns: Sequence[float]) -> None:
        """The widths of columns, in ASCII characters."""
        for place, wide in enumerate(columns):
            self._sheet.set_column(place, place, wide)

    def choices(
        self,
        first: tuple[int, int],
        last: tuple[int, int],
        words: Sequence[str],
        *,
        strict: bool = True,
    ) -> None:
        """Cells with a validation list; if strict, nothing else can be typed."""
        rule = {"validate": "list", "source": list(words)}
        if not strict:
            rule |= {"error_type": "information"}
        self._sheet.data_validation(*first, *last, rule)

    def hide(self) -> None:
        """Hide the sheet, so that only programs find it."""
        self._sheet.very_hidden()

    def heading(self, row: int, *, title: str, foot: str, sideways: bool) -> None:
        """Freeze the rows down to the heading and print them on every page, one page wide."""
        self._sheet.freeze_panes(row + 1, 0)
        self._sheet.repeat_rows(0, row)
        self._sheet.set_paper(A4)
        self._sheet.fit_to_pages(1, 0)
        self._sheet.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.7)
        if sideways:
            self._sheet.set_landscape()
        if title:
            self._sheet.set_header(f"&C{_plain(title)}")
        self._sheet.set_footer(f"&L{_plain(foot)}&R&P/&N")

    def filter(self, row: int, last: int, columns: int) -> None:
        """A filter over a table's heading."""
        self._sheet.autofilter(row, 0, max(last, row), columns - 1)


def cell_name(row: int, column: int) -> str:
    """A cell's name in formulas: A1."""
    letters = ""
    number = column + 1
    while number:
        number, place = divmod(number - 1, 26)
        letters = chr(ord("A") + place) + letters
    return f"{letters}{row + 1}"


def fitting(cells: Sequence[str], *, widest: int = 60) -> int:
    """The width a column needs for its cells, up to a limit at which they wrap."""
    lines = (line for cell in cells for line in cell.split("\n"))
    return min(max(map(width, lines), default=0) + 3, widest)


def _plain(text: str) -> str:
    """Text for a page header, with & escaped."""
    return text.replace("\n", " ")[:120].replace("&", "&&")[:LONGEST_HEADER]


def _too_large() -> Refused:
    return Refused(
        say(
            "内容超过 Excel 一格 32767 字或一表 1048576 行的上限，没有写出。",
            "More than Excel holds in a cell (32,767 characters) or a sheet (1,048,576 rows).",
        ),
        "-o FILE.csv",
    )
