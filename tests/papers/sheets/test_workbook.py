import datetime
import re
import zipfile
from datetime import date

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from partyctl.errors import BadInput, MissingInput
from partyctl.papers.sheets.workbook import Row, read_rows

ID_NUMBER = 110101199001011234


@pytest.fixture(autouse=True)
def _chinese(monkeypatch):
    monkeypatch.delenv("PARTYCTL_LANG", raising=False)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "名册.xlsx"


@pytest.fixture
def book(path):
    """A workbook under way; read(book) gives its rows."""
    book = openpyxl.Workbook()
    book.active.title = "党员"
    book.target = path
    return book


def read(book):
    book.save(book.target)
    return list(read_rows(book.target))


def value_of(book, value, number_format=None):
    book.active["A1"] = "列"
    book.active["A2"] = value
    book.active["B1"] = "行"
    book.active["B2"] = "在"
    if number_format:
        book.active["A2"].number_format = number_format
    return read(book)[0].cells["列"]


def patch(path, name, old, new):
    """Change one part as no library writes it."""
    with zipfile.ZipFile(path) as archive:
        parts = {part: archive.read(part) for part in archive.namelist()}
    assert old in parts[name]
    parts[name] = parts[name].replace(old, new)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in parts.items():
            archive.writestr(part, content)


# Which lines, under which names.


def test_each_line_comes_under_the_columns_names(book):
    book.active.append(["姓名", "入党日期", "党费"])
    book.active.append(["张三", date(2011, 7, 1), 12])
    book.active.append(["李四", None, None])
    assert read(book) == [
        Row("党员", 2, {"姓名": "张三", "入党日期": date(2011, 7, 1), "党费": 12}),
        Row("党员", 3, {"姓名": "李四", "入党日期": None, "党费": None}),
    ]


def test_names_are_trimmed_and_their_full_width_letters_made_plain(book):
    book.active.append([" 姓名\n", "入党时间（年月）", "ＩＤ\u3000", 2026])
    book.active.append([1, 2, 3, 4])
    assert read(book)[0].cells == {"姓名": 1, "入党时间(年月)": 2, "ID": 3, "2026": 4}


def test_lines_and_columns_keep_their_place_on_the_sheet(book):
    book.active["C5"] = "姓名"
    book.active["D5"] = "党费"
    book.active["C6"] = "张三"
    book.active["C9"] = "李四"
    book.active["D9"] = 3
    assert read(book) == [
        Row("党员", 6, {"姓名": "张三", "党费": None}),
        Row("党员", 9, {"姓名": "李四", "党费": 3}),
    ]


def test_lines_before_the_names_that_only_look_empty_are_passed_over(book):
    book.active["A1"] = " \u3000"
    book.active["A3"] = "姓名"
    book.active["A5"] = "张三"
    assert read(book) == [Row("党员", 5, {"姓名": "张三"})]


def test_empty_lines_at_the_end_are_none(book):
    book.active.append(["姓名"])
    book.active.append(["张三"])
    for number in range(3, 200):
        book.active.cell(number, 1, " ").number_format = "0.00"
    assert [row.number for row in read(book)] == [2]


def test_every_visible_sheet_is_read(book):
    book.active.append(["姓名"])
    book.active.append(["张三"])
    book.create_sheet("空表")
    only_names = book.create_sheet("只有列名")
    only_names.append(["姓名"])
    book.create_chartsheet("图")
    second = book.create_sheet("党费")
    second.append([])
    second.append(["月份"])
    second.append([202601])
    assert read(book) == [Row("党员", 2, {"姓名": "张三"}), Row("党费", 3, {"月份": 202601})]


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_hidden_sheet_is_not_read(book, state):
    book.active.append(["姓名"])
    book.active.append(["张三"])
    choices = book.create_sheet("选项", 0)
    choices.append(["男", "男"])
    choices.sheet_state = state
    assert [row.sheet for row in read(book)] == ["党员"]


def test_an_empty_workbook_has_no_rows(book):
    assert read(book) == []


# What a cell is worth.


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("张三", "张三"),
        (" 张三 ", " 张三 "),
        ("（一）", "（一）"),
        ("  ", None),
        (12, 12),
        (-3, -3),
        (12.0, 12),
        (12.5, "12.5"),
        (0.1, "0.1"),
        (2 / 3, "0.6666666666666666"),
        (2**53 - 1, 2**53 - 1),
        (2**53, "9007199254740992.0"),
        (-(2**53), "-9007199254740992.0"),
        (str(ID_NUMBER), str(ID_NUMBER)),
        (ID_NUMBER, "1.101011990010112e+17"),
        (13800138000, 13800138000),
        ("13800138000", "13800138000"),
        (True, True),
        (False, False),
        (date(2026, 3, 1), date(2026, 3, 1)),
        (datetime.datetime.fromisoformat("2026-03-01T23:59"), date(2026, 3, 1)),
        (datetime.time(9, 30), "09:30:00"),
        ("=1+1", None),
        ("#N/A", None),
    ],
)
def test_a_cell_comes_as_typed_and_never_as_a_float(book, typed, expected):
    value = value_of(book, typed)
    assert value == expected
    assert type(value) is type(expected)


def test_a_duration_comes_as_text(book):
    assert value_of(book, datetime.timedelta(hours=30)) == "1 day, 6:00:00"


def test_a_chinese_date_format_is_a_date(book):
    assert value_of(book, 45293, 'yyyy"年"m"月"d"日"') == date(2024, 1, 2)


def test_a_date_counted_from_1904_is_the_same_day(book):
    book.epoch = CALENDAR_MAC_1904
    assert value_of(book, date(2024, 1, 2)) == date(2024, 1, 2)


def test_a_calculated_formula_is_worth_its_value(book, path):
    value_of(book, "=1+1")
    with zipfile.ZipFile(path) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    empty = re.search(rb"<v ?/>|<v></v>", sheet)  # as openpyxl writes it, without lxml and with
    patch(path, "xl/worksheets/sheet1.xml", empty[0], b"<v>2</v>")
    assert next(read_rows(path)).cells["列"] == 2


# What is refused.


def test_two_columns_of_one_name_are_refused(book):
    book.active.append(["姓名", "备注", "备注 "])
    with pytest.raises(BadInput, match="表“党员”有两列都叫“备注”"):
        read(book)


def test_a_filled_column_without_a_name_is_refused(book):
    book.active.append(["姓名"])
    book.active.append(["张三"])
    book.active["AB7"] = "漏了"
    with pytest.raises(BadInput, match="表“党员”的 AB7 有内容"):
        read(book)


def test_an_empty_column_without_a_name_is_no_matter(book):
    book.active.append(["姓名", None, "党费", " "])
    book.active.append(["张三", " ", 3, None])
    assert read(book)[0].cells == {"姓名": "张三", "党费": 3}


def test_a_name_from_the_workbook_cannot_move_the_cursor(book):
    book.active.append(["_x001B_[2J\u202e备注", "_x001B_[2J\u202e备注"])
    with pytest.raises(BadInput) as caught:
        read(book)
    assert "\x1b" not in caught.value.sentence
    assert "\u202e" not in caught.value.sentence
    assert "[2J" in caught.value.sentence


def test_the_guard_goes_first(tmp_path):
    with pytest.raises(MissingInput):
        read_rows(tmp_path / "没有.xlsx")
    (tmp_path / "名册.xlsx").write_text("姓名,党费\n", "gbk")
    with pytest.raises(BadInput, match="CSV"):
        read_rows(tmp_path / "名册.xlsx")


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
        list(read_rows(path))


def test_a_panic_inside_the_library_is_a_sentence_too(book, path, monkeypatch):
    class PanicException(BaseException):
        """As Rust raises it: no Exception."""

    def panic(_file):
        raise PanicException

    book.save(path)
    monkeypatch.setattr("python_calamine.load_workbook", panic)
    with pytest.raises(BadInput, match="工作簿已损坏"):
        read_rows(path)


def test_an_interrupted_reading_is_no_bad_input(book, path, monkeypatch):
    def interrupt(_file):
        raise KeyboardInterrupt

    book.save(path)
    monkeypatch.setattr("python_calamine.load_workbook", interrupt)
    with pytest.raises(KeyboardInterrupt):
        read_rows(path)


def test_any_suffix_will_do_and_is_not_believed(book, path):
    book.active.append(["姓名"])
    book.active.append(["张三"])
    book.save(path)
    odd = path.rename(path.with_suffix(".xls"))
    assert [row.cells for row in read_rows(odd)] == [{"姓名": "张三"}]
