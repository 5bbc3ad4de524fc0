"""Write registers as Excel workbooks: one page wide, a heading on each page, totals as formulas."""

from collections.abc import Sequence
from datetime import date

from partyctl.language import say
from partyctl.papers.forms.dues import Assessment, DuesLine
from partyctl.papers.forms.registers import Column, Register
from partyctl.papers.labels import headed, label
from partyctl.papers.sheets.books import HEADING, TITLE, Book, Sheet
from partyctl.terms import Category, blank, stored_term
from partyctl.text import width

ABOUT = {"align": "left"}
TOTAL = {"bold": True}
CENTRED = {"align": "center"}
FIRST = 3
"""The row of the first entry. The title, the subtitle and the heading are above this row."""


def as_workbook(register: Register, foot: str, created: date) -> bytes:
    """Write a register as a workbook, with a total below each column that is to be added up."""
    return as_book(register.title, [register], foot, created)


def as_book(title: str, registers: Sequence[Register], foot: str, created: date) -> bytes:
    """Write several registers as one workbook that has a sheet for each register."""
    book = Book(title, created)
    for register in registers:
        _fill(book.sheet(register.title), register, foot)
    return book.content()


def _fill(sheet: Sheet, register: Register, foot: str) -> None:
    _begin(sheet, register.title, register.about, register.columns, foot)
    for place, row in enumerate(register.rows, start=FIRST):
        for number, column in enumerate(register.columns):
            _write_cell(sheet, place, number, row[column.name])
    below = FIRST + len(register.rows)
    if register.rows and any(column.is_money for column in register.columns):
        _write_sums(sheet, register, below)
        below += 1
    for place, note in enumerate(register.notes, start=below + 1):
        sheet.note(place, note)


def _write_cell(sheet: Sheet, row: int, column: int, value: str | int | None) -> None:
    """Write a text or an amount, or 〔待补〕 if nothing is recorded."""
    if value is None:
        sheet.text(row, column, blank())
    elif isinstance(value, int):
        sheet.money(row, column, value)
    else:
        sheet.text(row, column, value)


def _begin(sheet: Sheet, title: str, about: str, columns: Sequence[Column], foot: str) -> None:
    sheet.widths([max(column.width, _longest_word(column.title)) for column in columns])
    if any(width(column.title) > column.width for column in columns):
        sheet.height(2, 32)
    sheet.title(0, len(columns), title, TITLE)
    sheet.height(0, 36)
    sheet.title(1, len(columns), about, ABOUT)
    for place, column in enumerate(columns):
        sheet.text(2, place, column.title, HEADING)
    wide = sum(column.width for column in columns) > 95
    sheet.heading(2, title="", foot=foot, sideways=wide)


def _longest_word(title: str) -> int:
    """Return the width that the longest word of an English heading needs.

    Return 0 for a Chinese heading, because its lines can break after any character.
    """
    return max(map(len, title.split())) + 2 if title.isascii() else 0


def _write_sums(sheet: Sheet, register: Register, below: int) -> None:
    for place, column in enumerate(register.columns):
        if column.is_money and column.is_summed:
            sums = sum(row[column.name] or 0 for row in register.rows)
            sheet.total(below, place, FIRST, sums)
        else:
            sheet.text(below, place, headed("合计") if place == 1 else "", TOTAL)


MONTHS = tuple(f"{month}月" for month in range(1, 13))
YEAR = (
    Column("序号", 5),
    Column("姓名", 9),
    Column("类别", 9),
    Column("基数", 10, is_money=True),
    Column("比例", 6),
    Column("月应交", 8, is_money=True),
    *(Column(month, 8, is_money=True) for month in MONTHS),
    Column("其中补交", 8, is_money=True),
    Column("实交合计", 10, is_money=True),
    Column("应交合计", 10, is_money=True),
    Column("欠交", 9, is_money=True),
)
JANUARY, DECEMBER = 6, 17
LATE, PAID, OWED, LACKING = 18, 19, 20, 21


def dues_register(
    title: str, about: str, lines: Sequence[DuesLine], notes: Sequence[str], foot: str, on: date
) -> bytes:
    """Write a year's dues register: the totals are formulas, stored with the values that we computed."""
    book = Book(title, on)
    sheet = book.sheet(title)
    _begin(sheet, title, about, YEAR, foot)
    for place, line in enumerate(lines):
        _write_line(sheet, FIRST + place, place + 1, line)
        sheet.height(FIRST + place, 24)
    sheet.height(FIRST + len(lines), 24)
    below = FIRST + len(lines)
    for column in range(len(YEAR)):
        sheet.text(below, column, headed("合计") if column == 1 else "", TOTAL)
        sheet.text(below + 1, column, headed("收款人签章") if column == 1 else "", TOTAL)
    for column, total in _totals(lines).items():
        sheet.total(below, column, FIRST, total)
    sheet.height(below + 1, 40)
    for place, note in enumerate(notes, start=below + 3):
        sheet.note(place, note)
    return book.content()


def _write_line(sheet: Sheet, row: int, number: int, line: DuesLine) -> None:
    sheet.text(row, 0, str(number), CENTRED)
    sheet.text(row, 1, line.name)
    assessed = line.assessment
    sheet.text(row, 2, _category(assessed))
    _write_cell(sheet, row, 3, _base(assessed))
    sheet.text(row, 4, assessed.rate if assessed else blank(), CENTRED)
    _write_cell(sheet, row, 5, assessed.amount if assessed else None)
    for month, paid in enumerate(line.months):
        sheet.money(row, JANUARY + month, paid)
    sheet.money(row, LATE, line.late or None)
    sheet.row_sum(row, PAID, JANUARY, DECEMBER, line.paid)
    if line.owed is None:
        sheet.text(row, OWED, label("未核定"))
        sheet.text(row, LACKING, "")
        return
    sheet.money(row, OWED, line.owed)
    sheet.rest(row, LACKING, OWED, PAID, max(line.owed - line.paid, 0))


def _base(assessment: Assessment | None) -> int | str | None:
    """Return the income base, 已脱敏 if it was erased, or a dash if the dues are a fixed amount."""
    if assessment is None:
        return None
    if assessment.is_erased:
        return say("已脱敏", "erased")
    return assessment.base if assessment.base is not None else "—"


def _totals(lines: Sequence[DuesLine]) -> dict[int, int]:
    by_month = {
        JANUARY + month: sum(line.months[month] or 0 for line in lines) for month in range(12)
    }
    return by_month | {
        LATE: sum(line.late for line in lines),
        PAID: sum(line.paid for line in lines),
        OWED: sum(line.owed or 0 for line in lines),
        LACKING: sum(max(line.owed - line.paid, 0) for line in lines if line.owed is not None),
    }


def _category(assessment: Assessment | None) -> str:
    return stored_term(Category, assessment.category).label if assessment else blank()


ASSESSED = (
    Column("序号", 6),
    Column("姓名", 11),
    Column("类别", 12),
    Column("基数", 13, is_money=True, is_summed=False),
    Column("比例", 8),
    Column("月应交", 11, is_money=True),
    Column("起始月份", 12),
    Column("签字", 16),
)


def assessment_register(
    title: str, about: str, rows: Sequence[tuple[str, Assessment | None]]
) -> Register:
    """Return the list of a year's assessments, with space for signatures."""
    found = [
        {
            "序号": str(number),
            "姓名": name,
            "类别": _category(each),
            "基数": _base(each),
            "比例": each.rate if each else None,
            "月应交": each.amount if each else None,
            "起始月份": each.from_month if each else None,
            "签字": "",
        }
        for number, (name, each) in enumerate(rows, start=1)
    ]
    return Register(title, about, ASSESSED, found)
