"""Write a list as CSV.

The file is UTF-8 with a BOM for Excel. If a text looks like a formula, an apostrophe is put before
it, so that spreadsheet programs do not calculate it.
"""

import csv
import io
import re
from codecs import BOM_UTF8

from partyctl.papers.listings.listing import Listing
from partyctl.text import FORMULA_SIGNS

STARTS_A_FORMULA = tuple(f"{FORMULA_SIGNS}\t\r\n")
"""Spreadsheet programs treat a cell that begins with one of these characters as a formula."""

NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")


def as_csv(listing: Listing) -> bytes:
    """Return a file with the tables, one below the other.

    If the list has no tables, the file contains the list's text.
    """
    written = io.StringIO(newline="")
    writer = csv.writer(written)
    blocks = listing.blocks
    for place, block in enumerate(blocks):
        if place:
            writer.writerow([])
        writer.writerow([as_text(cell) for cell in block.headings])
        writer.writerows([as_text(cell) for cell in row.cells] for row in block.rows)
    if not blocks:
        writer.writerows([as_text(text)] for text in listing.texts)
    return BOM_UTF8 + written.getvalue().encode()


def as_text(cell: str) -> str:
    """Return a cell's text. If the text looks like a formula, put an apostrophe before the text.

    A number with a sign, such as -3.5, is not a formula.
    """
    is_formula = cell.startswith(STARTS_A_FORMULA) and not NUMBER.fullmatch(cell)
    return f"'{cell}" if is_formula else cell
