"""`talk matrix` of a year agrees with the `talk matrix` of each quarter of the year."""

import pytest

from tests.cli.conftest import Refused
from tests.conftest import Run

YEAR = "talk matrix --year 2026 --as-of 2026-08-31"


@pytest.fixture
def office(branch: Run) -> Run:
    for line in (
        "talk add --on 2026-02-10 --with 张三,李四",
        "talk add --on 2026-03-10 --with 张三,李四,王五",
        "talk add --on 2026-04-10 --with 王五,张三",
        "talk add --on 2026-08-10 --with 李四,王五 --makes-up 2026-Q2",
    ):
        branch(line)
    return branch


def test_each_pair_has_the_talks_of_its_quarters(office: Run):
    [found] = office(f"{YEAR} --json").json["branches"]

    assert found["quarters"] == ["2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4"]
    assert {(p["one"]["name"], p["two"]["name"]): p["talks"] for p in found["pairs"]} == {
        ("张三", "李四"): {"2026-Q1": [1, 2]},
        ("张三", "王五"): {"2026-Q1": [2], "2026-Q2": [3]},
        ("李四", "王五"): {"2026-Q1": [2], "2026-Q2": [4]},
    }
    assert found["committee_pairs_missing"]["2026-Q2"] == [["张三", "李四"]]
    assert found["members"][2] == {
        "id": 3,
        "name": "王五",
        "committee": False,
        "without": ["2026-Q3"],
    }


def test_the_year_says_what_its_quarters_say(office: Run):
    [year] = office(f"{YEAR} --json").json["branches"]
    for quarter in ("2026-Q1", "2026-Q2", "2026-Q3"):
        line = f"talk matrix --quarter {quarter} --as-of 2026-08-31 --json"
        [one] = office(line).json["branches"]
        partners = {
            each["name"]: {other["name"]: other["talks"] for other in each["talked_with"]}
            for each in one["members"]
        }
        for pair in year["pairs"]:
            talks = pair["talks"].get(quarter)
            assert partners[pair["one"]["name"]].get(pair["two"]["name"]) == talks
            assert partners[pair["two"]["name"]].get(pair["one"]["name"]) == talks
        assert one["committee_pairs_missing"] == year["committee_pairs_missing"][quarter]
        assert one["without"] == [m["name"] for m in year["members"] if quarter in m["without"]]
        statuses = {each["kind"]: each["statuses"].get(quarter) for each in year["coverage"]}
        assert {each["kind"]: each["status"] for each in one["coverage"]} == statuses


def test_the_screen_has_a_column_a_quarter(office: Run):
    lines = office(YEAR).out.splitlines()
    assert lines[1].split()[-4:] == ["2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4"]
    assert lines[4].split() == ["3", "王五", "张三、李四", "张三、李四", "—", "—"]
    assert "班子成员之间：2026-Q1 已完成、2026-Q2 逾期、2026-Q3 待办" in lines


def test_in_english_a_line_below_the_table_says_who_talked(
    office: Run, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("PARTYCTL_LANG", "en")
    for line in (YEAR, "talk matrix --quarter 2026-Q1"):
        below = office(line).out.splitlines()[5:8]
        assert [each.partition(":")[0] for each in below] == [
            "between committee members",
            "committee with other members",
            "between other members",
        ]


def test_a_quarter_is_no_year_and_the_two_exclude_each_other(office: Run, refused: Refused):
    assert "--year 2026" in refused("talk matrix --year 2026-Q1", 2)
    assert "--year 2026" in refused("talk matrix --year 2026 --quarter 2026-Q1", 2)
