"""Write Excel workbooks.

Text is written as text, and every formula is stored with its value. Without a value, xlsxwriter
would store 0, and programs that do not calculate formulas would show this 0. So the method
`formula` has a parameter for the value that partyctl computed. Only this module uses xlsxwriter.
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
"""The maximum numbers of characters in a cell and of rows in a sheet.

The library xlsxwriter silently drops everything beyond these limits. Excel counts in UTF-16, so a
rare Han character counts as two characters.
"""

# Excel's limit for a page header is 255 characters, and each & counts twice.
LONGEST_HEADER, LONGEST_SHEET_NAME = 120, 28
NOT_IN_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\'", "·"))
"""Replaces the characters that are not allowed in a sheet's name."""

FACE = "宋体"
PLAIN = {"font_name": FACE, "font_size": 11, "valign": "vcenter", "text_wrap": True}
BORDERED = {"border": 1}
HEADING = {"bold": True, "align": "center", "bg_color": "#EDEDED"}
MONEY = {"num_format": "0.00", "align": "right"}
TITLE = {"font_size": 18, "bold": True, "align": "center"}

Style = dict[str, Any]


class Book:
    """A workbook that is made in memory.

    `created`: the date in the workbook's properties. The caller gives this date, because a date
    from the clock would make the bytes differ between days.
    """

    def __init__(self, title: str, created: date, properties: dict[str, str] | None = None) -> None:
        from xlsxwriter import Workbook  # slow (60 ms), so imported only to write a workbook

        self._file = io.BytesIO()
        self._book: Workbook = Workbook(self._file, {"in_memory": True, "constant_memory": False})
        moment = datetime(created.year, created.month, created.day, tzinfo=UTC).replace(tzinfo=None)
        self._book.set_properties({"title": title, "author": "partyctl", "created": moment})
        for name, text in (properties or {}).items():
            self._book.set_custom_property(name, text)
        self._formats: dict[tuple[tuple[str, Any], ...], Format] = {}

    def sheet(self, name: str) -> "Sheet":
        """Add a sheet; change its name if Excel would refuse the name."""
        taken = {each.name.lower() for each in self._book.worksheets()}
        fit = _cut(name.translate(NOT_IN_NAMES), LONGEST_SHEET_NAME) or "1"
        number = 2
        unique = fit
        while unique.lower() in taken:
            unique, number = f"{fit} {number}", number + 1
        return Sheet(self, self._book.add_worksheet(unique))

    def style(self, *parts: Style) -> "Format":
        """Return the format for a combination of styles. Each format is made only once."""
        merged = PLAIN | {name: value for part in parts for name, value in part.items()}
        key = tuple(sorted(merged.items()))
        if key not in self._formats:
            self._formats[key] = self._book.add_format(merged)
        return self._formats[key]

    def content(self) -> bytes:
        """Return the workbook's bytes; nothing can be written to the workbook afterwards."""
        self._book.close()
        return self._file.getvalue()


class Sheet:
    """A sheet of a workbook. Rows and columns are counted from 0."""

    def __init__(self, book: Book, sheet: "Worksheet") -> None:
        self._book = book
        self._sheet = sheet

    def text(self, row: int, column: int, text: str, *styles: Style) -> None:
        """Write a text unchanged, even if it looks like a formula.

        Raises Refused if the text is too long for Excel, or if the row is below Excel's last row.
        """
        if _is_too_long(text) or row >= LONGEST_SHEET:
            raise _too_large()
        self._sheet.write_string(row, column, text, self._book.style(BORDERED, *styles))

    def money(self, row: int, column: int, fen: int | None, *styles: Style) -> None:
        """Write an amount in yuan as a number; leave the cell empty if the amount is unknown."""
        if fen is None:
            self._sheet.write_blank(row, column, None, self._book.style(BORDERED, *styles))
        else:
            self.number(row, column, fen / 100, MONEY, *styles)

    def number(self, row: int, column: int, number: float, *styles: Style) -> None:
        """Write a number. Raises Refused if the row is below Excel's last row."""
        if row >= LONGEST_SHEET:
            raise _too_large()
        self._sheet.write_number(row, column, number, self._book.style(BORDERED, *styles))

    def formula(self, row: int, column: int, formula: str, *styles: Style, value: float) -> None:
        """Write a formula and its value, because some programs do not calculate formulas."""
        self._sheet.write_formula(row, column, formula, self._book.style(BORDERED, *styles), value)

    def total(self, row: int, column: int, first: int, fen: int) -> None:
        """Write the sum of the amounts in a column, from row `first` to the row above the sum."""
        area = f"{cell_name(first, column)}:{cell_name(row - 1, column)}"
        self.formula(row, column, f"=SUM({area})", MONEY, {"bold": True}, value=fen / 100)

    def row_sum(self, row: int, column: int, first: int, last: int, fen: int) -> None:
        """Write the sum of a row's amounts in the columns from `first` to `last`."""
        area = f"{cell_name(row, first)}:{cell_name(row, last)}"
        self.formula(row, column, f"=SUM({area})", MONEY, value=fen / 100)

    def rest(self, row: int, column: int, whole: int, part: int, fen: int) -> None:
        """Write the difference of two amounts, or zero if the difference would be negative."""
        left = f"=MAX(ROUND({cell_name(row, whole)}-{cell_name(row, part)},2),0)"
        self.formula(row, column, left, MONEY, value=fen / 100)

    def title(self, row: int, columns: int, text: str, *styles: Style) -> None:
        """Write a line that extends over several columns. Raises Refused if the text is too long."""
        if _is_too_long(text):
            raise _too_large()
        form = self._book.style(*(styles or (TITLE,)))
        if columns > 1:
            self._sheet.merge_range(row, 0, row, columns - 1, "", form)
        self._sheet.write_string(row, 0, text, form)

    def note(self, row: int, text: str) -> None:
        """Write a line below a table. Raises Refused for the same reasons as the method `text`."""
        if _is_too_long(text) or row >= LONGEST_SHEET:
            raise _too_large()
        form = self._book.style({"font_color": "#666666", "font_size": 9, "text_wrap": False})
        self._sheet.write_string(row, 0, text, form)

    def height(self, row: int, points: float) -> None:
        """Set the height of a row."""
        self._sheet.set_row(row, points)

    def widths(self, columns: Sequence[float]) -> None:
        """Set the widths of columns, in ASCII characters."""
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
        """Offer a list of words in some cells.

        With `strict`, Excel refuses words that are not in the list.
        """
        rule = {"validate": "list", "source": list(words)}
        if not strict:
            rule |= {"error_type": "information"}
        self._sheet.data_validation(*first, *last, rule)

    def hide(self) -> None:
        """Hide the sheet from users; partyctl still reads it."""
        self._sheet.very_hidden()

    def heading(self, row: int, *, title: str, foot: str, sideways: bool) -> None:
        """Freeze the heading row and all rows above it, and repeat them on each printed page.

        The sheet is printed one page wide.
        """
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
        """Add a filter to a table's heading."""
        self._sheet.autofilter(row, 0, max(last, row), columns - 1)


def cell_name(row: int, column: int) -> str:
    """Return a cell's name for formulas, such as A1."""
    letters = ""
    number = column + 1
    while number:
        number, place = divmod(number - 1, 26)
        letters = chr(ord("A") + place) + letters
    return f"{letters}{row + 1}"


def fitting(cells: Sequence[str], *, widest: int = 60) -> int:
    """Return the width that a column needs for its cells, but at most `widest`; longer texts wrap."""
    lines = (line for cell in cells for line in cell.split("\n"))
    return min(max(map(width, lines), default=0) + 3, widest)


def _plain(text: str) -> str:
    """Shorten the text of a page header or footer, escape &, and replace line breaks by spaces."""
    return _cut(text.replace("\n", " "), LONGEST_HEADER).replace("&", "&&")


def _is_too_long(text: str) -> bool:
    """Whether a cell cannot hold a text."""
    return len(text) > LONGEST_CELL // 2 and _units(text) > LONGEST_CELL


def _units(text: str) -> int:
    """Return the number of UTF-16 units in a text."""
    return len(text) + sum(character > "\uffff" for character in text)


def _cut(text: str, longest: int) -> str:
    """Return the beginning of a text that has at most `longest` UTF-16 units."""
    cut = text[:longest]
    while _units(cut) > longest:
        cut = cut[:-1]
    return cut


def _too_large() -> Refused:
    return Refused(
        say(
            "内容超过 Excel 一格 32767 字或一表 1048576 行的上限，没有写出。",
            "Nothing was written: Excel stores at most 32,767 characters in a cell "
            "and 1,048,576 rows in a sheet.",
        ),
        "-o FILE.csv",
    )
