"""`partyctl disclosure directory`, and the plan of a disclosure before its publication."""

import pytest

from tests.cli.conftest import Refused
from tests.conftest import Run


def directory(run: Run, as_of: str) -> dict:
    return run(f"disclosure directory --json --as-of {as_of}").json


def ids(rows: list[dict]) -> list[int]:
    return [row["id"] for row in rows]


@pytest.fixture
def openness(branch: Run) -> Run:
    """Three published items (the progress item has no approval), and one item not yet published."""
    branch("disclosure add regulations --title 支部制度 --scope internal --approved-on 2026-01-05")
    branch("disclosure publish 1 --on 2026-01-06 --by board")
    branch("disclosure add briefing --title 一季度通报 --scope internal --approved-on 2026-03-20")
    branch("disclosure publish 2 --on 2026-03-25 --by meeting")
    branch("disclosure add progress --title 任务进展 --scope external")
    branch("disclosure publish 3 --on 2026-04-02 --by document")
    branch("disclosure add hot-topic --title 停车场 --scope internal --form board")
    return branch


def test_the_directory_shows_what_stands_what_falls_due_and_what_was_out(openness: Run):
    spring = directory(openness, "2026-03-31")
    assert spring["quarter"] == "2026-Q1"
    assert ids(spring["standing"]) == [1]
    assert ids(spring["published"]) == [1, 2]
    assert ids(spring["waiting"]) == [4]
    due = {(each["rule"], each["period"]): each for each in spring["falling_due"]}
    assert set(due) == {
        ("posted-rules", "2026"),
        ("progress-disclosure", "2026-Q1"),
        ("dues-publication", "2026"),
    }
    assert due["progress-disclosure", "2026-Q1"]["days_left"] == 0

    april = directory(openness, "2026-04-02")
    assert ids(april["published"]) == [3]
    wrong = [each for each in april["falling_due"] if each["status"] == "breach"]
    assert [each["rule"] for each in wrong] == ["disclosure-approval"]
    openness("disclosure withdraw 1 --on 2026-04-10")
    assert directory(openness, "2026-04-10")["standing"] == []

    table = openness("disclosure directory --as-of 2026-04-02").out
    assert all(word in table for word in ("长期公开", "支部制度", "待公布", "停车场", "任务进展"))
    assert "disclosure edit 3 --approved-on" in table


def test_an_empty_directory_says_so(branch: Run):
    assert "长期公开：无" in branch("disclosure directory").out


def test_what_is_made_known_was_approved_by_the_day(openness: Run, owed):
    assert owed("disclosure-approval", "2026-03-31") == {
        "支部制度 2026-01-06": "met",
        "一季度通报 2026-03-25": "met",
    }
    assert owed("disclosure-approval", "2026-04-02")["任务进展 2026-04-02"] == "breach"
    openness("disclosure edit 3 --approved-on 2026-04-03")
    assert owed("disclosure-approval", "2026-04-03")["任务进展 2026-04-02"] == "breach"
    openness(
        "waive disclosure-approval --subject disclosure#3 --reason 已补 --decided-on 2026-04-05"
    )
    assert owed("disclosure-approval", "2026-04-05")["任务进展 2026-04-02"] == "waived"


def test_every_quarter_has_its_briefing_and_its_progress(openness: Run, standing):
    assert standing("disclosure-briefing", "2026-07-01") == {
        (1, "2026-Q1"): "met",
        (1, "2026-Q2"): "overdue",
        (1, "2026-Q3"): "due",
    }
    assert standing("progress-disclosure", "2026-04-02") == {
        (1, "2026-Q1"): "advised",
        (1, "2026-Q2"): "met",
    }


@pytest.mark.parametrize(
    ("kind", "usual"),
    [
        ("regulations", "standing"),
        ("posted-rules", "standing"),
        ("briefing", "periodic"),
        ("dues", "periodic"),
        ("hot-topic", "any-time"),
    ],
)
def test_for_how_long_goes_by_the_kind_unless_it_is_said(branch: Run, kind: str, usual: str):
    branch(f"disclosure add {kind} --title 甲 --scope internal")
    branch(f"disclosure add {kind} --title 乙 --scope internal --period 长期 --form 文件")
    rows = branch("disclosure list --json").json
    assert [row["period_class"] for row in rows] == [usual, "standing"]
    assert [row["form"] for row in rows] == [None, "document"]


def test_what_is_planned_can_be_corrected(branch: Run, refused: Refused):
    branch("disclosure add progress --title 甲 --scope internal --reviewed-on 2026-03-01")
    branch("disclosure edit 1 --form meeting --period any-time --reviewed-on 2026-03-02")
    kept = branch("disclosure show 1 --json").json
    found = [kept[field] for field in ("form", "period_class", "reviewed_on")]
    assert found == ["meeting", "any-time", "2026-03-02"]
    assert "保密审查" in branch("disclosure show 1").out
    assert "没有“永远”这种公开时限" in refused("disclosure edit 1 --period 永远", 2)
    assert "没有“电台”这种公开形式" in refused(
        "disclosure add progress --title 甲 --scope internal --form 电台", 2
    )
