"""The sheets of `samples/`, in the usual form of offices; every person in them is invented."""

from datetime import date
from pathlib import Path

import pytest

from partyctl.errors import BadInput
from partyctl.papers.sheets.forms.roster import ROSTER
from partyctl.papers.sheets.lines import Asked, Reading
from partyctl.papers.sheets.reading import read_sheets
from partyctl.terms import Category, Post
from tests.papers.sheets.conftest import SAMPLES, TODAY, names


def sample(number: str) -> Path:
    (path,) = SAMPLES.glob(f"{number}_*")
    return path


def read(number: str) -> Reading:
    return read_sheets(sample(number), ROSTER, Asked(TODAY))


def test_01_titles_and_two_sheets():
    found = read("01")
    assert names(found) == ["甲一", "乙二"]
    first, second = (entry.values for entry in found.entries)
    assert (first["joined_on"], first["full_on"]) == (date(2005, 7, 1), date(2006, 7, 1))
    assert (second["joined_on"], second["full_on"]) == (date(1985, 12, 20), date(1986, 12, 20))
    assert (first["category"], second["category"]) == (Category.EMPLOYED, Category.RETIRED)
    assert "birth_on" not in first
    assert [remark for remark in found.remarks if "民族" in remark] == [
        "没有登记这些列：序号、民族、参加工作时间、学历、所在部门。"
    ]
    assert any("1979.03" in remark and "只有年月" in remark for remark in found.remarks)
    assert any("科长" in remark for remark in found.remarks)


def test_03_months_are_no_days():
    found = read("03")
    assert found.entries == []
    kinds = {problem.row: problem.kind for problem in found.problems}
    assert kinds == dict.fromkeys((2, 3, 4, 5, 6, 8), "month-only") | {7: "october"}
    assert all("补上日" in each.sentence for each in found.problems if each.row != 7)


def test_05_padded_names():
    assert names(read("05")) == ["甲一", "乙二", "丙三"]


def test_07_merged_cells():
    found = read("07")
    assert names(found) == ["甲一", "乙二", "丙三"]
    assert {entry.values["cell"] for entry in found.entries} == {"第一小组"}


def test_09_columns_that_are_not_kept():
    found = read("09")
    assert names(found) == ["甲一"]
    assert found.entries[0].values["branch"] == "机关第一支部"
    assert found.entries[0].values["birth_on"] == date(1979, 3, 5)
    assert found.remarks == ["没有登记这些列：序号、民族、籍贯、学历、年龄。"]


def test_11_totals_and_notes():
    assert names(read("11")) == ["甲一", "乙二"]


def test_13_posts():
    found = read("13")
    assert [entry.values.get("posts", []) for entry in found.entries] == [
        [Post.BRANCH_SECRETARY],
        [Post.DEPUTY_SECRETARY],
        [Post.COMMITTEE, Post.ORGANIZATION],
        [],
        [],
        [Post.ORGANIZATION, Post.DISCIPLINE],
        [],
    ]
    assert found.problems == []


def test_15_side_by_side():
    assert sorted(names(read("15"))) == sorted(["甲一", "乙二", "丙三", "丁四"])


def test_17_last_months_roster():
    found = read("17")
    assert names(found) == ["甲一", "乙二", "丙三"]
    assert any("新转入" in remark for remark in found.remarks)


def test_23_an_old_xls_is_one_sentence():
    with pytest.raises(BadInput, match=r"另存为 \.xlsx"):
        read("23")
