"""`calendar holidays`: list, import and add holidays; `doctor` warns of a year that is missing."""

from pathlib import Path

import pytest

pytestmark = pytest.mark.dated

YEAR = """日期,安排,名称
# 国务院办公厅通知
2027-01-01,放假,元旦
2027-01-02,放假,元旦
2027-01-03,放假,元旦
2027年2月14日,上班,
"""


@pytest.fixture
def announcement(tmp_path: Path):
    def announcement(text: str, encoding: str = "utf-8") -> Path:
        path = tmp_path / "2027.csv"
        path.write_bytes(text.encode(encoding))
        return path

    return announcement


def days(run, year: int) -> dict[str, bool]:
    rows = run(f"calendar holidays list --year {year} --json").json
    return {row["day"]: row["works"] for row in rows}


def test_the_shipped_days_are_listed_with_the_year_covered(branch):
    found = branch("calendar holidays list --year 2026 --json").json
    assert {"2026-10-01", "2026-10-10"} <= {row["day"] for row in found}
    assert all(row["covered"] and row["source"] == "shipped" for row in found)
    assert "2026 年已收录" in branch("calendar holidays list --year 2026").out
    assert "暂算" in branch("calendar holidays list --year 2031").out


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_years_announcement_is_imported(branch, announcement, encoding: str):
    file = announcement(YEAR, encoding)
    assert branch(f"calendar holidays import {file} --json").json == {
        "imported": 4,
        "years": [2027],
    }
    assert days(branch, 2027) == {
        "2027-01-01": False,
        "2027-01-02": False,
        "2027-01-03": False,
        "2027-02-14": True,
    }
    assert "2027 年已收录（2027.csv）" in branch("calendar holidays list --year 2027").out
    assert branch(f"calendar holidays import {file} --json").json["imported"] == 0
    branch("undo")
    assert days(branch, 2027) == {}


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("2027-01-01,放假\n2027-01-01,放假\n", 2),
        ("日期,安排\n2027-02-30,放假\n", 2),
        ("2027-01-01,休息\n", 1),
        ("2027-01-01\n", 1),
        ("2027-01-01,放假,元旦,多\n", 1),
    ],
)
def test_a_bad_file_is_refused_with_its_line(branch, refused, announcement, text: str, line: int):
    said = refused(f"calendar holidays import {announcement(text)}", 65)
    assert f"第 {line} 行" in said


def test_what_is_no_announcement_is_refused(branch, refused, announcement, tmp_path: Path):
    assert "里没有一天" in refused(f"calendar holidays import {announcement('')}", 65)
    assert "什么也没有写入" in refused(
        f"calendar holidays import {announcement('a' * 200_000)}", 65
    )
    assert "没有文件" in refused(f"calendar holidays import {tmp_path / 'none.csv'}", 66)
    branch("calendar holidays add 2027-01-01")
    assert "#1" in refused(f"calendar holidays import {announcement('2027-01-01,上班')}", 5)


def test_a_day_is_added_and_voided(branch, refused):
    added = branch("calendar holidays add 2027-01-01 --name 元旦 --json").json
    assert (added["day"], added["works"], added["name"]) == ("2027-01-01", False, "元旦")
    branch("calendar holidays add 2027-01-03 --works")
    assert days(branch, 2027) == {"2027-01-01": False, "2027-01-03": True}
    branch("calendar holidays void 1 --reason 误登")
    assert days(branch, 2027) == {"2027-01-03": True}
    assert "已经登记" in refused("calendar holidays add 2027-01-03", 5)
    assert "2027-01-04 本来就上班" in refused("calendar holidays add 2027-01-04 --works", 5)
    assert "2026-10-01 本来就放假" in refused("calendar holidays add 2026-10-01", 5)


def finding(run) -> dict[str, str]:
    found = run("doctor --json").json["findings"]
    return next(each for each in found if each["name"] == "节假日表")


def test_doctor_says_which_years_are_not_covered(branch, announcement, it_is):
    it_is("2026-06-01")
    assert finding(branch)["state"] == "ok"
    it_is("2026-12-01")
    found = finding(branch)
    assert (found["state"], "2027" in found["detail"]) == ("warning", True)
    assert "calendar holidays import" in found["remedy"]
    branch(f"calendar holidays import {announcement(YEAR)}")
    assert finding(branch)["state"] == "ok"
