"""`partyctl meeting step`: the steps towards a meeting; impossible steps are refused."""

import pytest

from tests.cli.conftest import Owed, Refused
from tests.conftest import Prepare, Run


def steps(run: Run, number: int = 1) -> list[tuple]:
    found = run(f"meeting show {number} --json").json["steps"]
    return [(each["step"], each["taken_on"], each["member"] or each["part"]) for each in found]


@pytest.fixture
def planned(leading: Run, prepare: Prepare) -> Run:
    """A meeting planned on 1 February 2026 for 20 March."""
    prepare("meeting plan democratic-life --on 2026-03-20 --planned-on 2026-02-01")
    return leading


@pytest.fixture
def held(planned: Run, prepare: Prepare) -> Run:
    """The meeting of the fixture `planned`, held on the planned day."""
    prepare("meeting hold 1 --on 2026-03-20 --chair 张三")
    return planned


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("prior-report", "会前报告"),
        ("notice", "通报时间主题"),
        ("study", "集中学习"),
        ("opinions", "征求意见"),
        ("feedback", "反馈意见"),
        ("outline --with 张三", "发言提纲 --with 李四"),
        ("criticism --with 张三", "批评与自我批评 --with 李四"),
        ("previous-rectification", "检查上次整改"),
        ("package --part report", "会后报告 --part 会议记录复印件"),
        ("briefing", "通报情况"),
    ],
)
def test_every_step_is_known_in_english_and_in_chinese(held: Run, english: str, chinese: str):
    assert "#1" in held(f"meeting step 1 {english} --on 2026-03-20").out
    if " " not in english:
        held(f"meeting step 1 {chinese} --void 误登")
    held(f"meeting step '#1' {chinese} --on 2026年3月21日")

    assert english.split()[0] == steps(held)[-1][0]
    assert held("meeting show 1 --json").json["steps"][-1]["taken_on"] == "2026-03-21"


def test_every_part_of_the_report_is_known_in_chinese(held: Run):
    parts = ("情况报告", "会议记录复印件", "个人发言提纲", "群众意见", "整改措施")
    held("meeting step 1 会后报告 --on 2026-03-21 " + " ".join(f"--part {each}" for each in parts))

    recorded = ["report", "minutes", "outlines", "opinions", "measures"]
    assert [part for _, _, part in steps(held)] == recorded


def test_a_step_is_kept_with_its_people_its_days_and_its_note(planned: Run):
    planned("meeting step 1 study --on 2026-03-01 --note '学习党章'")
    shown = planned("meeting step 1 outline --on 2026-03-02 --with '李四、王五' --json").json

    assert shown["id"] == 1
    assert [each["member"] for each in shown["steps"]] == [None, "李四", "王五"]
    assert shown["steps"][0] == {
        "step": "study",
        "taken_on": "2026-03-01",
        "member": None,
        "member_id": None,
        "days": 1.0,
        "part": None,
        "note": "学习党章",
    }


def test_all_stands_for_the_whole_leading_group(planned: Run):
    planned("meeting step 1 outline --with 全体 --on 2026-03-02")

    assert [name for _, _, name in steps(planned)] == ["张三", "李四", "王五"]


def test_what_takes_place_at_the_meeting_has_its_day(held: Run):
    held("meeting step 1 criticism --with 张三")

    assert steps(held) == [("criticism", "2026-03-20", "张三")]


@pytest.mark.parametrize(
    "step",
    [
        "prior-report",
        "notice",
        "study",
        "opinions",
        "feedback",
        "outline --with all",
        "feedback --with 李四",
        "study --days 0.5",
    ],
)
def test_what_should_have_come_before_the_meeting_can_still_be_recorded_after_it(
    held: Run, step: str
):
    held(f"meeting step 1 {step} --on 2026-04-30")

    assert steps(held)[0][1] == "2026-04-30"


@pytest.mark.sweep(8)
@pytest.mark.parametrize(
    ("line", "clause"),
    [
        # a step dated before the meeting was planned
        ("step 1 prior-report --on 2026-01-31", "支部·五"),
        ("step 1 study --on 2026-01-31", "支部·五(1)"),
        ("step 1 outline --with 张三 --on 2026-01-31", "支部·五(3)"),
        ("edit 1 --planned-on 2026-03-02", "支部·五"),
        # a step that belongs to the meeting itself, recorded before the meeting was held
        ("step 1 criticism --with 张三 --on 2026-03-20", "支部·五(5)"),
        ("step 1 previous-rectification --on 2026-03-20", "支部·五(6)"),
        ("step 1 package --part report --on 2026-03-20", "支部·五"),
        ("step 1 briefing --on 2026-03-20", "支部·五(7)"),
        ("step 2 package --part minutes --on 2026-03-09", "支部·五"),
        ("step 2 criticism --with 张三 --on 2026-03-09", "支部·五(5)"),
        ("edit 2 --on 2026-03-16", "支部·五"),  # The report was handed in on 15 March.
        # A step is recorded a second time.
        ("step 1 prior-report --on 2026-03-05", "支部·五"),
        ("step 1 opinions --on 2026-03-02", "支部·五(2)"),
        ("step 1 study --on 2026-03-01", "支部·五(1)"),
        ("step 1 outline --with 王五,李四 --on 2026-03-05", "支部·五(3)"),
        ("step 1 outline --with 张三,张三 --on 2026-03-05", "支部·五(3)"),
        ("step 2 package --part report --on 2026-03-16", "支部·五"),
        ("step 2 package --part minutes --part report --on 2026-03-16", "支部·五"),
        ("step 2 package --part minutes --part minutes --on 2026-03-16", "支部·五"),
        # The person is not a member of the leading group.
        ("step 1 outline --with 赵六 --on 2026-03-05", "支部·五(3)"),
        ("step 1 outline --with 张三,赵六 --on 2026-03-05", "支部·五(3)"),
        ("step 2 criticism --with 赵六 --on 2026-03-10", "支部·五(5)"),
        # The meeting is not a democratic-life meeting.
        ("step 3 notice --on 2026-03-05", "支部·五(2)"),
        ("edit 1 --kind members", "支部·五"),
    ],
)
def test_what_cannot_be_true_is_refused_with_its_clause(
    planned: Run, refused: Refused, line: str, clause: str
):
    planned("meeting step 1 prior-report --on 2026-03-01")
    planned("meeting step 1 study --on 2026-03-01")
    planned("meeting step 1 opinions --on 2026-03-02")
    planned("meeting step 1 outline --with 李四 --on 2026-03-02")
    planned("meeting add democratic-life --on 2026-03-10 --chair 张三")
    planned("meeting step 2 package --part report --on 2026-03-15")
    planned("meeting add members --on 2026-03-10 --chair 张三")

    assert f"[{clause}]" in refused(f"meeting {line}", 5)


@pytest.mark.sweep(8)
@pytest.mark.parametrize(
    ("line", "code", "told"),
    [
        ("1 notice --on 2099-03-01", 5, "只能登记已经发生的事"),
        (
            "1 feedback --with 钱七 --on 2026-02-01",
            5,
            "不能作为反馈对象",
        ),  # 钱七 was not on the roll yet.
        ("2 notice --on 2026-03-01", 5, "已作废"),  # Meeting 2 is voided.
        ("7 notice --on 2026-03-01", 4, "没有会议"),
        ("1 outline --with 没人 --on 2026-03-01", 4, "党员名册里没有“没人”"),
        ("1 notice --void 没登过", 4, "没有这样的“通报时间主题”记录"),
        ("1 study --on 2026-03-03 --void 不是这天", 4, "没有这样的“集中学习”记录"),
        ("1 outline --with 李四 --void 没登过", 4, "没有这样的“发言提纲”记录"),
        ("1 study --void 哪一次", 2, "“集中学习”登记了 2 次"),
        ("1 notices", 2, "没有“notices”这种步骤"),
        ("1 package", 2, "缺少：--part"),
        ("1 package --part cover", 2, "没有“cover”这种材料"),
        ("1 outline", 2, "缺少：--with"),
        ("1 criticism", 2, "缺少：--with"),
        ("1 outline --with ,", 2, "没有写是谁"),
        ("1 notice --with 张三", 2, "“通报时间主题”没有 --with"),
        ("1 notice --days 1", 2, "“通报时间主题”没有 --days"),
        ("1 notice --part report", 2, "“通报时间主题”没有 --part"),
        ("1 study --days 0", 2, "天数“0”读不出来"),
        ("1 study --days 0.3", 2, "天数“0.3”读不出来"),
        ("1 study --days -1", 2, "天数“-1”读不出来"),
        ("1 study --days nan", 2, "天数“nan”读不出来"),
        ("1 study --days 1e9", 2, "天数“1e9”读不出来"),
        ("1 study --on 2026-02-29", 2, "没有“2026-02-29”这一天"),
        ("1 study --on 2026-03-05 --note '  '", 2, "说明应是 1 到 100000 个字的文字"),
        ("1 study --void ''", 2, "“集中学习”登记了 2 次"),
        (
            "1",
            2,
            "缺少：prior-report 会前报告",
        ),
        (
            "",
            2,
            "缺少：编号",
        ),
    ],
)
def test_bad_input_leaves_the_ledger_as_it_is(
    planned: Run, refused: Refused, line: str, code: int, told: str
):
    planned("member add 钱七 --joined 2020-07-01 --since 2026-03-01")
    planned("meeting plan democratic-life --on 2026-06-20")
    planned("meeting void 2 --reason 重复")
    planned("meeting step 1 study --on 2026-03-01")
    planned("meeting step 1 study --on 2026-03-02")

    assert told in refused(f"meeting step {line}", code)


def test_study_and_opinions_may_come_several_times(planned: Run):
    planned("meeting step 1 study --days 0.5 --on 2026-03-01")
    planned("meeting step 1 study --days 0.5 --on 2026-03-01")
    planned("meeting step 1 study --days 1.5 --on 2026-03-04")
    planned("meeting step 1 opinions --on 2026-03-01 --note 座谈会")
    planned("meeting step 1 opinions --on 2026-03-02 --note 征求意见表")

    assert len(steps(planned)) == 5


def test_a_wrong_step_is_voided_and_recorded_anew(planned: Run, owed: Owed):
    planned("meeting step 1 prior-report --on 2026-03-06")
    planned("meeting step 1 outline --with 张三,李四 --on 2026-03-06")
    planned("meeting step 1 study --on 2026-03-06")
    planned("meeting step 1 study --on 2026-03-07")

    assert "#1" in planned("meeting step 1 prior-report --void 日期写错").out
    planned("meeting step 1 outline --with 李四 --void 还没交")
    planned("meeting step 1 study --on 2026-03-07 --void 没学")
    planned("meeting step 1 prior-report --on 2026-03-05")

    assert steps(planned) == [
        ("prior-report", "2026-03-05", None),
        ("outline", "2026-03-06", "张三"),
        ("study", "2026-03-06", None),
    ]
    assert list(owed("dl-prior-report", "2026-03-05").values()) == ["met"]
    assert owed("dl-outline", "2026-03-06")["李四"] == "due"
    story = planned("meeting show 1 --history").out
    assert "日期写错" in story


def test_each_command_can_be_taken_back(held: Run):
    held("meeting step 1 outline --with 张三,李四 --on 2026-03-05")
    before = steps(held)
    for line in (
        "meeting step 1 package --on 2026-03-21 --part report --part minutes",
        "meeting step 1 study --on 2026-03-05",
        "meeting step 1 outline --with 李四 --void 误登",
        "meeting step 1 criticism --with all",
    ):
        held(line)
        assert steps(held) != before
        held("undo")
        assert steps(held) == before
    held("meeting step 1 study --on 2026-03-05")  # a voided step can be recorded again

    held("undo")
    held("undo")
    assert steps(held) == []


def test_a_plan_on_which_steps_stand_is_voided_with_them(planned: Run, owed: Owed):
    planned("meeting step 1 prior-report --on 2026-03-01")
    planned("meeting void 1 --reason 取消")

    assert owed("dl-prior-report", "2026-03-05") == {}
    assert planned("check --json --rule democratic-life --as-of 2026-03-05").json["ok"]
