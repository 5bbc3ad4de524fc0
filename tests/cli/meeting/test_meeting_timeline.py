"""`meeting show` for a democratic-life meeting: steps before and after it, with their states."""

import pytest

from tests.conftest import Run

AHEAD = {
    "dl-prior-report": "2026-03-05",
    "dl-notice": "2026-03-19",
    "dl-opinions": "2026-03-19",
    "dl-study": "2026-03-20",
    "dl-outline": "2026-03-20",
    "dl-talks": "2026-03-20",
    "dl-peer-talks": "2026-03-20",
    "dl-criticism": "2026-03-20",
    "dl-package": "2026-04-04",
    "dl-rectification": "2026-04-04",
    "dl-briefing": "2026-04-04",
}


@pytest.fixture
def planned(leading: Run) -> Run:
    """A meeting planned for 20 March 2026."""
    leading("meeting plan democratic-life --on 2026-03-20 --theme 对照检查")
    return leading


def shown(run: Run, as_of: str, number: int = 1) -> dict:
    return run(f"meeting show {number} --json --as-of {as_of}").json


def statuses(run: Run, as_of: str, number: int = 1) -> dict[tuple[str, str], str]:
    rows = shown(run, as_of, number)["timeline"]
    return {(row["rule"], row["subject"]["name"]): row["status"] for row in rows}


def test_a_plan_lays_the_whole_way_out_backwards_and_forwards(planned: Run):
    rows = shown(planned, "2026-01-01")["timeline"]

    assert {row["rule"]: row["due"] for row in rows} == AHEAD
    assert [row["due"] for row in rows] == sorted(row["due"] for row in rows)
    assert {row["status"] for row in rows} == {"due"}
    names = [row["subject"]["name"] for row in rows if row["rule"] == "dl-outline"]
    assert names == ["张三", "李四", "王五"]
    assert [row["rule"] for row in rows if row["next"]] == ["dl-prior-report"]
    package = next(row for row in rows if row["rule"] == "dl-package")
    assert package == package | {
        "title": "民主生活会后 15 日内上报五项材料",
        "subject": {"kind": "meeting", "id": 1, "name": "民主生活会 2026-03-20"},
        "opens": "2026-03-20",
        "on": None,
        "note": "缺：情况报告、会议记录复印件、个人发言提纲、群众意见、整改措施",
    }


def test_once_its_day_is_past_the_timeline_says_what_check_says(planned: Run):
    planned("meeting step 1 prior-report --on 2026-03-06")
    planned("meeting step 1 notice --on 2026-03-19")
    planned("meeting step 1 study --on 2026-03-21")
    planned("meeting hold 1 --on 2026-03-20 --chair 张三")
    planned("meeting step 1 criticism --with 张三,李四")
    planned("rectify add 学习不深入 --owner 李四 --due 2026-05-31 --meeting 1")

    for day in ("2026-03-19", "2026-03-20", "2026-04-05", "2026-06-01"):
        found = planned(f"check --json --as-of {day}", code=3).json["obligations"]
        rules = (*AHEAD, "rectification-item")
        expected = {
            (each["rule"], each["subject"]["name"]): each["status"]
            for each in found
            if each["rule"] in rules
        }
        ahead = statuses(planned, day).items() - expected.items()
        assert statuses(planned, day).items() >= expected.items()
        assert (day < "2026-03-20") == bool(ahead)
        assert {status for _, status in ahead} <= {"due"}


def test_what_is_done_late_next_and_missing_is_said_with_its_day(planned: Run):
    planned("meeting step 1 prior-report --on 2026-03-06")
    planned("meeting step 1 notice --on 2026-03-10")
    planned("meeting step 1 outline --with 张三 --on 2026-03-12")
    rows = {row["rule"]: row for row in shown(planned, "2026-03-12")["timeline"]}

    late, met, following = (rows[f"dl-{rule}"] for rule in ("prior-report", "notice", "opinions"))
    assert (late["status"], late["on"]) == ("late", "2026-03-06")
    assert (met["status"], met["on"]) == ("met", "2026-03-10")
    assert following["next"]
    assert following["note"] == "缺：征求意见、反馈意见"

    screen = planned("meeting show 1 --as-of 2026-03-12").out
    for words in (
        "民主生活会（计划） · 2026-03-12",
        "逾期完成",
        "2026-03-06",
        "已完成",
        "下一步 待办 剩 7 天",
        "缺：征求意见、反馈意见",
        "1/3 缺：李四；王五",
        "→ partyctl meeting step 1 征求意见 --on …",
    ):
        assert words in screen
    assert "逾期 2 天" in planned("meeting show 1 --as-of 2026-03-21").out


@pytest.mark.parametrize(
    "line",
    [
        "meeting add democratic-life --on 2026-03-20 --chair 张三",
        "meeting plan democratic-life --on 2026-03-20 --planned-on 2026-03-20",
        "meeting plan democratic-life --on 2026-03-20 --planned-on 2026-02-20",
    ],
)
def test_what_must_be_done_before_the_meeting_is_above_it(leading: Run, line: str):
    leading(line)
    screen = leading("meeting show 1 --as-of 2026-03-20").out.partition("期限")[2]
    before, after = screen.split("谈心谈话\n")[0].split("2026-03-20  ——")

    for duty in ("集中学习", "撰写发言提纲", "与每个成员谈心", "互相谈心"):
        assert duty in before
        assert duty not in after
    assert "开展批评与自我批评" in after


def test_the_talks_stand_in_a_matrix_with_the_missing_pairs_named(planned: Run):
    planned("talk add --with 张三,李四 --on 2026-03-01")
    planned("talk add --with 李四,王五 --on 2026-03-21")
    talks = shown(planned, "2026-03-21")["talks"]

    assert [(each["name"], each["head"]) for each in talks["people"]] == [
        ("张三", True),
        ("李四", False),
        ("王五", False),
    ]
    assert [(p["names"], p["ids"], p["status"], p["on"], p["talk"]) for p in talks["pairs"]] == [
        ("张三、李四", [1, 2], "met", "2026-03-01", 1),
        ("张三、王五", [1, 3], "overdue", None, None),
        ("李四、王五", [2, 3], "late", "2026-03-21", 2),
    ]
    assert talks["missing"] == ["张三、王五"]

    screen = planned("meeting show 1 --as-of 2026-03-21").out
    matrix = screen.partition("谈心谈话\n")[2].splitlines()
    assert [line.split() for line in matrix[:4]] == [
        ["张三", "李四", "王五"],
        ["张三", "—", "2026-03-01", "缺"],
        ["李四", "2026-03-01", "—", "2026-03-21（逾期完成）"],
        ["王五", "缺", "2026-03-21（逾期完成）", "—"],
    ]
    assert matrix[4] == "缺：张三、王五"


def test_the_parts_of_the_report_are_tracked_one_by_one(leading: Run):
    leading("meeting add democratic-life --on 2026-03-20 --chair 张三")
    leading("meeting step 1 package --part report --part minutes --on 2026-03-25")

    package = shown(leading, "2026-03-25")["package"]
    assert package == {
        "report": "2026-03-25",
        "minutes": "2026-03-25",
        "outlines": None,
        "opinions": None,
        "measures": None,
    }
    assert set(shown(leading, "2026-03-24")["package"].values()) == {None}
    assert (
        "情况报告 2026-03-25、会议记录复印件 2026-03-25、个人发言提纲 缺"
        in leading("meeting show 1").out
    )


def test_measures_are_shown_with_their_meeting_and_again_at_the_next(leading: Run):
    leading("meeting add democratic-life --on 2026-01-20 --chair 张三")
    leading("rectify add 学习不深入 --owner 李四 --due 2026-02-28 --meeting 1")
    leading("rectify add 调研不够 --owner 王五 --due 2026-04-30 --meeting 1")
    leading("rectify close 1 --on 2026-03-02")
    leading("meeting plan democratic-life --on 2026-03-20")

    own = shown(leading, "2026-03-10")["timeline"]
    measures = [
        (row["subject"]["name"], row["due"], row["status"], row["on"])
        for row in own
        if row["rule"] == "rectification-item"
    ]
    assert measures == [
        ("李四：学习不深入", "2026-02-28", "late", "2026-03-02"),
        ("王五：调研不够", "2026-04-30", "due", None),
    ]
    second = shown(leading, "2026-03-10", 2)
    assert not [row for row in second["timeline"] if row["rule"] == "rectification-item"]
    looked_at = second["previous_rectification"]
    assert [row["status"] for row in looked_at] == ["late", "due"]
    assert "李四：学习不深入" in leading("meeting show 2 --as-of 2026-03-10").out
    assert [
        row["status"] for row in second["timeline"] if row["rule"] == "dl-previous-rectification"
    ] == ["due"]


def test_what_happens_later_is_not_foreseen(leading: Run):
    leading("meeting plan democratic-life --on 2026-03-20")
    leading("meeting plan democratic-life --on 2026-02-10")
    leading("meeting hold 2 --on 2026-02-10 --chair 张三")

    rules = {row["rule"] for row in shown(leading, "2026-02-09")["timeline"]}
    assert "dl-previous-rectification" not in rules
    rules = {row["rule"] for row in shown(leading, "2026-02-10")["timeline"]}
    assert "dl-previous-rectification" in rules


def test_where_nothing_is_known_of_it_the_timeline_is_empty(leading: Run):
    leading("meeting plan democratic-life --on 2026-03-20 --planned-on 2026-02-01")
    assert shown(leading, "2026-01-31")["timeline"] == []
    assert len(shown(leading, "2026-02-01")["timeline"]) > 10

    leading("meeting void 1 --reason 取消")
    found = shown(leading, "2026-03-20")
    assert found["timeline"] == found["talks"]["pairs"] == []
    assert "取消" in leading("meeting show 1").out


def test_another_meeting_has_no_timeline(branch: Run):
    branch("meeting add members --on 2026-03-10 --chair 张三")

    assert not {"timeline", "talks", "steps"} & set(branch("meeting show 1 --json").json)


def test_a_waived_duty_is_shown_as_waived(planned: Run):
    planned(
        "waive dl-prior-report --subject meeting#1 --reason 上级临时布置 --decided-on 2026-03-06"
    )

    assert statuses(planned, "2026-03-06")["dl-prior-report", "民主生活会 2026-03-20"] == "waived"


def test_the_story_of_a_meeting_goes_with_its_timeline(planned: Run):
    planned("meeting step 1 notice --on 2026-03-01")
    found = planned("meeting show 1 --history --json --as-of 2026-03-01").json

    assert found["timeline"]
    assert found["history"]


def test_it_speaks_english(planned: Run, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PARTYCTL_LANG", "en")
    screen = planned("meeting show 1 --as-of 2026-03-01").out

    assert "next due in 4 d" in screen
    assert "0/3 missing: 张三; 李四; 王五" in screen
