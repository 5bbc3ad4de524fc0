"""A text too long for an Excel cell is refused, never cut; sheet names and headers are shortened.

Excel counts a rare Han character as two characters.
"""

import io
from collections.abc import Callable
from datetime import date

import openpyxl
import pytest

from partyctl.errors import Refused
from partyctl.papers.sheets.books import Book, Sheet

RARE = "𠮷"
WRITERS: dict[str, Callable[[Sheet, str], None]] = {
    "a text": lambda sheet, text: sheet.text(0, 0, text),
    "a note": lambda sheet, text: sheet.note(0, text),
    "a title": lambda sheet, text: sheet.title(0, 3, text),
}


@pytest.mark.parametrize("what", WRITERS)
@pytest.mark.parametrize(("character", "most"), [("字", 32_767), (RARE, 16_383)])
def test_a_text_is_written_whole_or_refused(what: str, character: str, most: int):
    book = Book("t", date(2026, 1, 1))
    sheet = book.sheet("t")
    with pytest.raises(Refused):
        WRITERS[what](sheet, character * (most + 1))
    WRITERS[what](sheet, character * most)
    cells = openpyxl.load_workbook(io.BytesIO(book.content())).worksheets[0]
    assert cells["A1"].value == character * most


def test_the_name_of_a_sheet_is_short_enough_for_excel():
    book = Book("t", date(2026, 1, 1))
    for _ in range(2):
        book.sheet(RARE * 40)
    names = openpyxl.load_workbook(io.BytesIO(book.content())).sheetnames
    assert names == [RARE * 14, f"{RARE * 14} 2"]


def test_a_header_and_a_footer_are_short_enough_for_excel():
    book = Book("t", date(2026, 1, 1))
    book.sheet("t").heading(0, title=RARE * 200, foot=f"{RARE}{'&' * 200}", sideways=False)
    page = openpyxl.load_workbook(io.BytesIO(book.content())).worksheets[0]
    for part in (page.oddHeader.center.text, page.oddFooter.left.text):
        assert len(part.encode("utf-16-le")) // 2 <= 250
