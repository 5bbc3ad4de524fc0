"""`partyctl meeting`: records of meetings, with chair, attendance, resolutions and minutes."""

import hashlib
import stat
from pathlib import Path

import pytest

from tests.cli.conftest import Refused
from tests.conftest import Run

KINDS = {
    "members": "党员大会",
    "committee": "支委会",
    "cell": "党小组会",
    "lecture": "党课",
    "study": "集中学习",
    "org-life": "组织生活会",
    "democratic-life": "民主生活会",
    "theme": "专题例会",
    "training": "集中培训",
    "theme-day": "主题党日",
}


def meeting(run: Run, number: int = 1) -> dict:
    return run(f"meeting show {number} --json").json


@pytest.mark.parametrize(("english", "chinese"), KINDS.items())
def test_every_kind_is_known_in_english_and_in_chinese(branch: Run, english: str, chinese: str):
    branch(f"meeting add {english} --on 2026-03-05 --chair 张三")
    branch(f"meeting add {chinese} --on 2026-03-05 --chair 张三")

    kinds = [each["kinds"] for each in branch("meeting list --json").json]
    assert kinds == [[english], [english]]
    assert chinese in branch("meeting list").out


@pytest.mark.parametrize("typed", [",", "、", " ", ""])
def test_a_meeting_without_a_kind_is_refused(branch: Run, refused: Refused, typed: str):
    branch("meeting add study --on 2026-03-05 --chair 张三")
    for line in (
        f"meeting add '{typed}' --on 2026-03-05 --chair 张三",
        f"meeting plan '{typed}' --on 2026-03-05",
        f"meeting edit 1 --kind '{typed}'",
    ):
        assert f"没有“{typed}”这种会议" in refused(line, 2)
    assert [each["kinds"] for each in branch("meeting list --json").json] == [["study"]]


def test_one_gathering_counts_for_each_of_its_kinds(branch: Run, standing):
    branch("meeting add members,党课 --on 2026-03-18 --chair 张三 --lecturer 王五")

    assert sorted(meeting(branch)["kinds"]) == ["lecture", "members"]
    assert standing("members-meeting", "2026-03-31")[1, "2026-03"] == "met"
    assert standing("party-lecture", "2026-03-31") == {(1, "2026-Q1"): "met"}
    assert standing("member-lecture", "2026-03-31") == {(1, "2026"): "met"}


def test_two_meetings_of_one_kind_on_one_day_are_no_duplicate(branch: Run):
    for _ in range(2):
        branch("meeting add study --on 2026-03-05 --chair 张三")

    assert len(branch("meeting list --kind study --json").json) == 2


def test_the_list_is_in_order_of_days_and_stops_at_the_day_that_is_asked_for(branch: Run):
    branch("meeting add members --on 2026-03-18 --chair 张三 --topic 年度工作 --topic 换届")
    branch("meeting add study --on 2026-02-05 --chair 李四")

    found = branch("meeting list --json").json
    assert [each["id"] for each in found] == [2, 1]
    assert found[1] == found[1] | {
        "kinds": ["members"],
        "planned_on": None,
        "held_on": "2026-03-18",
        "chair": "张三",
        "topics": ["年度工作", "换届"],
    }
    listed = "meeting list --json"
    assert [each["id"] for each in branch(f"{listed} --as-of 2026-03-17").json] == [2]
    assert [each["id"] for each in branch(f"{listed} --month 2026-03").json] == [1]


def test_a_decision_is_kept_with_its_votes(branch: Run):
    branch(
        "meeting add members --on 2026-03-05 --chair 张三 --topic 学习"
        " --decision '发展张某=同意；见附件;3/3/2/0/1' --decision '换届='"
    )

    kept = meeting(branch)
    assert kept["topics"] == ["学习", "发展张某", "换届"]
    assert kept["decisions"] == [
        {
            "topic": "发展张某",
            "resolution": "同意；见附件",
            "votes": {"eligible": 3, "present": 3, "approve": 2, "oppose": 0, "abstain": 1},
        },
        {"topic": "换届", "resolution": None, "votes": None},
    ]
    assert "3/3/2/0/1" in branch("meeting show 1").out


def test_what_was_put_to_decision_is_in_breach_until_it_is_decided(branch: Run, standing):
    branch("meeting add members --on 2026-03-05 --chair 张三 --decision 换届=")
    assert standing("members-meeting-resolution", "2026-03-31") == {(1, "2026-03-05"): "breach"}

    branch("meeting edit 1 --decision 换届=同意")

    assert meeting(branch)["topics"] == ["换届"]
    assert standing("members-meeting-resolution", "2026-03-05") == {(1, "2026-03-05"): "met"}


def test_attendance_is_by_name_with_reasons_for_those_who_stayed_away(branch: Run):
    branch("meeting add members --on 2026-03-05 --chair 张三 --present all --absent 王五:出差")

    kept = meeting(branch)
    assert (kept["due_present"], kept["present"]) == (3, 2)
    assert kept["present_names"] == ["张三", "李四"]
    assert kept["absent"] == [{"name": "王五", "reason": "出差"}]
    assert all(word in branch("meeting show 1").out for word in ("应到", "实到", "王五", "出差"))


def test_who_turns_out_to_have_stayed_away_is_no_longer_counted_as_present(branch: Run):
    branch("meeting add members --on 2026-03-05 --chair 张三 --present all")
    branch("meeting edit 1 --absent 王五:病假")

    kept = meeting(branch)
    assert (kept["due_present"], kept["present"]) == (3, 2)
    assert kept["present_names"] == ["张三", "李四"]


def test_those_who_came_can_be_named_or_counted(branch: Run):
    branch("meeting add members --on 2026-03-05 --chair 张三 --present 张三,王五")
    branch("meeting add members --on 2026-03-06 --chair 张三 --present ２ --due-present 3")

    named, counted = meeting(branch, 1), meeting(branch, 2)
    assert (named["due_present"], named["present"]) == (3, 2)
    assert named["present_names"] == ["张三", "王五"]
    assert (counted["due_present"], counted["present"]) == (3, 2)


def test_only_the_cells_own_members_are_due_at_its_meeting(branch: Run):
    branch("meeting add cell --on 2026-03-05 --chair 张三 --present all")

    kept = meeting(branch)
    assert (kept["cell"], kept["due_present"], kept["present_names"]) == ("第一小组", 1, ["张三"])


def test_only_the_committee_is_due_at_its_meeting(branch: Run):
    branch("meeting add committee --on 2026-03-05 --chair 张三 --present all")

    kept = meeting(branch)
    assert (kept["due_present"], kept["present_names"]) == (2, ["张三", "李四"])


def test_a_cell_must_be_named_where_the_branch_has_several(branch: Run, refused: Refused):
    branch("cell add 第二小组")

    err = refused("meeting add cell --on 2026-03-05 --chair 张三", 2)
    assert all(part in err for part in ("--cell", "第一小组", "第二小组"))
    branch("meeting add cell --on 2026-03-05 --chair 张三 --cell 第二小组")
    assert meeting(branch)["cell"] == "第二小组"


def test_notice_is_in_time_on_an_earlier_day_only(branch: Run, standing, refused: Refused):
    branch("meeting add members --on 2026-03-05 --chair 张三 --notified 2026-03-05")
    assert standing("members-meeting-notice", "2026-03-31") == {(1, "2026-03-05"): "breach"}

    branch("meeting edit 1 --notified 2026-03-04")

    assert standing("members-meeting-notice", "2026-03-31") == {(1, "2026-03-05"): "met"}
    assert "不能晚于开会" in refused("meeting edit 1 --notified 2026-03-06", 5)


def test_minutes_may_be_a_text(branch: Run, standing):
    branch("meeting add study --on 2026-03-05 --chair 张三 --minutes '学习了二十大报告\n讨论热烈'")

    assert meeting(branch)["minutes"] == "学习了二十大报告\n讨论热烈"
    assert standing("study-record", "2026-03-31") == {(1, "2026-03-05"): "met"}


def test_a_file_of_minutes_comes_back_byte_for_byte_and_for_its_owner_alone(
    branch: Run, tmp_path: Path, standing
):
    content = bytes(range(256)) * 7 + "会议记录\r\n".encode("gb18030")
    given, back = tmp_path / "三月 记录.docx", tmp_path / "取出.docx"
    given.write_bytes(content)

    branch(f"meeting add study --on 2026-03-05 --chair 张三 --minutes '@{given}'")
    given.unlink()
    branch(f"meeting show 1 --minutes-to '{back}'")

    assert back.read_bytes() == content
    assert stat.S_IMODE(back.stat().st_mode) == 0o600
    kept = meeting(branch)
    assert kept["minutes_sha256"] == hashlib.sha256(content).hexdigest()
    assert kept["minutes_file"] == "三月 记录.docx"
    assert standing("study-record", "2026-03-31") == {(1, "2026-03-05"): "met"}


def test_saving_minutes_overwrites_nothing(branch: Run, tmp_path: Path, refused: Refused):
    there = tmp_path / "已有.txt"
    there.write_text("重要")
    branch(f"meeting add study --on 2026-03-05 --chair 张三 --minutes '@{there}'")

    assert "没有覆盖" in refused(f"meeting show 1 --minutes-to '{there}'", 5)

    assert there.read_text() == "重要"


def test_minutes_that_are_not_there_are_no_minutes(branch: Run, tmp_path: Path, refused: Refused):
    (tmp_path / "空.txt").touch()

    assert "没有文件 " in refused(
        f"meeting add study --on 2026-03-05 --chair 张三 --minutes @{tmp_path}/没有.txt", 66
    )
    assert "是空的" in refused(
        f"meeting add study --on 2026-03-05 --chair 张三 --minutes @{tmp_path}/空.txt", 65
    )
    branch("meeting add study --on 2026-03-05 --chair 张三")
    assert "没有记录文件" in refused(f"meeting show 1 --minutes-to {tmp_path}/x.txt", 4)


def test_a_meeting_that_makes_up_january_counts_for_january_alone_and_late(branch: Run, standing):
    branch("meeting add members --on 2026-02-03 --chair 张三 --makes-up 2026-01")

    assert standing("members-meeting", "2026-02-02")[1, "2026-01"] == "overdue"
    february = {(1, "2026-01"): "late", (1, "2026-02"): "due"}
    assert standing("members-meeting", "2026-02-03") == february


@pytest.mark.parametrize(
    ("kind", "period", "told"),
    [
        ("members", "2026-Q1", "党员大会不按这样的期间办理"),
        ("members", "2025", "党员大会不按这样的期间办理"),
        ("lecture", "2026-01", "党课不按这样的期间办理"),
        ("lecture", "2025-H2", "党课不按这样的期间办理"),
        ("members", "2026-02", "还没有结束"),
        ("members", "2026-03", "还没有结束"),
    ],
)
def test_a_period_that_the_kind_does_not_have_or_that_is_not_over_is_not_made_up(
    branch: Run, refused: Refused, kind: str, period: str, told: str
):
    assert told in refused(
        f"meeting add {kind} --on 2026-02-03 --chair 张三 --makes-up {period}", 5
    )


def test_a_period_that_cannot_be_read_is_wrong_usage(branch: Run, refused: Refused):
    assert "期间“2026-Q5”读不出来" in refused(
        "meeting add members --on 2026-02-03 --chair 张三 --makes-up 2026-Q5", 2
    )


def test_hours_of_study_count_for_whoever_was_there_by_name(branch: Run, standing):
    """A member needs 32 hours of study; the secretary (#1) and the committee member (#2) need 56."""
    branch("meeting add study --on 2026-03-05 --chair 张三 --present 张三,王五 --hours 31.5")
    branch("meeting add study --on 2026-04-05 --chair 张三 --present 3 --hours 8")
    branch(
        "meeting add members --on 2026-05-05 --chair 张三 --present 张三,王五 --absent 李四:病假"
    )
    assert set(standing("study-hours", "2026-12-31").values()) == {"due"}

    branch("meeting add study --on 2026-06-30 --chair 张三 --present all --hours 0.5")
    branch("meeting add study --on 2026-06-30 --chair 张三 --present 张三,李四 --hours 24")

    assert set(standing("study-hours", "2026-06-29").values()) == {"due"}
    assert standing("study-hours", "2026-12-31") == {
        (1, "2026"): "met",
        (2, "2026"): "due",
        (3, "2026"): "met",
    }
    assert standing("study-hours", "2027-01-01")[2, "2026"] == "advised"


def test_a_correction_changes_what_was_said_and_nothing_else(branch: Run):
    branch("meeting add members --on 2026-03-05 --chair 张三 --notified 2026-03-01 --topic 学习")
    before = meeting(branch)
    branch("meeting edit 1 --kind members,lecture --on 2026-03-06 --lecturer 王五 --hours 1.5")

    after = meeting(branch)
    changed = {field for field in before if before[field] != after[field]}
    assert changed == {"kinds", "held_on", "lecturer", "lecturer_id", "hours"}


@pytest.mark.parametrize(
    ("said", "to", "told"),
    [
        (
            "--notified 2026-02-28",
            "--on 2026-02-27",
            "不能晚于开会",
        ),  # The notice is dated after the meeting.
        ("", "--on 2026-01-31", "不能作为主持人"),  # The chair, 赵六, was not on the roll yet.
        (
            "--makes-up 2026-01",
            "--kind lecture",
            "党课不按这样的期间办理",
        ),  # Lectures are not monthly, so a lecture cannot make up for a month.
        ("--makes-up 2026-02", "--on 2026-02-28", "还没有结束"),  # February is not over yet.
    ],
)
def test_a_correction_is_refused_where_the_meeting_could_not_have_been_recorded_so(
    branch: Run, refused: Refused, said: str, to: str, told: str
):
    branch("member add 赵六 --joined 2020-07-01 --since 2026-02-01")
    branch(f"meeting add members --on 2026-03-05 --chair 赵六 {said}")

    assert told in refused(f"meeting edit 1 {to}", 5)


def test_a_voided_meeting_is_listed_no_more_but_can_be_shown(branch: Run, refused: Refused):
    branch("meeting add members --on 2026-03-05 --chair 张三")
    branch("meeting void '#1' --reason 重复登记")

    assert branch("meeting list --json").json == []
    assert meeting(branch)["void_reason"] == "重复登记"
    assert "重复登记" in branch("meeting show 1").out
    assert "已作废" in refused("meeting edit 1 --chair 李四", 5)
    assert "已作废" in refused("meeting void 1 --reason 再来", 5)


def test_a_meeting_that_is_not_on_record_cannot_be_shown_or_corrected(
    branch: Run, refused: Refused
):
    for line in ("show 7", "show '#7' --json", "edit 7 --chair 张三", "void 7 --reason 误登"):
        assert "没有会议" in refused(f"meeting {line}", 4)


def test_hostile_text_reaches_the_screen_harmless_and_json_whole(branch: Run):
    topic = "学习\x1b[2J\u202e[/red]"
    branch(f"meeting add members --on 2026-03-05 --chair 张三 --topic '{topic}'")

    for line in ("meeting list", "meeting show 1"):
        shown = branch(line).out
        assert "[/red]" in shown
        assert not {"\x1b", "\u202e"} & set(shown)
    assert meeting(branch)["topics"] == [topic]
    assert "\x1b" not in branch("meeting show 1 --json").out
