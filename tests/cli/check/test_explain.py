"""`check --explain`: the clause, the days, the records considered, and a record that would meet the duty."""

import pytest

from partyctl.cli.start.main import run as run_command
from partyctl.law.catalogue import CATALOGUE
from tests.cli.conftest import Refused
from tests.conftest import Prepare, Run


@pytest.fixture
def told(leading: Run, prepare: Prepare) -> Run:
    prepare("""
        meeting add members --on 2026-01-12 --chair 李四
        meeting add members --on 2026-01-22 --chair 张三
        meeting add members --on 2026-04-02 --chair 张三 --makes-up 2026-02
        meeting plan democratic-life --on 2026-03-20
        meeting step 4 notice --on 2026-03-01
        meeting step 4 opinions --on 2026-03-02
        meeting step 4 feedback --on 2026-03-05
        talk add --on 2026-03-03 --with 张三,李四
        dues pay 张三 --month 2026-01 --amount 10 --on 2026-03-02
    """)
    return leading


def why(run: Run, line: str, code: int = 0) -> list[dict]:
    return run(f"check --explain {line} --json", code=code).json["explanations"]


def records(explained: dict) -> dict[int, tuple[bool, str]]:
    return {each["id"]: (each["counts"], each["why"]) for each in explained["considered"]}


def test_a_month_names_each_meeting_and_why_it_counts_or_not(told: Run):
    (january,) = why(told, "members-meeting --period 2026-01 --as-of 2026-05-01")
    assert [(each["day"], each["how"]) for each in january["counted"]] == [
        ("2026-01-01", "2026-01 的第一天"),
        ("2026-01-31", "2026-01 的最后一天"),
    ]
    found = records(january)
    assert found[1] == (True, "在本期内")
    assert found[2] == (False, "本期已有另一条记录")
    assert found[3] == (False, "补的是 2026-02")
    assert january["would"] == "已经满足"

    (february,) = why(told, "members-meeting --period 2026-02 --as-of 2026-05-01")
    assert february["status"] == "late"
    assert records(february)[3] == (True, "补办本期，算逾期完成")
    assert records(february)[1][0] is False

    (march,) = why(told, "members-meeting --period 2026-03 --as-of 2026-05-01", code=3)
    assert not any(counts for counts, _ in records(march).values())
    assert march["would"].endswith("--makes-up 2026-03")


def test_a_condition_names_the_fields_that_it_looked_at(told: Run):
    (breach,) = why(told, "members-meeting-chair --subject meeting#1 --as-of 2026-05-01", code=3)
    counts, reason = records(breach)[1]
    assert not counts
    assert "主持人：李四" in reason
    assert "不符合" in reason
    (met,) = why(told, "members-meeting-chair --subject meeting#2 --as-of 2026-05-01")
    assert records(met)[2][0] is True


def test_deadlines_before_and_after_an_event_show_how_they_were_counted(told: Run):
    (report,) = why(told, "dl-prior-report --as-of 2026-03-02")
    assert ("2026-03-20", "事件之日（计划日或举行日）") in [
        (each["day"], each["how"]) for each in report["counted"]
    ]
    assert report["counted"][-1] == {"day": "2026-03-05", "how": "事件之日往前 15 日，不顺延"}

    told("rules set dl-package --days 3 --working --from 2026-01-01 --reason 试行 --confirm")
    told("meeting hold 4 --on 2026-03-20 --chair 张三")
    told("meeting step 4 package --part report --on 2026-03-23")
    (package,) = why(told, "dl-package --as-of 2026-03-24")
    assert package["counted"][-1] == {"day": "2026-03-25", "how": "数 3 个工作日"}
    (part,) = (each for each in package["considered"] if each["on"] == "2026-03-23")
    assert (part["counts"], part["why"]) == (False, "单凭它还不够")


def test_what_is_needed_is_told_from_what_changes_nothing(told: Run):
    (notice,) = why(told, "dl-notice --as-of 2026-03-10")
    (step,) = (each for each in notice["considered"] if each["on"] == "2026-03-01")
    assert (step["counts"], step["why"]) == (True, "靠它满足")
    told("talk add --on 2026-03-06 --with 张三,李四")
    (talked,) = why(told, "dl-talks --subject 李四 --as-of 2026-03-10")
    first, later = (each for each in talked["considered"] if each["kind"] == "talk")
    assert (first["counts"], first["why"]) == (True, "靠它满足")
    assert (later["counts"], later["why"]) == (False, "没有它也一样")


def test_a_pair_is_told_by_either_of_the_two(told: Run):
    found = why(told, "dl-talks --subject 李四 --as-of 2026-03-10")
    assert [each["subject"]["name"] for each in found] == ["张三、李四"]
    assert any(each["kind"] == "talk" and each["counts"] for each in found[0]["considered"])
    (open_one,) = why(told, "dl-talks --subject 王五 --as-of 2026-03-10")
    assert not any(each["kind"] == "talk" for each in open_one["considered"])


def test_on_the_screen_the_clause_the_days_the_records_and_the_way_out(told: Run):
    shown = told("check --explain members-meeting --period 2026-03 --as-of 2026-05-01", code=3).out
    for word in (
        "支部·二(一)1",
        "每月",
        "2026-03-31",
        "✗ 会议 #3",
        "→ partyctl meeting add 党员大会",
    ):
        assert word in shown
    late = told("check --explain dues-monthly --subject 张三 --period 2026-01").out
    assert "已过期限" in late


def test_a_rule_that_nobody_owes_or_that_is_out_of_force_says_so(told: Run, refused: Refused):
    assert "没有谁" in told("check --explain cell-meeting").out
    told("rules disable cell-meeting --from 2026-01-01 --reason 无党小组")
    assert "没有启用" in told("check --explain cell-meeting").out
    assert "没有此人 没有“党员大会每月一次”这项义务" in refused(
        "check --explain members-meeting --subject 没有此人", 4
    )
    assert "没有“nonsense”这条规则" in refused("check --explain nonsense", 2)
    assert "缺少：--explain" in refused("check --subject 张三", 2)


@pytest.mark.long
def test_every_rule_can_be_explained(told: Run):
    codes = {0: 0, 3: 0}
    for rule in CATALOGUE:
        code = run_command(["check", "--rule", rule.id, "--as-of", "2026-05-01"])
        codes[code] += 1
        found = told(f"check --json --rule {rule.id} --as-of 2026-05-01", code=code).json
        explained = why(told, f"{rule.id} --as-of 2026-05-01", code=code)
        assert bool(explained) == bool(found["obligations"]), rule.id
        for each in explained:
            told_how = f"{rule.id}: its duty must say what would do, and how its days are counted"
            assert each["would"], told_how
            assert each["counted"], told_how
            assert all(step["how"] for step in each["counted"]), told_how
    assert all(codes.values())


def test_a_complex_opinion_that_was_delayed_and_is_open_is_explained(branch: Run):
    branch("opinion add 食堂排队 --received 2026-02-10 --class complex")
    branch("opinion delay 1 --reason 需研究 --until 2026-03-01 --on 2026-02-11")
    told = branch("check --explain opinion-delayed --as-of 2026-02-20").out
    assert "剩 9 天" in told
    assert "{" not in told


def test_the_payments_of_one_member_alone_explain_a_month_of_that_member(branch: Run):
    branch("dues pay 张三 --month 2026-01 --amount 10 --on 2026-01-20")
    branch("dues pay 李四 --month 2026-01 --amount 10 --on 2026-01-21")
    found = branch("check --explain dues-monthly --subject 张三 --json --as-of 2026-01-31").json
    considered = [each["considered"] for each in found["explanations"]]
    assert [[(one["id"], one["counts"]) for one in each] for each in considered] == [[(1, True)]]
