"""Attendance over a period: the command's numbers equal numbers that were counted by hand."""

from pathlib import Path

import pytest

from partyctl.ledger.reading.attendance import gathered
from tests.cli.conftest import Refused
from tests.conftest import Run


@pytest.fixture
def office(branch: Run) -> Run:
    """Four meetings; for the third, only the number of people is recorded, not their names."""
    for line in (
        "meeting add members --on 2026-01-12 --chair 张三 --present all --absent 王五:病",
        "meeting add members,theme-day --on 2026-02-12 --chair 张三 --present all --absent 王五:出差",
        "meeting add study --on 2026-02-20 --chair 张三 --minutes 记录 --present 2",
        "meeting add committee --on 2026-03-04 --chair 张三 --present 张三,李四",
    ):
        branch(line)
    return branch


def test_each_person_is_counted_where_it_is_on_record_whether_they_came(office: Run):
    found = office("meeting attendance --period 2026 --json --as-of 2026-03-31").json

    assert found["period"] == "2026"
    assert [each["id"] for each in found["meetings"]] == [1, 2, 3, 4]
    assert found["without_names"] == [3]
    counts = [(each["name"], each["due"], each["present"]) for each in found["members"]]
    assert counts == [("张三", 3, 3), ("李四", 3, 3), ("王五", 2, 0)]
    assert found["members"][2]["absent"] == [
        {"meeting": 1, "on": "2026-01-12", "kinds": ["members"], "reason": "病"},
        {"meeting": 2, "on": "2026-02-12", "kinds": ["members", "theme-day"], "reason": "出差"},
    ]


def test_a_period_a_kind_and_a_day_narrow_it(office: Run):
    def ids(more: str) -> list[int]:
        found = office(f"meeting attendance --json {more}").json
        return [each["id"] for each in found["meetings"]]

    assert ids("--period 2026-02 --as-of 2026-03-31") == [2, 3]
    assert ids("--period 2026-Q1 --as-of 2026-02-15") == [1, 2]
    assert ids("--period 2026 --kind 主题党日 --as-of 2026-03-31") == [2]
    assert ids("--period 2025") == []


def test_the_running_year_is_meant_where_none_is_named(office: Run):
    whole = office("meeting attendance --json --as-of 2026-03-31").json
    assert whole == office("meeting attendance --json --period 2026 --as-of 2026-03-31").json


def test_a_voided_meeting_is_not_counted(office: Run):
    office("meeting void 1 --reason 误登")
    found = office("meeting attendance --json --period 2026 --as-of 2026-03-31").json
    assert [each["due"] for each in found["members"]] == [2, 2, 1]


def test_the_screen_says_how_often_and_why_not(office: Run, tmp_path: Path):
    out = office("meeting attendance --period 2026 --as-of 2026-03-31").out
    assert out.splitlines()[3].split() == ["3", "王五", "2", "0", "0", "病", "1、出差", "1"]
    assert out.splitlines()[-1] == "共 4 次会议，其中 1 次没有按姓名登记出席"
    office(f"meeting attendance --period 2026 --as-of 2026-03-31 -o {tmp_path / 'a.csv'}")
    assert "王五,2,0,0,病 1、出差 1" in (tmp_path / "a.csv").read_text(encoding="utf-8-sig")


def test_what_is_no_period_is_refused(branch: Run, refused: Refused):
    assert "期间“2026-13”读不出来" in refused("meeting attendance --period 2026-13", 2)


def test_rows_make_people_in_the_order_of_the_roll():
    found = gathered(
        [
            (7, "2026-01-02", "甲", None, 2, "乙", "病"),
            (7, "2026-01-02", "甲", None, 1, "丙", None),
        ],
        {7: ["members"]},
    )
    assert [(each.name, each.due, each.present) for each in found.people] == [
        ("丙", 1, 1),
        ("乙", 1, 0),
    ]
