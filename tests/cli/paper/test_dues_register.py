"""The dues register: its sums equal those of `dues status`, and each stored value is the result of
its formula.
"""

import re
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from python_calamine import load_workbook

from partyctl.law.dues.tariff import rate_of
from partyctl.papers.sheets.books import Book, Sheet
from partyctl.terms import Category
from tests.conftest import Run

COLUMNS = {"实交合计": "paid", "应交合计": "owed"}
SUM = re.compile(r"=SUM\(([A-Z]+)(\d+):([A-Z]+)(\d+)\)")
REST = re.compile(r"=MAX\(ROUND\(([A-Z]+\d+)-([A-Z]+\d+),2\),0\)")


@pytest.fixture
def register(bureau: Run) -> Path:
    bureau("paper dues-register 2025 --as-of 2026-01-15")
    return Path("党费收缴登记表-2025-机关支部.xlsx")


def table(path: Path) -> tuple[list[str], list[list[object]]]:
    rows = load_workbook(str(path)).get_sheet_by_index(0).to_python()
    return [str(cell) for cell in rows[2]], rows[3:]


def fen(value: object) -> int:
    assert isinstance(value, float)
    return round(value * 100)


def test_the_sums_are_those_of_dues_status(bureau: Run, register: Path):
    told = bureau("dues status --year 2025 --as-of 2026-01-15 --json").json
    headings, rows = table(register)
    totals = next(row for row in rows if row[1] == "合计")
    for heading, field in COLUMNS.items():
        place = headings.index(heading)
        assert fen(totals[place]) == told["totals"][field]
        for member in told["members"]:
            row = next(each for each in rows if each[1] == member["name"])
            expected = member[field]
            assert (row[place] == "未核定") if expected is None else (fen(row[place]) == expected)


def test_the_sums_are_those_of_dues_book_and_of_the_notice(bureau: Run):
    bureau("dues pay 李四 --month 2025-12 --amount 9.99 --on 2026-01-10")
    bureau("dues pay 王五 --month 2026-01 --amount 45.00 --on 2025-12-30")
    bureau("paper dues-register 2025 --as-of 2026-01-15 -o r.xlsx")
    bureau("paper dues-notice 2025 --as-of 2026-01-15 -o n.xlsx")
    (book,) = bureau("dues book --period 2025 --as-of 2026-01-15 --json").json["branches"]
    headings, rows = table(Path("r.xlsx"))
    total = fen(next(row for row in rows if row[1] == "合计")[headings.index("实交合计")])
    notice = load_workbook("n.xlsx").get_sheet_by_index(0).to_python()
    assert total == fen(next(row for row in notice if row[1] == "合计")[3])
    assert book["received"] == total - 9_99 + 45_00
    said = "".join(str(cell) for row in rows for cell in row)
    for amount in (book["received"], 9_99, 45_00):
        assert f"{amount / 100:.2f} 元" in said


def test_what_was_paid_voluntarily_is_in_the_money_received_and_named(bureau: Run):
    bureau("dues pay 王五 --month 2025-12 --amount 55.00 --on 2025-12-29 --extra")
    bureau("paper dues-register 2025 --as-of 2026-01-15 -o r.xlsx")
    (book,) = bureau("dues book --period 2025 --as-of 2026-01-15 --json").json["branches"]
    entry = bureau("dues list --json").json[-1]
    headings, rows = table(Path("r.xlsx"))
    total = fen(next(row for row in rows if row[1] == "合计")[headings.index("实交合计")])
    assert (entry["amount"], entry["extra"]) == (55_00, 10_00)
    assert book["received"] == total + 10_00
    said = "".join(str(cell) for row in rows for cell in row)
    assert f"年内实收 {book['received'] / 100:.2f} 元" in said
    assert "10.00 元是自愿多交，不计入实交合计" in said


def test_a_line_says_base_rate_and_each_month(register: Path):
    headings, rows = table(register)
    line = dict(zip(headings, next(row for row in rows if row[1] == "李四"), strict=True))
    assert (line["类别"], line["基数"], line["比例"], line["月应交"]) == (
        "离退休",
        2000.0,
        "0.5%",
        10.0,
    )
    assert (line["1月"], line["2月"], line["3月"]) == (10.0, 10.0, "")
    assert (line["其中补交"], line["实交合计"], line["应交合计"], line["欠交"]) == (
        10.0,
        20.0,
        100.0,
        80.0,
    )
    unknown = dict(zip(headings, next(row for row in rows if row[1] == "甲<+甲<&>>"), strict=True))
    assert (unknown["基数"], unknown["比例"], unknown["应交合计"]) == (
        "〔待补〕",
        "〔待补〕",
        "未核定",
    )


def test_an_erased_base_is_not_printed_as_a_fixed_amount(bureau: Run):
    bureau("member add 周七 --joined 2015-07-01")
    bureau("dues assess 周七 --from 2025-01 --category student")
    for name in ("张三", "周七"):
        bureau(f"journal redact {name} --reason 本人要求")
    for kind in ("dues-register", "dues-assessment"):
        bureau(f"paper {kind} 2025 --as-of 2026-01-15 -o {kind}.xlsx")
        headings, rows = table(Path(f"{kind}.xlsx"))
        base, rate = headings.index("基数"), headings.index("比例")
        told = {row[1]: (row[base], row[rate]) for row in rows}
        assert told["张三"] == ("已脱敏", "—")
        assert told["周七"] == ("—", "定额")


def test_every_formula_has_the_value_that_it_calculates(register: Path):
    formulas = openpyxl.load_workbook(register).worksheets[0]
    values = openpyxl.load_workbook(register, data_only=True).worksheets[0]
    found = 0
    for row in formulas.iter_rows():
        for cell in row:
            if cell.data_type != "f":
                continue
            found += 1
            stored = values[cell.coordinate].value
            assert round(stored * 100) == calculated(cell.value, values), cell.coordinate
    assert found > 20


def calculated(formula: str, values) -> int:
    """Calculate one of our formulas from the stored values; return the result in 分."""
    if match := SUM.fullmatch(formula):
        area = values[f"{match[1]}{match[2]}:{match[3]}{match[4]}"]
        cells = [cell.value for row in area for cell in row]
        return sum(round(value * 100) for value in cells if isinstance(value, int | float))
    match = REST.fullmatch(formula)
    assert match, formula
    whole, part = (values[name].value for name in match.groups())
    return max(round(whole * 100) - round(part * 100), 0)


def test_money_paid_ahead_is_named(bureau: Run):
    bureau("paper dues-register 2025 --as-of 2025-04-10 -o ahead.xlsx")
    _, rows = table(Path("ahead.xlsx"))
    notes = [str(cell) for row in rows for cell in row if "dues status" in str(cell)]
    ahead = 76_50 * 9
    assert any(f"{ahead / 100:.2f} 元" in note for note in notes)
    told = bureau("dues status --year 2025 --as-of 2025-04-10 --json").json
    totals = next(row for row in rows if row[1] == "合计")
    assert fen(totals[19]) - ahead == told["totals"]["paid"]


def test_the_register_prints_one_page_wide_with_its_heading_on_each(register: Path):
    sheet = openpyxl.load_workbook(register).worksheets[0]
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.page_setup.fitToHeight == 0
    assert sheet.print_title_rows == "$1:$3"
    assert sheet.freeze_panes == "A4"
    assert "台账 " in sheet.oddFooter.left.text


def test_a_formula_cannot_be_written_without_its_value():
    sheet = Book("t", date(2026, 1, 1)).sheet("t")
    with pytest.raises(TypeError, match="value"):
        Sheet.formula(sheet, 0, 0, "=1+1")  # type: ignore[call-arg]  # that is what is tried


def test_the_notice_has_no_base(bureau: Run):
    bureau("paper dues-notice 2025 -o n.xlsx")
    rows = load_workbook("n.xlsx").get_sheet_by_index(0).to_python()
    cells = {cell for row in rows for cell in row}
    assert not cells & {5100.0, 2000.0, 4000.0, 4500.0}
    assert rows[2] == ["序号", "姓名", "月份", "实交"]


@pytest.mark.parametrize(
    ("category", "base", "rate"),
    [
        (Category.EMPLOYED, 3000_00, 50),
        (Category.EMPLOYED, 3000_01, 100),
        (Category.EMPLOYED, 10000_01, 200),
        (Category.RETIRED, 5000_01, 100),
        (Category.STUDENT, None, None),
    ],
)
def test_the_rate_is_that_of_the_bracket(category: Category, base: int | None, rate: int | None):
    assert rate_of(category, base, "2026-01") == rate
