"""`partyctl meeting plan` and `hold`: a meeting is planned, moved and held."""

import pytest

from tests.cli.conftest import Refused
from tests.cli.meeting.test_meetings import KINDS, meeting
from tests.conftest import Run

TO_COME = "2099-06-10"


def listed(run: Run, options: str = "") -> list[tuple[int, str | None, str | None]]:
    rows = run(f"meeting list --json {options}").json
    return [(row["id"], row["planned_on"], row["held_on"]) for row in rows]


@pytest.mark.parametrize(("english", "chinese"), KINDS.items())
def test_every_kind_can_be_planned_for_a_day_to_come(branch: Run, english: str, chinese: str):
    assert "#1" in branch(f"meeting plan {english} --on {TO_COME}").out
    branch(f"meeting plan {chinese} --on 2099年6月11日")

    assert listed(branch) == [(1, TO_COME, None), (2, "2099-06-11", None)]
    assert [row["kinds"] for row in branch("meeting list --json").json] == [[english]] * 2
    assert f"{TO_COME}（计划）" in branch("meeting list").out


def test_a_plan_says_what_for_by_whom_and_when_it_was_made(branch: Run):
    planned = branch(
        f"meeting plan members,lecture --on {TO_COME} --theme 学习贯彻 --topic 年度工作"
        " --planned-on 2026-02-01 --chair 李四 --json"
    ).json

    assert planned == planned | {
        "id": 1,
        "kinds": ["lecture", "members"],
        "planned_on": TO_COME,
        "plan_made_on": "2026-02-01",
        "held_on": None,
        "theme": "学习贯彻",
        "topics": ["年度工作"],
        "chair": "李四",
    }
    shown = branch("meeting list").out
    assert "学习贯彻；年度工作" in shown


def test_a_plan_of_a_past_day_can_be_entered_later(branch: Run):
    branch("meeting plan study --on 2026-02-10 --planned-on 2026-01-05")

    assert listed(branch) == [(1, "2026-02-10", None)]


def test_a_plan_is_no_meeting_until_it_was_held(branch: Run, standing):
    branch("meeting plan members --on 2026-02-10 --chair 张三")
    assert standing("members-meeting", "2026-02-28")[1, "2026-02"] == "due"
    assert standing("members-meeting", "2026-03-01")[1, "2026-02"] == "overdue"
    assert standing("members-meeting-chair", "2026-03-01") == {}

    branch("meeting hold 1 --on 2026-02-10")

    assert standing("members-meeting", "2026-03-01")[1, "2026-02"] == "met"
    assert standing("members-meeting-chair", "2026-03-01") == {(1, "2026-02-10"): "met"}


def test_it_counts_on_the_day_it_was_held_and_keeps_the_day_it_was_planned_for(
    branch: Run, standing
):
    branch("meeting plan members --on 2026-02-10 --chair 张三")
    assert "#1" in branch("meeting hold '#1' --on 2026-03-02").out

    assert listed(branch) == [(1, "2026-02-10", "2026-03-02")]
    statuses = standing("members-meeting", "2026-03-02")
    assert (statuses[1, "2026-02"], statuses[1, "2026-03"]) == ("overdue", "met")


def test_all_that_is_said_of_a_meeting_can_be_said_when_it_is_held(branch: Run):
    branch("meeting plan members,org-life,lecture --on 2026-02-10 --theme 学习贯彻 --topic 学习")
    held = branch(
        "meeting hold 1 --on 2026-02-12 --chair 张三 --lecturer 李四 --notified 2026-02-01"
        " --decision '换届=同意;3/2/2/0/0' --present all --absent 王五:出差 --due-present 3"
        " --minutes 记录 --opinions-inside 3 --opinions-outside 0 --opinions-on 2026-02-05"
        " --criticism --integrity --hours 2 --json"
    ).json

    assert held == held | {
        "planned_on": "2026-02-10",
        "held_on": "2026-02-12",
        "chair": "张三",
        "lecturer": "李四",
        "theme": "学习贯彻",
        "topics": ["学习", "换届"],
        "notified_on": "2026-02-01",
        "due_present": 3,
        "present": 2,
        "present_names": ["张三", "李四"],
        "absent": [{"name": "王五", "reason": "出差"}],
        "minutes": "记录",
        "opinions_inside": 3,
        "opinions_outside": 0,
        "opinions_on": "2026-02-05",
        "criticism": True,
        "integrity": True,
        "hours": 2.0,
    }


def test_without_a_day_it_was_held_today(branch: Run, monkeypatch: pytest.MonkeyPatch):
    branch("meeting plan study --on 2026-02-10 --chair 张三")
    branch("meeting hold 1")

    assert meeting(branch)["held_on"] > "2026-02-10"


def test_the_leading_group_is_due_at_its_own_meeting(leading: Run):
    leading("meeting plan democratic-life --on 2026-02-10")
    leading("meeting hold 1 --on 2026-02-10 --chair 张三 --present all --absent 王五:病假")

    held = meeting(leading)
    assert (held["due_present"], held["present_names"]) == (3, ["张三", "李四"])


def test_what_a_meeting_shows_only_once_it_was_held_is_refused_of_a_plan(
    branch: Run, refused: Refused
):
    branch(f"meeting plan members --on {TO_COME}")

    for said in (
        "--present all",
        "--absent 王五:出差",
        "--due-present 3",
        "--minutes 记录",
        "--criticism",
        "--hours 2",
        "--decision 换届=同意",
    ):
        assert "meeting hold 1" in refused(f"meeting edit 1 {said}", 5)
    branch("meeting edit 1 --decision 换届= --theme 换届 --chair 李四 --lecturer 王五")
    assert meeting(branch)["topics"] == ["换届"]


def test_a_plan_moves_to_a_day_to_come_and_a_meeting_that_was_held_does_not(
    branch: Run, refused: Refused
):
    branch("meeting plan members --on 2026-02-10 --chair 张三")
    branch(f"meeting edit 1 --on {TO_COME}")
    assert listed(branch) == [(1, TO_COME, None)]

    branch("meeting edit 1 --on 2026-02-12")
    branch("meeting hold 1 --on 2026-02-11")
    branch("meeting edit 1 --on 2026-02-13")

    assert listed(branch) == [(1, "2026-02-12", "2026-02-13")]
    assert "只能登记已经发生的事" in refused(f"meeting edit 1 --on {TO_COME}", 5)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("meeting plan study --on 2026-02-10 --planned-on 2026-02-11", "才作出的计划"),
        (f"meeting plan study --on {TO_COME} --planned-on 2099-01-01", "只能登记已经发生的事"),
        ("meeting edit 1 --on 2026-01-31", "才作出的计划"),
        ("meeting edit 1 --planned-on 2026-02-11", "才作出的计划"),
        ("meeting hold 1 --on 2026-01-31 --chair 张三", "才作出的计划"),
        (f"meeting hold 1 --on {TO_COME} --chair 张三", "只能登记已经发生的事"),
        ("meeting hold 1 --on 2026-02-10 --chair 张三 --notified 2026-02-11", "不能晚于开会"),
        ("meeting edit 2 --planned-on 2026-02-01", "直接登记为已召开"),  # meeting 2 had no plan
        ("meeting hold 2 --on 2026-02-10", "会议 #2 已于 2026-02-10 召开"),
        ("meeting hold 3 --on 2026-02-10", "已作废"),  # voided
        ("meeting edit 3 --on 2026-02-10", "已作废"),
        (
            "meeting plan members --on 2025-12-31 --chair 张三",
            "不能作为主持人",
        ),  # not on the roll yet
        ("meeting plan members --on 2026-02-10 --makes-up 2026-02", "还没有结束"),
    ],
)
def test_what_cannot_be_true_of_a_plan_is_refused(
    branch: Run, refused: Refused, line: str, told: str
):
    branch("meeting plan members --on 2026-02-10 --planned-on 2026-02-01")
    branch("meeting add members --on 2026-02-10 --chair 张三")
    branch("meeting plan members --on 2026-02-10")
    branch("meeting void 3 --reason 重复")

    assert told in refused(line, 5)


def test_a_plan_that_was_made_on_the_day_itself_is_a_plan(branch: Run):
    branch("meeting plan study --on 2026-02-10 --planned-on 2026-02-10 --chair 张三")
    branch("meeting hold 1 --on 2026-02-10")

    assert listed(branch) == [(1, "2026-02-10", "2026-02-10")]


def test_a_meeting_is_not_held_twice(branch: Run, refused: Refused):
    branch("meeting plan study --on 2026-02-10 --chair 张三")
    branch("meeting hold 1 --on 2026-02-11")

    assert "2026-02-11" in refused("meeting hold 1 --on 2026-02-12", 5)


@pytest.mark.parametrize(
    ("line", "code", "told"),
    [
        ("meeting plan study", 2, "缺少：--on"),
        (
            "meeting plan --on 2026-02-10",
            2,
            "缺少：种类，可写几个：members 党员大会",
        ),
        ("meeting plan studies --on 2026-02-10", 2, "没有“studies”这种会议"),
        ("meeting plan study --on 2026-02-30", 2, "没有“2026-02-30”这一天"),
        ("meeting plan study --on 2026-02-10 --chair 没人", 4, "党员名册里没有“没人”"),
        ("meeting hold", 2, "缺少：编号"),
        ("meeting hold 七 --on 2026-02-10", 2, "编号“七”读不出来"),
        ("meeting hold 7 --on 2026-02-10", 4, "没有会议"),
        ("meeting edit 7 --on 2099-02-10", 4, "没有会议"),
    ],
)
def test_wrong_usage_leaves_the_ledger_as_it_is(
    branch: Run, refused: Refused, line: str, code: int, told: str
):
    assert told in refused(line, code)


def test_a_cells_meeting_is_planned_for_its_cell(branch: Run, refused: Refused):
    branch("meeting plan cell --on 2026-02-10")
    assert meeting(branch)["cell"] == "第一小组"

    branch("cell add 第二小组")
    assert "--cell" in refused("meeting plan cell --on 2026-02-10", 2)


def test_with_several_branches_a_plan_needs_one_or_somebody_who_decides_it(
    leading: Run, refused: Refused
):
    leading("branch add 第二支部 --founded 2020-01-01")
    leading("--branch 第二支部 member add 钱七 --joined 2018-07-01")

    assert "有几个党支部" in refused(f"meeting plan members --on {TO_COME}", 2)
    leading(f"--branch 第二支部 meeting plan members --on {TO_COME}")
    leading(f"meeting plan members --on {TO_COME} --chair 钱七")
    leading(f"meeting plan democratic-life --on {TO_COME}")  # the leading group's own meeting

    branches = [row["branch"] for row in leading("meeting list --json").json]
    assert branches == ["第二支部", "第二支部", "机关支部"]


def test_on_a_day_the_list_shows_what_was_known_of_a_plan_then(branch: Run):
    branch("meeting plan study --on 2026-02-10 --planned-on 2026-01-20 --chair 张三")
    branch("meeting hold 1 --on 2026-03-02 --minutes 记录 --present all")

    assert listed(branch, "--as-of 2026-01-19") == []
    for day in ("2026-01-20", "2026-03-01"):
        assert listed(branch, f"--as-of {day}") == [(1, "2026-02-10", None)]
        assert branch(f"meeting list --json --as-of {day}").json[0]["minutes"] is None
    assert listed(branch, "--as-of 2026-03-02") == [(1, "2026-02-10", "2026-03-02")]
    assert listed(branch, "--as-of 2026-03-01 --month 2026-02") == [(1, "2026-02-10", None)]
    assert listed(branch, "--month 2026-02") == []


def test_a_planned_make_up_counts_for_its_period_once_it_was_held(branch: Run, standing):
    branch("meeting plan members --on 2026-02-05 --makes-up 2026-01 --chair 张三")
    assert standing("members-meeting", "2026-02-06")[1, "2026-01"] == "overdue"

    branch("meeting hold 1 --on 2026-02-06")

    assert standing("members-meeting", "2026-02-06")[1, "2026-01"] == "late"


def test_each_command_can_be_taken_back(branch: Run):
    branch("meeting plan members --on 2026-02-10 --planned-on 2026-01-20 --chair 张三")
    planned = meeting(branch)
    branch("meeting edit 1 --on 2026-02-12 --theme 换届 --planned-on 2026-01-21")
    branch("undo")
    assert meeting(branch) == planned

    branch("meeting hold 1 --on 2026-02-11 --minutes 记录 --present all --decision 换届=同意")
    branch("undo")
    assert meeting(branch) == planned

    branch("undo")
    assert listed(branch) == []


def test_a_plan_that_came_to_nothing_is_voided(branch: Run, refused: Refused):
    branch(f"meeting plan members --on {TO_COME}")
    branch("meeting void 1 --reason 取消")

    assert listed(branch) == []
    assert meeting(branch)["void_reason"] == "取消"
    assert "已作废" in refused("meeting void 1 --reason 取消", 5)
