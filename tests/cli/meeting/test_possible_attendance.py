"""Records with an impossible attendance or an impossible number of voters are refused."""

import pytest

from tests.cli.conftest import Refused
from tests.conftest import Run

MEETING = "meeting add members --on 2026-03-05 --chair 张三"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ("--present 3 --due-present 3 --absent 王五:病", "实到 3 人加缺席 1 人，多于应到 3 人"),
        ("--present all --due-present 2", "实到 3 人多于应到 2 人"),
        ("--absent 张三:病", "主持人张三应当在场"),
        ("--present 李四,王五", "主持人张三应当在场"),
        ("--present all --lecturer 王五 --absent 王五:病", "讲课人王五应当在场"),
        ("--present 张三,王五 --lecturer 李四", "讲课人李四应当在场"),
        ("--present all --absent 王五:病 --spoke 王五:同意", "发言人王五应当在场"),
        ("--present 张三,王五 --spoke 张三:开会 --spoke 李四:同意", "发言人李四应当在场"),
        ("--present 张三,李四,李四", "李四写了两次"),
        ("--absent 王五:病 --absent 王五:假", "王五写了两次"),
        ("--present 张三,王五 --absent 王五:假", "王五不能既出席又缺席"),
    ],
)
def test_an_attendance_that_cannot_be_is_refused_when_it_is_said(
    branch: Run, refused: Refused, options: str, said: str
):
    assert said in refused(f"{MEETING} {options}", 5)
    assert branch("meeting list --json").json == []


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ("--chair 王五", "主持人王五应当在场"),
        ("--spoke 王五:同意", "发言人王五应当在场"),
        ("--due-present 2", "实到 2 人加缺席 1 人，多于应到 2 人"),
        ("--absent 李四:病 --present 2", "实到 2 人加缺席 2 人，多于应到 3 人"),
    ],
)
def test_and_when_it_is_corrected(branch: Run, refused: Refused, options: str, said: str):
    branch(f"{MEETING} --present all --absent 王五:病")
    before = branch("meeting show 1 --json").json
    assert said in refused(f"meeting edit 1 {options}", 5)
    assert branch("meeting show 1 --json").json == before


def test_whoever_spoke_cannot_be_absent_afterwards_a_guest_and_the_staff_need_not_be_due(
    branch: Run, refused: Refused
):
    branch("staff add 钱七")
    spoke = "--spoke 李四:同意 --spoke 钱七:说明 --guests 孙科长 --spoke 孙科长:讲话"
    branch(f"{MEETING} --present 张三,李四 {spoke}")
    assert "发言人李四应当在场" in refused("meeting edit 1 --absent 李四:病", 5)
    branch("meeting edit 1 --present 2 --absent 王五:病")
    # A second person has the same name, so it is unclear who spoke
    branch("member add 李四 --joined 2016-07-01")
    branch("meeting edit 1 --present 1 --absent '#2:病'")


def test_who_chairs_a_cell_without_being_of_it_need_not_be_due(branch: Run):
    branch("cell add 第二小组")
    branch("member edit 李四 --cell 第二小组")
    branch("meeting add cell --on 2026-03-05 --chair 张三 --cell 第二小组 --present all")
    assert branch("meeting show 1 --json").json["present_names"] == ["李四"]


def test_no_more_are_due_for_a_vote_than_the_roll_has_full_members(branch: Run, refused: Refused):
    said = refused(f"{MEETING} --decision '评优=同意;4/4/4/0/0'", 5)
    assert "应到 4 人，而 2026-03-05 有表决权的正式党员只有 3 人" in said
    assert "有表决权的正式党员只有 2 人" in refused(
        f"{MEETING} --decision '评优=同意;3/3/3/0/0' --excluded 王五", 5
    )
    assert "--excluded：王五写了两次" in refused(
        f"{MEETING} --decision '评优=同意;2/2/2/0/0' --excluded 王五,王五", 5
    )
    branch(f"{MEETING} --decision '评优=同意;2/2/2/0/0' --excluded 王五")
    assert branch("meeting show 1 --json").json["excluded"] == ["王五"]


def quorum(run: Run) -> list[str]:
    found = run("check --json --rule quorum-ordinary --as-of 2026-03-05").json["obligations"]
    return [each["status"] for each in found]


def test_a_quorum_is_judged_by_the_roll_unless_a_decision_left_somebody_out(branch: Run):
    branch(f"{MEETING} --decision '评优=同意;1/1/1/0/0'")
    assert quorum(branch) == ["advised"]
    branch("meeting edit 1 --excluded 李四,王五")
    assert quorum(branch) == ["met"]
    branch("meeting edit 1 --excluded 无")
    assert quorum(branch) == ["advised"]
