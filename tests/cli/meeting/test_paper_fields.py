"""Fields that only papers need (meeting, talk, disclosure, admission) can be entered, corrected and shown."""

import pytest

from tests.conftest import Run

HELD = (
    "meeting add members --on 2026-03-10 --chair 张三 --place 三楼会议室 --from 9:30 --to 11点"
    " --recorder 李四 --guests 王某，赵某 --ordinal 第3次 --spoke 李四:要抓落实 --spoke 王某：同意"
)
PROCEEDINGS = {
    "place": "三楼会议室",
    "from_time": "09:30",
    "to_time": "11:00",
    "recorder": "李四",
    "guests": "王某、赵某",
    "ordinal": 3,
    "speeches": [
        {"speaker": "李四", "said": "要抓落实"},
        {"speaker": "王某", "said": "同意"},
    ],
}


def test_a_meeting_has_its_place_times_recorder_guests_and_speeches(branch: Run):
    assert PROCEEDINGS.items() <= branch(f"{HELD} --json").json.items()
    shown = branch("meeting show 1").out
    for text in ("三楼会议室", "09:30", "11:00", "王某、赵某", "李四：要抓落实", "王某：同意"):
        assert text in shown


def test_they_are_corrected_one_by_one_and_speeches_together(branch: Run):
    branch(HELD)
    branch("meeting edit 1 --place 会议厅 --spoke 张三:总结")
    shown = branch("meeting show 1 --json --history").json
    assert (shown["place"], shown["recorder"], shown["ordinal"]) == ("会议厅", "李四", 3)
    assert shown["speeches"] == [{"speaker": "张三", "said": "总结"}]
    told = str(shown["history"])
    assert "会议厅" in told
    assert "要抓落实" in told


def test_a_recorder_may_be_of_the_bureau(branch: Run):
    branch("staff add 赵六")
    assert (
        branch(f"{HELD.replace('李四 --guests', '赵六 --guests')} --json").json["recorder"]
        == "赵六"
    )


def test_a_plan_may_name_the_place_and_the_time_before(branch: Run):
    branch("meeting plan members --on 2026-12-10 --place 礼堂 --from 14:00 --guests 周某")
    shown = branch("meeting show 1 --json").json
    assert (shown["place"], shown["from_time"], shown["guests"]) == ("礼堂", "14:00", "周某")


@pytest.mark.parametrize(
    ("changes", "code", "told"),
    [
        ("--from 11:00 --to 9:30", 5, "不能在 09"),
        ("--from 25:00", 2, "时间“25:00”读不出来"),
        ("--from 9", 2, "时间“9”读不出来"),
        ("--ordinal 0", 2, "第几次从 1 起"),
        ("--ordinal 三", 2, "人数“三”读不出来"),
        ("--spoke 没有冒号", 2, "发言“没有冒号”应写成 姓名"),
        ("--spoke 无此人:话", 4, "党员和干部职工里都没有“无此人”"),
        ("--recorder 无此人", 4, "党员和干部职工里都没有“无此人”"),
    ],
)
def test_what_cannot_be_is_refused(branch: Run, refused, changes: str, code: int, told: str):
    branch("meeting add members --on 2026-03-10 --chair 张三")
    assert told in refused(f"meeting edit 1 {changes}", code)


def test_nobody_has_spoken_at_a_meeting_to_come(branch: Run, refused):
    branch("meeting plan members --on 2026-12-10")
    assert "meeting hold 1" in refused("meeting edit 1 --spoke 张三:话", 5)


def test_undo_takes_them_back(branch: Run):
    branch(HELD)
    branch("meeting edit 1 --place 会议厅 --spoke 张三:总结")
    branch("undo")
    assert PROCEEDINGS.items() <= branch("meeting show 1 --json").json.items()


def test_a_talk_has_its_place_and_theme(branch: Run):
    branch("talk add --on 2026-03-02 --with 张三,李四 --place 办公室 --theme 思想")
    shown = branch("talk show 1 --json").json
    assert (shown["place"], shown["theme"]) == ("办公室", "思想")
    branch("talk edit 1 --place 会议室 --theme 无")
    shown = branch("talk show 1 --json").json
    assert (shown["place"], shown["theme"]) == ("会议室", None)


def test_a_disclosure_has_who_is_responsible(branch: Run):
    branch("disclosure add briefing --title 通报 --scope internal --responsible 李四")
    assert branch("disclosure show 1 --json").json["responsible"] == "李四"
    branch("disclosure edit 1 --responsible 办公室")
    assert "责任人    办公室" in branch("disclosure show 1").out


def test_the_papers_of_an_admission_have_their_place(branch: Run, refused):
    branch("applicant add 郑十 --applied 2026-02-01")
    branch("applicant edit 郑十 --paper 入党申请书=柜2 --paper activist-form=柜3")
    kept = branch("applicant show 郑十 --json").json["papers"]
    assert kept == [
        {"paper": "activist-form", "kept_at": "柜3"},
        {"paper": "application", "kept_at": "柜2"},
    ]
    assert "入党申请书：柜2" in branch("applicant show 郑十").out
    branch("applicant edit 郑十 --paper application=无 --paper activist-form=柜4")
    kept = branch("applicant show 郑十 --json").json["papers"]
    assert kept == [{"paper": "activist-form", "kept_at": "柜4"}]
    assert "没有“无此材料”这种入党材料" in refused("applicant edit 郑十 --paper 无此材料=柜2", 2)
    assert "“application”应写成 材料=存放地点" in refused(
        "applicant edit 郑十 --paper application", 2
    )
