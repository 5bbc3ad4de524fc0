"""`partyctl waive`: decisions that waive a duty, valid from the day of the decision."""

import pytest

from tests.cli.conftest import Refused
from tests.conftest import ItIs, Run

pytestmark = pytest.mark.dated

WHY = "--reason 防汛值守 --decided-on 2026-03-10"


def waiver(run: Run, number: int = 1, more: str = "") -> dict:
    return run(f"waive show {number} --json {more}").json


def test_a_missed_month_is_excused_from_the_day_of_the_decision(branch: Run, standing):
    line = f"waive study-session --subject 机关支部 --period 2026-02 {WHY} --decided-by 支委会"
    assert "#1" in branch(line).out

    assert standing("study-session", "2026-03-09") == {
        (1, "2026-01"): "overdue",
        (1, "2026-02"): "overdue",
        (1, "2026-03"): "due",
    }
    assert standing("study-session", "2026-03-10") == {
        (1, "2026-01"): "overdue",
        (1, "2026-02"): "waived",
        (1, "2026-03"): "due",
    }


def test_what_is_waived_names_its_decision_and_is_nobodys_task(branch: Run):
    branch(f"waive study-session --subject 机关支部 --period 2026-02 {WHY}")

    found = branch("check --rule study-session --as-of 2026-03-10 --json", code=3).json
    excused = next(each for each in found["obligations"] if each["status"] == "waived")
    assert excused["proof"] == {"kind": "waive", "id": 1, "on": "2026-03-10"}
    assert excused["remedy"] is None
    assert found["summary"]["waived"] == 1


def test_the_decision_is_answered_as_a_record(branch: Run):
    line = f"waive study-session --subject 机关支部 --period ２０２６-02 {WHY} --decided-by 支委会"
    kept = branch(f"{line} --json").json

    assert kept == kept | {
        "id": 1,
        "rule": "study-session",
        "subject": {"kind": "branch", "id": 1, "name": "机关支部"},
        "period": "2026-02",
        "reason": "防汛值守",
        "decided_on": "2026-03-10",
        "decided_by": "支委会",
    }


@pytest.mark.parametrize(
    ("rule", "period", "subject", "stored"),
    [
        ("study-session", "2026-02", "机关支部", ("branch", 1, "机关支部")),
        ("study-session", "2026-02", "branch#1", ("branch", 1, "机关支部")),
        ("study-session", "2026-02", "党支部#1", ("branch", 1, "机关支部")),
        ("study-session", "2026-02", "'#1'", ("branch", 1, "机关支部")),
        ("cell-meeting", "2026-02", "第一小组", ("cell", 1, "第一小组")),
        ("cell-meeting", "2026-02", "cell#1", ("cell", 1, "第一小组")),
        ("theme-meeting", "2026-H1", "市某局党组", ("organ", 1, "市某局党组")),
        ("theme-meeting", "2026-H1", "党组", ("organ", 1, "市某局党组")),
        ("theme-meeting", "2026-H1", "organ#1", ("organ", 1, "市某局党组")),
        ("dues-monthly", "2026-02", "王五", ("member", 3, "王五")),
        ("dues-monthly", "2026-02", "'#3'", ("member", 3, "王五")),
        ("dues-full-amount", "2026-02", "党员＃3", ("member", 3, "王五")),
        ("leader-lecture", "2026", "member#1", ("member", 1, "张三")),
    ],
)
def test_whose_duty_it_is_is_said_by_name_or_number(
    branch: Run, rule: str, period: str, subject: str, stored: tuple[str, int, str]
):
    branch(f"waive {rule} --subject {subject} --period {period} {WHY}")

    kind, number, name = stored
    assert waiver(branch)["subject"] == {"kind": kind, "id": number, "name": name}


def test_a_leading_groups_and_a_cells_and_a_members_duty_is_excused(branch: Run, standing):
    for rule, subject, period, number in (
        ("work-plan", "市某局党组", "2026", 1),
        ("cell-meeting", "第一小组", "2026-02", 1),
        ("dues-monthly", "王五", "2026-02", 3),
    ):
        assert standing(rule, "2026-03-10")[number, period] in ("overdue", "advised")
        branch(f"waive {rule} --subject {subject} --period {period} {WHY}")
        assert standing(rule, "2026-03-10")[number, period] == "waived"
    assert standing("dues-monthly", "2026-03-10")[1, "2026-02"] == "overdue"


def test_a_contact_points_duty_is_excused(branch: Run, standing):
    branch("contact add 信访窗口 --leader 张三")
    branch(f"waive contact-visit --subject 信访窗口 --period 2026-Q1 {WHY}")

    assert standing("contact-visit", "2026-04-01") == {
        (1, "2026-Q1"): "waived",
        (1, "2026-Q2"): "due",
    }
    assert waiver(branch)["subject"] == {"kind": "contact", "id": 1, "name": "信访窗口"}


def test_the_breach_of_a_record_is_acknowledged(branch: Run, standing):
    branch("meeting add members --on 2026-03-05 --chair 张三")
    branch("meeting add members --on 2026-03-06 --chair 张三")
    branch(f"waive members-meeting-notice --subject meeting#1 {WHY}")

    assert standing("members-meeting-notice", "2026-03-09") == {
        (1, "2026-03-05"): "breach",
        (2, "2026-03-06"): "breach",
    }
    assert standing("members-meeting-notice", "2026-03-10") == {
        (1, "2026-03-05"): "waived",
        (2, "2026-03-06"): "breach",
    }
    assert waiver(branch)["subject"] == {"kind": "meeting", "id": 1, "name": "会议 #1"}
    assert "会议 #1" in branch("waive list").out


def test_a_target_a_measure_and_a_payment_are_excused_as_records(branch: Run, standing):
    branch("plan adopt work 2026 --on 2026-01-10")
    branch("plan item 2026 完成换届 --owner 李四 --due 2026-02-28")
    branch("rectify add 学习不深入 --owner 李四 --due 2026-02-28 --on 2026-01-20")
    branch("dues pay 王五 --month 2026-01 --amount 10 --on 2026-02-02")
    for rule, subject, opened, wrong in (
        ("plan-item", "plan-item#1", "2026-01-10", "overdue"),
        ("rectification-item", "整改事项#1", "2026-01-20", "overdue"),
        ("dues-late-consent", "dues#1", "2026-02-02", "breach"),
    ):
        assert standing(rule, "2026-03-10") == {(1, opened): wrong}
        branch(f"waive {rule} --subject {subject} {WHY}")
        assert standing(rule, "2026-03-10") == {(1, opened): "waived"}


def test_a_review_and_the_follow_up_of_a_talk_are_excused_as_records(branch: Run, standing):
    branch("review open 2026 --on 2026-02-01")
    branch("talk add --on 2026-02-01 --with 张三,王五 --follow-up 补学 --due 2026-02-20")
    for rule, subject, status in (
        ("review-study", "review#1", "due"),
        ("talk-follow-up", "谈心谈话#1", "overdue"),
    ):
        assert standing(rule, "2026-03-10") == {(1, "2026-02-01"): status}
        branch(f"waive {rule} --subject {subject} {WHY}")
        assert standing(rule, "2026-03-10") == {(1, "2026-02-01"): "waived"}


def test_a_talk_that_two_people_owe_is_excused_by_either(leading: Run, owed):
    leading("meeting add democratic-life --on 2026-03-02 --chair 张三")
    assert owed("dl-talks", "2026-03-10") == {"张三、李四": "overdue", "张三、王五": "overdue"}

    leading(f"waive dl-talks --subject 张三、李四 {WHY}")
    assert owed("dl-talks", "2026-03-10") == {"张三、李四": "waived", "张三、王五": "overdue"}
    leading(f"waive dl-peer-talks --subject 李四 {WHY}")
    assert owed("dl-peer-talks", "2026-03-10") == {"李四、王五": "waived"}
    leading(f"waive dl-outline --subject 李四 {WHY}")
    assert owed("dl-outline", "2026-03-10") == {
        "张三": "overdue",
        "李四": "waived",
        "王五": "overdue",
    }


def test_what_each_owes_in_a_years_case_is_excused_for_that_year_alone(leading: Run, owed):
    kept = leading(f"waive dl-outline --subject 李四 {WHY} --json").json
    assert kept["period"] == "2026"  # without `--period`, the waiver is for 2026 only
    leading(f"waive dl-outline --subject 王五 --period 2027 {WHY}")
    leading(f"waive review-self --subject 王五 --period 2027 {WHY}")
    leading("meeting add democratic-life --on 2026-03-02 --chair 张三")
    leading("meeting plan democratic-life --on 2027-03-02")
    found = leading("check --json --rule dl-outline --as-of 2027-03-10", code=3).json
    excused = {
        (each["opens"][:4], each["subject"]["name"])
        for each in found["obligations"]
        if each["status"] == "waived"
    }
    assert {name for _, name in excused} == {"李四", "王五"}
    assert len(excused) == 2
    leading("review open 2026 --on 2026-02-01")
    found = leading("check --json --rule review-self --as-of 2026-03-10").json["obligations"]
    assert not [each for each in found if each["status"] == "waived"]
    leading(f"waive review-self --subject 王五 --period 2026 {WHY}")
    found = leading("check --json --rule review-self --as-of 2026-03-10").json["obligations"]
    assert [e["subject"]["name"] for e in found if e["status"] == "waived"] == ["王五"]


def test_a_quarter_is_excused_once_the_rule_has_quarters(
    branch: Run, refused: Refused, it_is: ItIs
):
    it_is("2026-11-20")  # before 2027, when the changed rule begins to apply
    line = f"waive members-meeting --subject 机关支部 --period 2027-Q1 {WHY}"
    assert "“党员大会每月一次”" in refused(line, 5)
    branch("rules set members-meeting --every quarter --from 2027-01-01 --reason 上级规定")
    branch(line)
    found = branch("check --json --rule members-meeting --as-of 2027-03-01", code=3).json
    assert found["obligations"][-1]["status"] == "waived"


def test_a_decision_is_voided_and_the_duty_is_owed_again(branch: Run, standing):
    branch(f"waive study-session --subject 机关支部 --period 2026-02 {WHY}")
    assert "免除" in branch("check --all --rule study-session --as-of 2026-03-10", code=3).out
    branch("waive void 1 --reason 决定撤回")
    assert standing("study-session", "2026-03-10")[1, "2026-02"] == "overdue"


def test_what_was_done_in_time_stays_done_and_what_was_late_stays_late(branch: Run, standing):
    branch("meeting add study --on 2026-02-10 --chair 张三")
    branch("meeting add study --on 2026-03-01 --chair 张三 --makes-up 2026-01")
    for month in ("2026-01", "2026-02"):
        branch(f"waive study-session --subject 机关支部 --period {month} {WHY}")

    assert standing("study-session", "2026-03-10") == {
        (1, "2026-01"): "late",
        (1, "2026-02"): "met",
        (1, "2026-03"): "due",
    }


def test_a_period_to_come_can_be_excused_before_it_begins(branch: Run, standing):
    branch(f"waive study-session --subject 机关支部 --period 2026-05 {WHY}")

    assert (1, "2026-05") not in standing("study-session", "2026-04-30")
    assert standing("study-session", "2026-05-01")[1, "2026-05"] == "waived"


def test_what_is_not_owed_may_be_excused_where_rule_and_subject_exist(branch: Run, standing):
    branch(f"waive leader-lecture --subject 王五 --period 2026 {WHY}")  # not a leading cadre

    assert standing("leader-lecture", "2026-03-10") == {(1, "2026"): "due"}


# Impossible values


@pytest.mark.parametrize(
    ("line", "code", "named"),
    [
        ("study-sessions --subject 机关支部 --period 2026-02", 2, "study-session"),
        ("lst", 2, "lst"),
        ("study-session --subject 机关支部", 2, "--period"),
        ("study-session --period 2026-02", 2, "--subject"),
        ("study-session --subject 机关支部 --period 二月", 2, "2026-Q1"),
        ("study-session --subject 机关支部 --period 2026-Q1", 5, "支部·一"),
        ("study-plan --subject 机关支部 --period 2026-02", 5, "--period 2026"),
        ("members-meeting-notice --subject meeting#1 --period 2026-03", 2, "支部·二(一)4"),
        ("members-meeting-notice --subject 党员大会", 2, "meeting#…"),
        ("members-meeting-notice --subject meeting#9", 4, "#9"),
        ("members-meeting-notice --subject branch#1", 5, "支部·二(一)4"),
        ("study-session --subject meeting#1 --period 2026-02", 5, "党支部"),
        ("study-session --subject 老干部支部 --period 2026-02", 4, "老干部支部"),
        ("study-session --subject 支部#1 --period 2026-02", 2, "党支部"),
        ("dues-monthly --subject 赵六 --period 2026-02", 4, "赵六"),
        ("dues-monthly --subject '#9' --period 2026-02", 4, "#9"),
        ("theme-meeting --subject 某党组 --period 2026-H1", 4, "市某局党组"),
        ("theme-meeting --subject organ#2 --period 2026-H1", 4, "市某局党组"),
        ("contact-visit --subject 信访窗口 --period 2026-Q1", 4, "信访窗口"),
        ("cell-meeting --subject 第二小组 --period 2026-02", 4, "第二小组"),
    ],
)
def test_a_decision_that_could_excuse_nobody_is_refused(
    branch: Run, refused: Refused, line: str, code: int, named: str
):
    branch("meeting add members --on 2026-03-05 --chair 张三")

    assert named in refused(f"waive {line} {WHY}", code)


@pytest.mark.parametrize(
    ("why", "code", "told"),
    [
        ("--reason 防汛值守", 2, "缺少：--decided-on"),
        ("--decided-on 2026-03-10", 2, "缺少：--reason"),
        ("--reason '' --decided-on 2026-03-10", 2, "免除原因应是 1 到 100000 个字的文字"),
        ("--reason 防汛值守 --decided-on 2026-02-30", 2, "没有“2026-02-30”这一天"),
        ("--reason 防汛值守 --decided-on tomorrow", 5, "只能登记已经发生的事"),
    ],
)
def test_a_decision_has_its_reason_and_its_day(
    branch: Run, refused: Refused, why: str, code: int, told: str
):
    assert told in refused(f"waive study-session --subject 机关支部 --period 2026-02 {why}", code)


def test_a_voided_record_cannot_be_excused(branch: Run, refused: Refused):
    branch("meeting add members --on 2026-03-05 --chair 张三")
    branch("meeting void 1 --reason 误登")

    assert "已作废" in refused(f"waive members-meeting-notice --subject meeting#1 {WHY}", 5)


def test_the_same_decision_is_recorded_once(branch: Run, refused: Refused):
    line = "waive study-session --subject {} --period {} --reason 防汛 --decided-on 2026-03-{}"
    branch(line.format("机关支部", "2026-02", "10"))

    err = refused(line.format("branch#1", "2026-02", "11"), 5)
    assert "partyctl waive show 1" in err
    branch(line.format("机关支部", "2026-01", "10"))
    branch("meeting add members --on 2026-03-05 --chair 张三")
    branch(f"waive members-meeting-notice --subject meeting#1 {WHY}")
    assert "这项免除已于" in refused(f"waive members-meeting-notice --subject meeting#1 {WHY}", 5)
    branch(f"waive members-meeting-chair --subject meeting#1 {WHY}")


# Lists and corrections


def test_a_voided_decision_excuses_nobody(branch: Run, standing, refused: Refused):
    line = f"waive study-session --subject 机关支部 --period 2026-02 {WHY}"
    branch(line)
    branch("waive void '#1' --reason 没有这个决定")

    assert standing("study-session", "2026-03-10")[1, "2026-02"] == "overdue"
    assert branch("waive list --json").json == []
    assert waiver(branch)["void_reason"] == "没有这个决定"
    assert "已作废" in refused("waive void 1 --reason 再来", 5)
    assert "没有免除决定" in refused("waive void 9 --reason 误登", 4)
    assert "没有免除决定" in refused("waive show 9", 4)
    branch(line)


def test_the_list_knows_the_decisions_taken_by_a_day(branch: Run):
    branch(f"waive study-session --subject 机关支部 --period 2026-02 {WHY} --decided-by 支委会")
    branch(
        "waive study-plan --subject 机关支部 --period 2026 --reason 新建 --decided-on 2026-03-11"
    )

    def listed(more: str = "") -> list[int]:
        return [row["id"] for row in branch(f"waive list --json {more}").json]

    assert (listed("--as-of 2026-03-09"), listed("--as-of 2026-03-10"), listed()) == (
        [],
        [1],
        [1, 2],
    )
    table = branch("waive list").out
    assert all(
        word in table
        for word in ("集中学习每月至少一次", "机关支部", "2026-02", "支委会", "防汛值守")
    )


def test_the_story_of_a_decision_is_told_under_its_own_command(branch: Run):
    branch(f"waive study-session --subject 机关支部 --period 2026-02 {WHY}")

    (added,) = waiver(branch, more="--history")["history"]
    assert (added["command"], added["act"]) == ("waive", "add")
    assert "防汛值守" in branch("waive show 1 --history").out
    assert branch("journal list --json").json[-1]["records"] == ["waive#1"]


def test_a_decision_and_its_voiding_are_undone(branch: Run, standing):
    branch(f"waive study-session --subject 机关支部 --period 2026-02 {WHY}")
    branch("waive void 1 --reason 误登")
    branch("undo")
    assert standing("study-session", "2026-03-10")[1, "2026-02"] == "waived"
    branch("undo")
    assert standing("study-session", "2026-03-10")[1, "2026-02"] == "overdue"


def test_a_decision_on_one_branch_leaves_the_others(branch: Run, standing):
    branch("branch add 老干部支部 --founded 2026-01-01")
    branch(f"waive study-session --subject 老干部支部 --period 2026-02 {WHY}")

    found = standing("study-session", "2026-03-10")
    assert (found[1, "2026-02"], found[2, "2026-02"]) == ("overdue", "waived")


def test_help_lists_the_verbs_beside_the_rule(branch: Run):
    page = branch("waive --help").out
    assert all(word in page for word in ("规则", "list", "void", "show"))
    assert "--subject" in branch("waive study-session --help").out
    assert "用法：partyctl waive [选项] 规则|命令 …" in branch("waive", code=2).err
