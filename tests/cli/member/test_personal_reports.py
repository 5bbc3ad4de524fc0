"""Integrity: meetings marked as integrity education, and leading cadres' reports on personal matters."""

import pytest

from tests.cli.conftest import Refused, Standing
from tests.conftest import Run

EDUCATION, REPORT = "integrity-education", "integrity-report"


def test_a_meeting_marked_as_education_counts_for_its_quarter(branch: Run, standing: Standing):
    branch("meeting add study --on 2026-02-03 --chair 张三 --minutes 记录")
    assert standing(EDUCATION, "2026-02-03") == {(1, "2026-Q1"): "due"}

    branch("meeting edit 1 --integrity")

    assert standing(EDUCATION, "2026-02-02") == {(1, "2026-Q1"): "due"}
    assert standing(EDUCATION, "2026-02-03") == {(1, "2026-Q1"): "met"}
    assert standing(EDUCATION, "2026-07-01") == {
        **{(1, "2026-Q1"): "met", (1, "2026-Q2"): "advised", (1, "2026-Q3"): "due"}
    }
    branch("meeting void 1 --reason 误登")
    assert standing(EDUCATION, "2026-02-03") == {(1, "2026-Q1"): "due"}


def test_the_remedy_for_a_quarter_without_education_makes_it_up(branch: Run, standing: Standing):
    found = branch(f"check --rule {EDUCATION} --as-of 2026-04-01 --json").json["obligations"]
    remedy = next(each["remedy"] for each in found if each["status"] == "advised")
    assert remedy.endswith("--makes-up 2026-Q1")
    typed = remedy.removeprefix("partyctl ").replace("--on …", "--on 2026-04-02")

    branch(typed.replace("--chair …", "--chair 张三 --minutes 记录"))

    assert standing(EDUCATION, "2026-04-01")[1, "2026-Q1"] == "advised"
    assert standing(EDUCATION, "2026-04-02")[1, "2026-Q1"] == "late"


def test_a_study_that_is_not_on_integrity_makes_up_no_quarter(branch: Run, refused: Refused):
    assert "集中学习不按这样的期间办理" in refused(
        "meeting add study --on 2026-04-02 --chair 张三 --makes-up 2026-Q1", 5
    )
    assert "集中学习不按这样的期间办理" in refused(
        "meeting add study --integrity --on 2026-04-02 --chair 张三 --makes-up 2026-H1", 5
    )
    assert "还没有结束" in refused(
        "meeting add study --integrity --on 2026-04-02 --chair 张三 --makes-up 2026-Q2", 5
    )


def test_a_leading_cadre_reports_every_year(branch: Run, standing: Standing):
    assert standing(REPORT, "2026-01-14") == {(1, "2026"): "due"}

    branch("member report 张三 2026 --on 2026-01-15")

    assert standing(REPORT, "2026-01-14") == {(1, "2026"): "due"}
    assert standing(REPORT, "2026-01-15") == {(1, "2026"): "met"}
    assert standing(REPORT, "2027-01-01") == {(1, "2026"): "met", (1, "2027"): "due"}
    assert branch("member show 张三 --json").json["reports"] == [{"year": 2026, "on": "2026-01-15"}]
    assert "2026（2026-01-15）" in branch("member show 张三").out


def test_a_report_in_the_next_year_is_late_and_until_then_advised(run: Run, standing: Standing):
    run("init --organ 市某局党组 --branch 机关支部 --since 2025-01-01")
    run("member add 张三 --joined 2010-07-01 --leader")
    run("member report 张三 2025 --on 2026-01-15")

    assert standing(REPORT, "2025-12-31") == {(1, "2025"): "due"}
    assert standing(REPORT, "2026-01-14") == {(1, "2025"): "advised", (1, "2026"): "due"}
    assert standing(REPORT, "2026-01-15") == {(1, "2025"): "late", (1, "2026"): "due"}


def test_check_names_who_has_not_reported(branch: Run):
    branch("member edit 李四 --leader --from 2026-01-01")
    branch("member report 张三 2026 --on 2026-01-15")
    found = branch(f"check --rule {REPORT} --as-of 2026-03-01 --json").json["obligations"]
    waiting = [(each["subject"]["name"], each["remedy"]) for each in found if not each["proof"]]
    assert waiting == [("李四", "partyctl member report 李四 2026 --on …")]


def test_a_wrong_report_is_voided_and_made_again(branch: Run, standing: Standing, refused: Refused):
    branch("member report 张三 2026 --on 2026-01-15")
    said = refused("member report 张三 2026 --on 2026-01-20", 5)
    assert all(word in said for word in ("支部·十5", "2026-01-15", "--void"))

    branch("member report 张三 2026 --void 日期记错")

    assert standing(REPORT, "2026-01-20") == {(1, "2026"): "due"}
    assert "年的报告记录" in refused("member report 张三 2026 --void 再来", 5)
    branch("member report 张三 2026 --on 2026-01-20")
    assert standing(REPORT, "2026-01-20") == {(1, "2026"): "met"}
    assert "日期记错" in branch("member show 张三 --history").out


def test_a_report_and_its_voiding_can_be_undone_whatever_else_the_leader_did(
    branch: Run, standing: Standing
):
    branch("meeting add members --on 2026-01-10 --chair 张三")
    branch("member report 张三 2026 --on 2026-01-15")
    branch("member report 张三 2026 --void 误登")
    branch("undo")
    assert standing(REPORT, "2026-01-15") == {(1, "2026"): "met"}
    branch("undo")
    assert standing(REPORT, "2026-01-15") == {(1, "2026"): "due"}
    assert branch("member show 张三 --json").json["reports"] == []


def test_who_led_on_one_day_of_the_year_can_report_for_it(branch: Run, refused: Refused):
    branch("member edit 张三 --not-leader --from 2026-01-03")
    branch("member report 张三 2026 --on 2026-02-01")
    assert "支部·十5" in refused("member report 张三 2025 --on 2026-02-01", 5)


@pytest.mark.parametrize(
    ("line", "code", "told"),
    [
        ("李四 2026 --on 2026-02-01", 5, "年不是党员领导干部"),
        ("张三 2027 --on 2026-02-01", 5, "年还没有开始"),
        ("张三 2026 --on 2025-12-31", 5, "不能作为报告人"),
        ("张三 2026 --on 2199-01-01", 5, "只能登记已经发生的事"),
        ("孙七 2026 --on 2026-02-01", 4, "党员名册里没有“孙七”"),
        ("张三 1899 --on 2026-02-01", 2, "年份“1899”读不出来"),
        ("张三 今年 --on 2026-02-01", 2, "年份“今年”读不出来"),
        ("张三", 2, "缺少：哪一年的"),
        ("张三 2026 --void ' '", 5, "年的报告记录"),
    ],
)
def test_what_cannot_be_is_refused(branch: Run, refused: Refused, line: str, code: int, told: str):
    assert told in refused(f"member report {line}", code)
