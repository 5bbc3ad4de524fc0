import datetime
import re
import zipfile
from datetime import date

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from partyctl.errors import BadInput, MissingInput
from partyctl.papers.sheets.contents import Lost
from partyctl.papers.sheets.forms.roster import ROSTER
from partyctl.papers.sheets.grid import Merge, as_text, open_book
from partyctl.papers.sheets.lines import Asked
from partyctl.papers.sheets.reading import read_sheets

ID_NUMBER = 110101199001011234


@pytest.fixture
def path(tmp_path):
    return tmp_path / "名册.xlsx"


@pytest.fixture
def book(path):
    """A workbook being built; read(book) returns its visible sheets."""
    book = openpyxl.Workbook()
    book.active.title = "党员"
    book.target = path
    return book


def read(book):
    book.save(book.target)
    return open_book(book.target).grids


def value_of(book, value, number_format=None):
    book.active["A1"] = value
    book.active["B2"] = "在"
    if number_format:
        book.active["A1"].number_format = number_format
    return read(book)[0].rows[0][0]


def patch(path, name, old, new):
    """Replace a text in one part of a workbook, to test content that no library would write."""
    with zipfile.ZipFile(path) as archive:
        parts = {part: archive.read(part) for part in archive.namelist()}
    assert old in parts[name]
    parts[name] = parts[name].replace(old, new)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in parts.items():
            archive.writestr(part, content)


# The sheets, and the places of their cells.


def test_cells_keep_their_place_on_the_sheet(book):
    book.active["C2"] = "姓名"
    book.active["D4"] = 12
    (grid,) = read(book)
    assert (grid.name, grid.width) == ("党员", 4)
    assert grid.rows == [
        [None] * 4,
        [None, None, "姓名", None],
        [None] * 4,
        [None, None, None, 12],
    ]


def test_every_visible_sheet_is_read_and_the_hidden_ones_stand_apart(book):
    book.active.append(["姓名"])
    book.create_chartsheet("图")
    for state in ("hidden", "veryHidden"):
        book.create_sheet(state).sheet_state = state
    book.create_sheet("党费").append(["月份"])
    book.save(book.target)
    found = open_book(book.target)
    assert [grid.name for grid in found.grids] == ["党员", "党费"]
    assert [grid.name for grid in found.hidden] == ["hidden", "veryHidden"]


def test_an_empty_workbook_has_no_rows(book):
    assert [grid.rows for grid in read(book)] == [[]]


# The content of a cell.


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("张三", "张三"),
        (" 张三 ", "张三"),
        (12, "12"),
        (-3, "-3"),
        (12.5, "12.5"),
        (2 / 3, "0.6666666666666666"),
        (2**53 - 1, "9007199254740991"),
        (2**53, "9007199254740992.0"),
        (ID_NUMBER, "1.101011990010112e+17"),
        (13800138000, "13800138000"),
        (True, "TRUE"),
        (date(2026, 3, 1), "2026-03-01"),
        (datetime.datetime.fromisoformat("2026-03-01T23:59"), "2026-03-01 23:59"),
        (datetime.time(9, 30), "09:30:00"),
    ],
)
def test_a_cell_is_shown_as_typed(book, typed, shown):
    assert as_text(value_of(book, typed)) == shown


def test_a_blank_is_nothing(book):
    assert value_of(book, " \u3000") is None


def test_a_formula_that_was_never_calculated_is_no_empty_cell(book):
    assert value_of(book, "=1+1") is Lost.UNCALCULATED


def test_an_error_is_no_empty_cell(book):
    assert value_of(book, "#N/A") is Lost.ERROR


def test_lost_cells_are_found_on_the_sheet_where_they_stand(book):
    book.active["A1"] = "甲"
    second = book.create_sheet("第二张")
    second["B2"] = "=A1"
    first, second = read(book)
    assert first.rows == [["甲"]]
    assert second.rows[1][1] is Lost.UNCALCULATED


def test_a_formula_whose_value_is_an_empty_text_is_calculated(book, path):
    value_of(book, '=IF(B2="",1,"")')
    with zipfile.ZipFile(path) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    cell = re.search(rb'<c r="A1"[^>]*>', sheet)[0]
    patch(path, "xl/worksheets/sheet1.xml", cell, cell.replace(b'r="A1"', b'r="A1" t="str"'))
    assert open_book(path).grids[0].rows[0][0] is None


def test_a_date_counted_from_1904_is_the_same_day(book):
    book.epoch = CALENDAR_MAC_1904
    assert value_of(book, date(2024, 1, 2)) in (date(2024, 1, 2), datetime.datetime(2024, 1, 2))  # noqa: DTZ001


def test_a_calculated_formula_is_worth_its_value(book, path):
    value_of(book, "=1+1")
    with zipfile.ZipFile(path) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    empty = re.search(rb"<v ?/>|<v></v>", sheet)  # openpyxl's two forms, without and with lxml
    patch(path, "xl/worksheets/sheet1.xml", empty[0], b"<v>2</v>")
    assert open_book(path).grids[0].rows[0][0] == 2


# Merged ranges.


def test_a_merged_range_says_below_its_first_cell_what_it_says_there(book):
    book.active["A1"] = "第一小组"
    book.active["B3"] = "丙"
    book.active.merge_cells("A1:A3")
    (grid,) = read(book)
    assert grid.continued == {1: {0: "第一小组"}, 2: {0: "第一小组"}}


@pytest.mark.parametrize("reach", [b"A1:A1048576", b"A1:XFD1048576"])
def test_a_merged_range_reaches_no_further_than_the_sheet_is_filled(book, path, reach):
    book.active["A1"] = "第一小组"
    book.active["B3"] = "丙"
    book.active.merge_cells("A1:A2")
    book.save(path)
    patch(
        path, "xl/worksheets/sheet1.xml", b'<mergeCell ref="A1:A2"', b'<mergeCell ref="%s"' % reach
    )
    (grid,) = open_book(path).grids
    assert grid.merges == [Merge(0, 0, 2, 1 if b"X" in reach else 0)]
    assert grid.continued == {1: {0: "第一小组"}, 2: {0: "第一小组"}}


def test_a_range_over_everything_takes_no_line_for_a_head(book, path):
    for row in (("姓名", "入党日期"), ("甲一", "2010-07-01"), ("乙二", "2011-07-01")):
        book.active.append(row)
    book.active.merge_cells("D1:D2")
    book.save(path)
    patch(
        path,
        "xl/worksheets/sheet1.xml",
        b'<mergeCell ref="D1:D2"',
        b'<mergeCell ref="A1:XFD1048576"',
    )
    found = read_sheets(path, ROSTER, Asked(date(2026, 11, 27)))
    assert [entry.values["name"] for entry in found.entries] == ["甲一", "乙二"]


def test_merged_ranges_that_overlap_are_refused(book, path):
    for row in range(1, 4):
        book.active.append([row, row])
    book.active.merge_cells("A1:A2")
    book.save(path)
    patch(
        path,
        "xl/worksheets/sheet1.xml",
        b'<mergeCell ref="A1:A2"',
        b'<mergeCell ref="A2:B3"/><mergeCell ref="A1:A2"',
    )
    with pytest.raises(BadInput, match="合并单元格互相重叠"):
        open_book(path)


# Refusals.


def test_five_thousand_columns_are_refused(book):
    book.active.append(["姓名", *range(4999)])
    with pytest.raises(BadInput, match="64 列"):
        read(book)


def test_the_guard_goes_first(tmp_path):
    with pytest.raises(MissingInput):
        open_book(tmp_path / "没有.xlsx")
    (tmp_path / "名册.xlsx").write_text("姓名,党费\n", "gbk")
    with pytest.raises(BadInput, match="CSV"):
        open_book(tmp_path / "名册.xlsx")


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        ("xl/workbook.xml", b'r:id="rId1"', b'r:id="rId9"'),
        ("xl/workbook.xml", b'state="visible"', b'state="odd"'),
        ("xl/_rels/workbook.xml.rels", b"sheet1.xml", b"sheet9.xml"),
        ("xl/worksheets/sheet1.xml", b"<v>12</v>", b"<v>1x2</v>"),
        ("xl/worksheets/sheet1.xml", b'r="A2"', b'r="A"'),
    ],
)
def test_a_workbook_that_cannot_be_understood_is_refused(book, path, part, old, new):
    book.active.append(["姓名"])
    book.active.append([12])
    book.save(path)
    patch(path, part, old, new)
    with pytest.raises(BadInput, match="工作簿已损坏"):
        open_book(path)


def test_a_panic_inside_the_library_is_a_sentence_too(book, path, monkeypatch):
    class PanicException(BaseException):
        """An error as Rust raises it: it is not a subclass of Exception."""

    def panic(_file):
        raise PanicException

    book.save(path)
    monkeypatch.setattr("python_calamine.load_workbook", panic)
    with pytest.raises(BadInput, match="工作簿已损坏"):
        open_book(path)


def test_an_interrupted_reading_is_no_bad_input(book, path, monkeypatch):
    def interrupt(_file):
        raise KeyboardInterrupt

    book.save(path)
    monkeypatch.setattr("python_calamine.load_workbook", interrupt)
    with pytest.raises(KeyboardInterrupt):
        open_book(path)


def test_any_suffix_will_do_and_is_not_believed(book, path):
    book.active.append(["姓名"])
    book.active.append(["张三"])
    book.save(path)
    odd = path.rename(path.with_suffix(".xls"))
    assert open_book(odd).grids[0].rows == [["姓名"], ["张三"]]
