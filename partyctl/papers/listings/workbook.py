"""Write a list as an Excel workbook: a sheet for each table, with a frozen heading.

Successive tables with the same columns share one sheet.
"""

import re
from datetime import date

from partyctl.papers.listings.listing import Block, Listing, Row
from partyctl.papers.sheets.books import HEADING, MONEY, Book, Sheet, Style, fitting

AMOUNT = re.compile(r"[0-9]{1,12}\.[0-9]{2}")
ORDINAL = re.compile(r"[0-9]{1,9}")
NUMBERS = "#"
"""The heading of the column with record numbers."""

SIDEWAYS_FROM = 90
"""Tables wider than this many characters are printed in landscape."""

TONES: dict[str, Style] = {
    "breach": {"font_color": "#B00020", "bold": True},
    "overdue": {"font_color": "#C62828"},
    "advised": {"font_color": "#8A6D00"},
    "due": {"font_color": "#00695C"},
    "late": {"font_color": "#8E24AA"},
    "met": {"font_color": "#2E7D32"},
    "waived": {"font_color": "#777777"},
}


def as_workbook(listing: Listing, created: date) -> bytes:
    """Return the workbook: a sheet per table, and the text below the last table. Raises Refused."""
    book = Book(listing.name, created)
    notes = [*listing.texts, *([listing.foot] if listing.foot else [])]
    blocks = listing.blocks
    for place, block in enumerate(blocks):
        name = block.title or listing.name
        is_last = place + 1 == len(blocks)
        _write(book.sheet(name), block, listing, notes if is_last else [])
    if not blocks:
        sheet = book.sheet(listing.name)
        for place, note in enumerate(notes):
            sheet.note(place, note)
    return book.content()


def _write(sheet: Sheet, block: Block, listing: Listing, notes: list[str]) -> None:
    columns = list(zip(block.headings, *(row.cells for row in block.rows), strict=True))
    widths = [fitting(column) for column in columns]
    sheet.widths(widths)
    for column, name in enumerate(block.headings):
        sheet.text(0, column, name, HEADING)
    for number, row in enumerate(block.rows, start=1):
        _write_row(sheet, number, block.headings, row)
    sheet.heading(
        0,
        title=block.title or listing.name,
        foot=listing.foot,
        sideways=sum(widths) > SIDEWAYS_FROM,
    )
    sheet.filter(0, len(block.rows), len(columns))
    for place, note in enumerate(notes, start=len(block.rows) + 2):
        sheet.note(place, note)


def _write_row(sheet: Sheet, number: int, headings: tuple[str, ...], row: Row) -> None:
    tone = TONES.get(row.tone or "", {})
    for column, (name, cell) in enumerate(zip(headings, row.cells, strict=True)):
        if AMOUNT.fullmatch(cell):
            sheet.number(number, column, float(cell), MONEY, tone)
        elif name == NUMBERS and ORDINAL.fullmatch(cell):
            sheet.number(number, column, int(cell), tone)
        else:
            sheet.text(number, column, cell, tone)
