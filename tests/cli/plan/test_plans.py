"""`partyctl plan`: a year's plans, their targets, and the responsible people."""

import pytest

from partyctl.show.tables import bar
from tests.cli.conftest import Refused
from tests.conftest import Run

ROLES = "--assign secretary=张三 --assign person-in-charge=李四 --assign leader-in-charge=王五"


@pytest.fixture
def planned(branch: Run) -> Run:
    """A branch whose leading group adopted its work plan on 10 January."""
    branch("plan adopt work 2026 --on 2026-01-10")
    return branch


@pytest.fixture
def targets(planned: Run) -> Run:
    """The plan with two targets: one due in March, and one due in June that was set in February."""
    planned("plan item 2026 完成换届 --owner 李四 --due 2026-03-31")
    planned("plan item 2026 开展调研 --owner 王五 --due 2026-06-30 --on 2026-02-15")
    return planned


def plan(run: Run, number: int = 1, more: str = "") -> dict:
    return run(f"plan show {number} --json {more}").json


@pytest.mark.parametrize(
    ("english", "chinese", "rule", "due"),
    [
        ("work", "党建工作安排", "work-plan", "2026-01-31"),
        ("budget", "活动经费", "activity-budget", "2026-03-31"),
    ],
)
def test_a_plan_of_the_leading_group_is_due_at_the_start_of_the_year(
    branch: Run, standing, english: str, chinese: str, rule: str, due: str
):
    wrong = "overdue" if english == "work" else "advised"
    assert standing(rule, due) == {(1, "2026"): "due"}
    day_after = f"2026-{'02' if english == 'work' else '04'}-01"
    assert standing(rule, day_after) == {(1, "2026"): wrong}

    branch(f"plan adopt {chinese} 2026 --on {due}")

    assert standing(rule, day_after) == {(1, "2026"): "met"}
    assert (plan(branch)["kind"], plan(branch)["branch"]) == (english, None)
    assert chinese in branch("plan list").out


def test_a_plan_adopted_after_its_day_is_late_from_that_day_on(branch: Run, standing):
    branch("plan adopt work 2026 --on 2026-02-10")

    assert standing("work-plan", "2026-02-09") == {(1, "2026"): "overdue"}
    assert standing("work-plan", "2026-02-10") == {(1, "2026"): "late"}


def test_a_plan_for_another_year_does_not_count(branch: Run, standing):
    branch("plan adopt work 2025 --on 2026-01-10")

    assert standing("work-plan", "2026-02-01") == {(1, "2026"): "overdue"}


def test_a_second_plan_of_a_kind_and_year_is_refused(planned: Run, refused: Refused):
    err = refused("plan adopt work 2026 --on 2026-01-11", 5)
    assert "#1" in err
    assert "partyctl plan edit 1 --on 2026-01-11" in err
    planned("plan adopt work 2027 --on 2026-01-11")
    planned("plan adopt budget 2026 --on 2026-01-11")


def test_the_leading_groups_plan_asks_for_no_branch_where_there_are_several(
    branch: Run, refused: Refused
):
    branch("branch add 老干部支部 --founded 2020-01-01")
    branch("plan adopt work 2026 --on 2026-01-10")
    branch("plan adopt study 2026 --on 2026-01-10 --branch 老干部支部")

    assert "有几个党支部" in refused("plan adopt study 2026 --on 2026-01-10", 2)
    assert "年的党建工作安排已于" in refused(
        "--branch 老干部支部 plan adopt work 2026 --on 2026-01-11", 5
    )
    assert "没有“没有的支部”这个党支部" in refused(
        "--branch 没有的支部 plan adopt budget 2026 --on 2026-01-11", 4
    )
    assert [each["branch"] for each in branch("plan list --json").json] == [None, "老干部支部"]
    listed = branch("plan list --branch 老干部支部 --json").json
    assert [each["kind"] for each in listed] == ["study"]


# Responsibilities


def test_the_four_responsibilities_are_the_groups_and_three_peoples(branch: Run, standing):
    assert standing("responsibility-roles", "2026-02-01") == {(1, "2026"): "advised"}
    branch(f"plan adopt roles 2026 --on 2026-01-10 {ROLES}")

    assert standing("responsibility-roles", "2026-02-01") == {(1, "2026"): "met"}
    assert [(each["role"], each["member"]) for each in plan(branch)["roles"]] == [
        ("secretary", "张三"),
        ("person-in-charge", "李四"),
        ("leader-in-charge", "王五"),
    ]
    assert "第一责任人 张三" in branch("plan show 1").out


def test_responsibilities_are_known_in_chinese(branch: Run):
    branch(
        "plan adopt 四个责任主体 2026 --on 2026-01-10"
        " --assign 第一责任人＝张三 --assign 具体责任人=李四 --assign 直接责任人=张三"
    )

    assert [each["member"] for each in plan(branch)["roles"]] == ["张三", "李四", "张三"]


@pytest.mark.parametrize(
    ("assigned", "code", "named"),
    [
        ("", 2, ("secretary", "person-in-charge", "leader-in-charge", "责任·5")),
        ("--assign secretary=张三 --assign leader-in-charge=王五", 2, ("person-in-charge",)),
        (f"{ROLES} --assign chairman=张三", 2, ("chairman", "leader-in-charge")),
        (f"{ROLES} --assign 张三", 2, ("责任=姓名",)),
        (f"{ROLES} --assign secretary=", 2, ()),
        (f"{ROLES} --assign secretary=李四", 2, ("第一责任人",)),
        (ROLES.replace("王五", "赵六"), 4, ("赵六", "member add")),
    ],
)
def test_responsibilities_that_are_not_whole_are_refused(
    branch: Run, refused: Refused, assigned: str, code: int, named: tuple[str, ...]
):
    branch("staff add 赵六")  # in the bureau, but not a member
    err = refused(f"plan adopt roles 2026 --on 2026-01-10 {assigned}", code)
    assert all(word in err for word in named)


def test_whoever_is_not_on_the_roll_that_day_bears_no_responsibility(branch: Run, refused: Refused):
    branch("member add 赵六 --joined 2020-07-01 --since 2026-02-01")
    assigned = ROLES.replace("王五", "赵六")

    assert "不能作为直接责任人" in refused(f"plan adopt roles 2026 --on 2026-01-31 {assigned}", 5)
    branch(f"plan adopt roles 2026 --on 2026-02-01 {assigned}")
    assert "不能作为直接责任人" in refused("plan edit 1 --on 2026-01-31", 5)


@pytest.mark.parametrize("kind", ["work", "study", "budget"])
def test_other_plans_assign_nothing(branch: Run, refused: Refused, kind: str):
    assert "--assign 只用于四个责任主体" in refused(
        f"plan adopt {kind} 2026 --on 2026-01-10 {ROLES}", 2
    )


def test_who_bears_what_is_corrected_one_by_one(branch: Run, refused: Refused):
    branch(f"plan adopt roles 2026 --on 2026-01-10 {ROLES}")
    branch("plan edit 1 --assign leader-in-charge=李四")

    assert [each["member"] for each in plan(branch)["roles"]] == ["张三", "李四", "李四"]
    assert plan(branch)["adopted_on"] == "2026-01-10"
    branch("undo")
    assert [each["member"] for each in plan(branch)["roles"]] == ["张三", "李四", "王五"]
    branch("plan adopt work 2026 --on 2026-01-10")
    assert "--assign 只用于四个责任主体" in refused("plan edit 2 --assign secretary=李四", 2)
    assert "缺少：--on" in refused("plan edit 2", 2)


# Targets


def test_a_target_is_due_by_its_own_day(planned: Run, standing):
    done = planned("plan item 2026 完成换届 --owner 李四 --due 2026-03-31")
    assert "#1" in done.out

    assert standing("plan-item", "2026-01-09") == {}
    assert standing("plan-item", "2026-01-10") == {(1, "2026-01-10"): "due"}
    assert standing("plan-item", "2026-03-31") == {(1, "2026-01-10"): "due"}
    assert standing("plan-item", "2026-04-01") == {(1, "2026-01-10"): "overdue"}
    found = planned("check --rule plan-item --as-of 2026-04-01 --json", code=3).json
    (owed,) = found["obligations"]
    assert owed["subject"] == {"kind": "plan-item", "id": 1, "name": "李四：完成换届"}
    assert (owed["due"], owed["days_overdue"]) == ("2026-03-31", 1)
    assert owed["remedy"] == "partyctl plan done 1 --on …"


def test_a_target_is_met_on_its_day_and_late_after_it(targets: Run, standing):
    targets("plan done 1 --on 2026-03-31")
    targets("plan done '#2' --on 2026-07-01")

    assert standing("plan-item", "2026-03-30")[1, "2026-01-10"] == "due"
    assert standing("plan-item", "2026-03-31")[1, "2026-01-10"] == "met"
    assert standing("plan-item", "2026-06-30")[2, "2026-02-15"] == "due"
    assert standing("plan-item", "2026-07-01") == {
        (1, "2026-01-10"): "met",
        (2, "2026-02-15"): "late",
    }


def test_the_target_is_answered_as_a_record(planned: Run):
    kept = planned("plan item 2026年 开展调研 --owner '#3' --due 2026年6月30日 --json").json

    assert kept == kept | {
        "id": 1,
        "plan_id": 1,
        "year": 2026,
        "target": "开展调研",
        "owner": "王五",
        "owner_id": 3,
        "set_on": "2026-01-10",
        "due_on": "2026-06-30",
        "done_on": None,
    }
    assert planned("plan done 1 --on 2026-05-01 --json").json["done_on"] == "2026-05-01"


def test_a_target_needs_the_years_work_plan(branch: Run, refused: Refused):
    branch("plan adopt budget 2026 --on 2026-01-10")
    branch("plan adopt work 2025 --on 2026-01-10")

    err = refused("plan item 2026 完成换届 --owner 李四 --due 2026-03-31", 4)
    assert "partyctl plan adopt 党建工作安排 2026 --on …" in err


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("plan item 2026 完成换届 --owner 李四 --due 2026-01-09", 5),  # before the plan
        ("plan item 2026 完成换届 --owner 李四 --due 2026-02-09 --on 2026-02-10", 5),
        ("plan item 2026 完成换届 --owner 李四 --due 2026-03-31 --on 2026-01-09", 5),
        ("plan item 2026 完成换届 --owner 赵六 --due 2026-03-31", 4),
        ("plan item 2026 '' --owner 李四 --due 2026-03-31", 2),
        ("plan item 2026 完成换届 --owner 李四", 2),
        ("plan item 2026 完成换届 --due 2026-03-31", 2),
        ("plan item 今年 完成换届 --owner 李四 --due 2026-03-31", 2),
        ("plan item 2026 完成换届 --owner 李四 --due 2026-02-30", 2),
        ("plan done 1 --on 2026-01-10", 4),
        ("plan done 一 --on 2026-01-10", 2),
        ("plan item-edit 1 --due 2026-01-10", 4),
        ("plan item-void 1 --reason 误登", 4),
    ],
)
def test_a_target_that_cannot_be_is_refused(planned: Run, refused: Refused, line: str, code: int):
    err = refused(line, code)
    if code == 5:
        assert "责任·2" in err


def test_a_deadline_may_be_the_day_of_the_start(planned: Run, standing):
    planned("plan item 2026 布置 --owner 李四 --due 2026-01-10")

    assert standing("plan-item", "2026-01-11") == {(1, "2026-01-10"): "overdue"}


def test_an_owner_is_on_the_roll_when_the_target_is_set(planned: Run, refused: Refused):
    planned("member add 赵六 --joined 2020-07-01 --since 2026-02-01")

    assert "不能作为责任人" in refused("plan item 2026 调研 --owner 赵六 --due 2026-03-31", 5)
    planned("plan item 2026 调研 --owner 赵六 --due 2026-03-31 --on 2026-02-01")


def test_a_target_is_reached_once_and_not_before_it_was_set(targets: Run, refused: Refused):
    assert "才提出" in refused("plan done 2 --on 2026-02-14", 5)
    targets("plan done 2 --on 2026-02-15")

    err = refused("plan done 2 --on 2026-02-16", 5)
    assert "partyctl plan item-edit 2 --not-done" in err


def test_a_target_is_corrected(targets: Run, standing, refused: Refused):
    targets("plan done 1 --on 2026-03-20")
    targets("plan item-edit 1 --text 支部换届 --owner 王五 --due 2026-04-30 --on 2026-01-15")

    (kept, _) = plan(targets)["items"]
    assert (kept["target"], kept["owner"]) == ("支部换届", "王五")
    assert (kept["set_on"], kept["due_on"]) == ("2026-01-15", "2026-04-30")
    targets("plan item-edit 1 --not-done")
    assert standing("plan-item", "2026-05-01")[1, "2026-01-15"] == "overdue"
    targets("plan done 1 --on 2026-03-20")
    for wrong, told in (
        ("--due 2026-01-14", "早于提出日期 2026-01-15"),
        ("--on 2026-05-01", "完成时限 2026-04-30 早于提出日期"),
        ("--on 2026-03-21", "2026-03-21 才提出"),
        ("--on 2026-01-09", "2026-01-10 才制定"),
    ):
        assert told in refused(f"plan item-edit 1 {wrong}", 5)
    assert "目标任务应是 1 到 100000 个字的文字" in refused("plan item-edit 1 --text ' '", 2)


def test_whoever_joins_later_can_take_a_target_over_while_it_runs(targets: Run, refused: Refused):
    targets("member add 赵六 --joined 2020-07-01 --since 2026-03-01")
    targets("member add 钱七 --joined 2020-07-01 --since 2026-04-01")

    targets("plan item-edit 1 --owner 赵六")
    assert "不能作为责任人" in refused("plan item-edit 1 --owner 钱七", 5)
    assert "党员名册里没有“孙八”" in refused("plan item-edit 1 --owner 孙八", 4)


def test_a_voided_target_is_owed_no_more(targets: Run, standing, refused: Refused):
    targets("plan item-void 1 --reason 调整安排")

    assert standing("plan-item", "2026-04-01") == {(2, "2026-02-15"): "due"}
    assert [each["id"] for each in plan(targets)["items"]] == [2]
    assert "已作废" in refused("plan done 1 --on 2026-03-20", 5)
    assert "已作废" in refused("plan item-void 1 --reason 再来", 5)


def test_a_voided_plan_takes_its_targets_along(targets: Run, standing, refused: Refused):
    assert "2 项任务" in targets("plan void 1 --reason 重新制定").out

    assert standing("plan-item", "2026-04-01") == {}
    assert standing("work-plan", "2026-02-01") == {(1, "2026"): "overdue"}
    assert "已作废" in refused("plan done 1 --on 2026-03-20", 5)
    assert targets("plan list --json").json == []
    assert plan(targets)["void_reason"] == "重新制定"
    targets("undo")
    assert standing("plan-item", "2026-04-01")[1, "2026-01-10"] == "overdue"


def test_targets_set_with_a_plan_follow_its_corrected_day(targets: Run, refused: Refused):
    targets("plan edit 1 --on 2026-01-20")

    assert [each["set_on"] for each in plan(targets)["items"]] == ["2026-01-20", "2026-02-15"]
    err = refused("plan edit 1 --on 2026-02-16", 5)
    assert "#2" in err
    targets("plan item-void 2 --reason 误登")
    assert "早于提出日期" in refused(
        "plan edit 1 --on 2026-04-01", 5
    )  # the new day is after the first target's deadline


# Lists


def test_progress_counts_the_targets_that_a_day_knows(targets: Run):
    targets("plan done 1 --on 2026-03-20")

    def progress(as_of: str) -> list[tuple[int, int]]:
        rows = targets(f"plan list --json --as-of {as_of}").json
        return [(row["items_done"], row["items_total"]) for row in rows]

    assert progress("2026-01-09") == []
    assert progress("2026-01-10") == [(0, 1)]
    assert progress("2026-03-19") == [(0, 2)]
    assert progress("2026-03-20") == [(1, 2)]
    assert "███░░░ 1/2" in targets("plan list --as-of 2026-03-20").out
    assert "░░░░░░ 0/1" in targets("plan list --as-of 2026-01-10").out
    (before,) = plan(targets, more="--as-of 2026-02-14")["items"]
    assert before["done_on"] is None


def test_a_bar_is_full_only_when_all_is_done():
    assert [bar(2, 3), bar(3, 3), bar(0, 3), bar(0, 0)] == [
        "████░░ 2/3",
        "██████ 3/3",
        "░░░░░░ 0/3",
        "",
    ]
    assert bar(99, 100).startswith("█████░")


def test_what_an_earlier_year_left_open_is_carried_over(targets: Run):
    targets("plan done 1 --on 2026-03-20")
    targets("plan adopt work 2027 --on 2026-11-01")

    (plan_of_2027,) = targets("plan list --year 2027 --json").json
    assert [each["target"] for each in plan_of_2027["carried_over"]] == ["开展调研"]
    assert "开展调研" in targets("plan list --year 2027").out
    assert "结转到 2027 年" in targets("plan list --year 2027").out
    assert targets("plan list --year 2026 --json").json[0]["carried_over"] == []
    assert "结转" not in targets("plan list --year 2026").out
    targets("plan done 2 --on 2026-11-02")
    assert targets("plan list --year 2027 --json").json[0]["carried_over"] == []
    (then,) = targets("plan list --year 2027 --json --as-of 2026-11-01").json
    assert [each["id"] for each in then["carried_over"]] == [2]


def test_a_plan_is_shown_with_its_targets_and_its_story(targets: Run):
    targets("plan done 1 --on 2026-03-20")

    shown = targets("plan show 1 --history").out
    assert all(word in shown for word in ("完成换届", "李四", "2026-03-31", "2026-03-20 完成"))
    assert "plan adopt" in shown
    (adopted,) = plan(targets, more="--history")["history"]
    assert adopted["new"]["kind"] == "work"


# Undo


def test_each_command_is_undone_whole(planned: Run, standing):
    planned("plan item 2026 调研 --owner 李四 --due 2026-03-31")
    planned("undo")
    assert plan(planned)["items"] == []
    planned("plan item 2026 调研 --owner 李四 --due 2026-03-31")
    planned("plan done 2 --on 2026-03-20")
    planned("undo")
    assert plan(planned)["items"][0]["done_on"] is None
    planned("plan item-edit 2 --due 2026-04-30")
    planned("undo")
    assert plan(planned)["items"][0]["due_on"] == "2026-03-31"
    planned("plan item-void 2 --reason 误登")
    planned("undo")
    assert plan(planned)["items_total"] == 1


def test_a_plan_is_not_undone_under_its_targets(
    branch: Run, refused: Refused, monkeypatch: pytest.MonkeyPatch
):
    branch("plan adopt work 2026 --on 2026-01-10")
    monkeypatch.setenv("PARTYCTL_CLERK", "另一位")
    branch("plan item 2026 调研 --owner 李四 --due 2026-03-31")
    monkeypatch.delenv("PARTYCTL_CLERK")

    err = refused("undo", 5)
    assert "partyctl plan item-void 1 --reason …" in err
    branch("plan item-void 1 --reason 误登")
    branch("undo")
    assert plan(branch)["items_total"] == 1
