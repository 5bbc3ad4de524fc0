"""Every list as a file: the same rows as on the screen, text cells as text, masked values, mode 0600."""

import csv
import hashlib
import io
import re
import stat
from collections.abc import Iterable
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from python_calamine import load_workbook

from partyctl.errors import Refused
from partyctl.papers.listings.listing import Block, Listing, Row
from partyctl.papers.listings.workbook import as_workbook
from tests.conftest import Run
from tests.support.command_tree import Command, commands, option_names
from tests.support.in_process import outcome, start_anew
from tests.support.working_lines import working

LISTS = re.compile(r"^check$|\b(list|status|directory|matrix|next|coming|coverage|compare|log)$")
"""Matches the last word of commands that print tables."""


def has_file_options(command: Command) -> bool:
    names = {name for each in command.parameters for name in option_names(each)}
    return {"-o", "--replace"} <= names and "--template" not in names


LISTING = [
    command
    for command in commands()
    if has_file_options(command)
    and command.words[0] != "report"
    and (command.words[0] != "rollup" or command.words[-1] in ("missing", "show", "verify"))
]
"""Commands whose output can go to a file as rows.

Reports do not consist of rows, nor do the extracts, the packets and the page of `rollup`.
"""


def test_every_list_can_go_to_a_file():
    named = {str(each) for each in commands() if LISTS.search(str(each))}
    without = sorted(named - {str(each) for each in LISTING})
    assert not without, f"decorate these lists with to_file (cli/output/to_file.py): {without}"
    assert len(LISTING) > 25


class Page(HTMLParser):
    """The cells of a page's tables, row by row, and the names of the page's tags."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.tags: set[str] = set()
        self.open = False
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")
            self.open = True

    def handle_endtag(self, tag):
        self.open = self.open and tag not in ("td", "th")

    def handle_data(self, data):
        if self.open:
            self.rows[-1][-1] += data


def written(line: list[str], path: Path) -> None:
    done = outcome([*line, "-o", str(path)])
    assert done.code in (0, 3), (line, done)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert path.name in done.out


def packed(cells: Iterable[str]) -> str:
    """The cells joined into one text without white space."""
    return re.sub(r"\s", "", "".join(cells))


def csv_rows(path: Path) -> list[list[str]]:
    text = path.read_bytes().decode("utf-8-sig")
    return [row for row in csv.reader(io.StringIO(text, newline="")) if row]


def excel_rows(path: Path) -> list[list[str]]:
    """The rows of a workbook as Excel displays them; fails if a cell is a formula."""
    book = openpyxl.load_workbook(path)
    assert [sheet.title for sheet in book] == load_workbook(str(path)).sheet_names
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    return [[seen(cell) for cell in row] for sheet in book for row in sheet.iter_rows()]


def seen(cell: Any) -> str:
    if isinstance(cell.value, int | float):
        return f"{cell.value:.2f}" if cell.number_format == "0.00" else str(cell.value)
    return cell.value or ""


LIKE_THE_SCREEN = [each for each in LISTING if each.words[-1] != "sheet"]
"""Entry sheets are left out: people fill them in, and the screen does not show their rows."""


@pytest.mark.sweep(8)
@pytest.mark.parametrize("command", LIKE_THE_SCREEN, ids=str)
def test_a_file_holds_the_rows_of_the_screen(command: Command, folder: Path, filled_ledger: Path):
    start_anew(folder, filled_ledger)
    line = working(command, folder).prepare()
    screen = packed(outcome(line).out).replace("→", "")
    name = "-".join(command.words)
    for ending in (".csv", ".xlsx", ".html"):
        written(line, folder / f"{name}{ending}")

    rows = csv_rows(folder / f"{name}.csv")
    assert rows
    is_joined = rows[0][0] == "部分"
    in_excel = [packed(row) for row in excel_rows(folder / f"{name}.xlsx")]
    page = Page((folder / f"{name}.html").read_text(encoding="utf-8"))
    assert page.tags <= PLAIN_TAGS
    in_page = [packed(row) for row in page.rows]
    place = 0
    for row in rows:
        assert packed(row) in in_excel
        if row[-1] in HEADINGS or not in_page:
            continue
        own = packed(row[1:] if is_joined and len(row) == len(rows[0]) else row)
        assert own in in_page
        place = screen.find(own, place)
        assert place >= 0, (row, screen)


HEADINGS = ("条款", "办法或凭据", "内容")
"""The last heading of each table that has headings in the file, but not on the screen."""

PLAIN_TAGS = {
    "html",
    "head",
    "meta",
    "title",
    "style",
    "body",
    "h1",
    "p",
    "footer",
    "table",
    "caption",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
}


@pytest.fixture
def office(branch: Run) -> Run:
    branch("plan adopt work 2026 --on 2026-01-05")
    branch(f"plan item 2026 '{FORMULA}' --owner 张三 --due 2026-06-30")
    branch("opinion add '<script>alert(1)</script>' --received 2026-03-02 --class general")
    branch(f"rectify add '{FORMULA}' --owner 张三 --due 2026-12-01 --on 2026-03-01")
    branch("rectify add '＠full' --owner 张三 --due 2026-12-01 --on 2026-03-01")
    branch("warning issue 王五 --level inquiry --category 4 --facts 越权审批 --on 2026-03-02")
    return branch


FORMULA = '=HYPERLINK("http://x","y")'


def test_text_never_becomes_a_formula(office: Run, tmp_path: Path):
    for ending in ("xlsx", "csv", "html"):
        office(f"rectify list -o {tmp_path}/r.{ending}")
    cells = [cell for row in excel_rows(tmp_path / "r.xlsx") for cell in row]
    assert FORMULA in cells
    in_csv = [cell for row in csv_rows(tmp_path / "r.csv") for cell in row]
    assert f"'{FORMULA}" in in_csv
    assert "'＠full" in in_csv
    assert any(FORMULA in row for row in Page((tmp_path / "r.html").read_text()).rows)


def test_text_never_becomes_markup(office: Run, tmp_path: Path):
    office(f"opinion list -o {tmp_path}/o.html")
    text = (tmp_path / "o.html").read_text()
    assert "<script" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert "default-src 'none'" in text


@pytest.mark.parametrize("ending", ["xlsx", "csv", "html"])
def test_what_is_masked_stays_masked(office: Run, tmp_path: Path, ending: str):
    path = tmp_path / f"w.{ending}"
    office(f"warning list -o {path}")
    content = path.read_bytes()
    if ending == "xlsx":
        content = "".join(c for row in excel_rows(path) for c in row).encode()
    assert "王五".encode() not in content
    assert "越权".encode() not in content
    assert b"**" in content


def test_the_file_can_be_printed_and_names_its_ledger(office: Run, tmp_path: Path):
    office(f"member list -o {tmp_path}/m.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "m.xlsx").worksheets[0]
    assert sheet.title == "党员名册"
    assert sheet.freeze_panes == "A2"
    assert sheet.print_title_rows == "$1:$1"
    assert (sheet.page_setup.paperSize, sheet.page_setup.fitToHeight) == (9, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    joined = next(cell for cell in sheet[2] if cell.value == "2010-07-01")
    assert sheet.column_dimensions[joined.column_letter].width > len("2010-07-01")
    head = office("dues status").out.splitlines()[-1]
    foot = sheet.cell(sheet.max_row, 1).value
    assert foot.startswith("台账 ")
    assert foot.endswith(head)
    assert head in sheet.oddFooter.left.text
    office(f"member list -o {tmp_path}/m.html")
    assert foot in (tmp_path / "m.html").read_text()


def test_the_same_list_gives_the_same_bytes(office: Run, tmp_path: Path):
    for name in ("a.xlsx", "b.xlsx", "a.html", "b.html", "a.csv", "b.csv"):
        office(f"check --all -o {tmp_path}/{name}", code=3)
    for ending in ("xlsx", "html", "csv"):
        assert (tmp_path / f"a.{ending}").read_bytes() == (tmp_path / f"b.{ending}").read_bytes()


def test_a_file_is_replaced_only_if_that_was_said(office: Run, refused, tmp_path: Path):
    path = tmp_path / "m.csv"
    path.write_text("before")
    path.chmod(0o644)
    assert "--replace" in refused(f"member list -o {path}", 5)
    assert path.read_text() == "before"
    office(f"member list -o {path} --replace")
    assert "张三" in path.read_text(encoding="utf-8-sig")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert sorted(each.name for each in tmp_path.glob("*m.csv*")) == ["m.csv"]
    (tmp_path / "folder.csv").mkdir()
    assert "没有覆盖" in refused(f"member list -o {tmp_path}/folder.csv --replace", 5)


def test_other_files_are_not_written(refused, office: Run, tmp_path: Path):
    assert ".xlsx" in refused(f"member list -o {tmp_path}/m.pdf", 2)
    assert ".xlsx" in refused(f"member list -o {tmp_path}", 2)
    assert "-o" in refused("member list --replace", 2)
    assert "不能创建" in office(f"member list -o {tmp_path}/no/such.xlsx", code=73).err
    assert list(tmp_path.glob("m.*")) == []


def test_json_says_what_was_written(office: Run, tmp_path: Path):
    told = office(f"member list -o {tmp_path}/m.xlsx --json").json
    digest = hashlib.sha256((tmp_path / "m.xlsx").read_bytes()).hexdigest()
    assert told == {"file": f"{tmp_path}/m.xlsx", "rows": 3, "sha256": digest}
    assert office(f"check -o {tmp_path}/c.csv --json --as-of 2026-12-31", code=3).json["rows"]


def test_excel_drops_no_long_text_in_silence():
    cells = tuple("x" * length for length in (32_767, 32_768))
    whole, too_long = (Listing("n", (Block("", ("h",), (Row((cell,)),)),), "") for cell in cells)
    assert as_workbook(whole, date(2026, 1, 1))
    with pytest.raises(Refused):
        as_workbook(too_long, date(2026, 1, 1))


def test_no_column_of_amounts_is_text(office: Run, tmp_path: Path):
    office("dues pay 张三 --month 2026-01 --amount 76.50 --on 2026-01-20")
    office(f"dues list -o {tmp_path}/d.xlsx")
    values = load_workbook(str(tmp_path / "d.xlsx")).get_sheet_by_index(0).to_python()
    assert values[1][-1] == 76.5
    assert values[1][0] == 1
