"""`partyctl member away`: a member is away for a time; `--present all` then records an absence."""

import pytest

from tests.cli.conftest import Refused
from tests.conftest import Run

AWAY = "member away 李四 --from 2026-03-01 --to 2026-05-31 --reason 借调省厅"


def attendance(run: Run, on: str, said: str = "--present all") -> tuple[list[str], dict[str, str]]:
    number = run(f"meeting add study --on {on} --chair 张三 {said} --json").json["id"]
    meeting = run(f"meeting show {number} --json").json
    return meeting["present_names"], {each["name"]: each["reason"] for each in meeting["absent"]}


@pytest.mark.parametrize(
    ("on", "is_away"),
    [
        ("2026-02-28", False),
        ("2026-03-01", True),
        ("2026-05-31", True),
        ("2026-06-01", False),
    ],
)
def test_whoever_is_away_is_absent_with_the_reason(branch: Run, on: str, is_away: bool):
    branch(AWAY)

    present, absent = attendance(branch, on)

    assert absent == ({"李四": "借调省厅"} if is_away else {})
    assert ("李四" in present) is not is_away
    assert {"张三", "王五"} <= set(present)


def test_an_open_end_is_closed_by_the_same_command(branch: Run):
    branch("member away 李四 --from 2026-03-01 --reason 借调")
    assert attendance(branch, "2026-06-10")[1] == {"李四": "借调"}

    branch("member away 李四 --from 2026-03-01 --to 2026-06-15")

    assert attendance(branch, "2026-06-15")[1] == {"李四": "借调"}
    assert attendance(branch, "2026-06-16")[1] == {}
    assert "2026-03-01–2026-06-15 借调" in branch("member show 李四").out
    branch("undo")
    branch("undo")
    branch("undo")
    assert branch("member show 李四 --json").json["away"] == [
        {"from": "2026-03-01", "to": None, "reason": "借调"}
    ]


def test_the_last_day_stays_unless_it_is_named(branch: Run):
    branch("member away 李四,王五 --from 2026-03-01 --to 2026-03-10 --reason 病假")

    again = branch("member away 王五 --from 2026-03-01 --reason 借调")
    assert "王五 2026-03-01–2026-03-10 借调" in again.out
    assert "王五已登记的最后一天 2026-03-10 不变" in again.err

    branch("member away 王五 --from 2026-03-01 --to 无")
    assert branch("member show 王五 --json").json["away"] == [
        {"from": "2026-03-01", "to": None, "reason": "借调"}
    ]
    assert branch("member show 李四 --json").json["away"][0]["to"] == "2026-03-10"


def test_what_is_said_of_the_meeting_goes_first(branch: Run):
    branch(AWAY)

    assert attendance(branch, "2026-03-10", "--present all --absent 李四:病假")[1] == {
        "李四": "病假"
    }
    assert attendance(branch, "2026-03-11", "--present 张三,李四")[1] == {}


def test_several_are_away_and_a_mistake_is_voided(branch: Run):
    out = branch("member away 李四,王五 --from 2026-03-01 --reason 防汛").out
    assert out.splitlines() == [
        "已登记 #2 李四 2026-03-01– 防汛",
        "已登记 #3 王五 2026-03-01– 防汛",
    ]

    branch("member away 王五 --from 2026-03-01 --void 误登")

    assert attendance(branch, "2026-03-10")[1] == {"李四": "防汛"}


@pytest.mark.parametrize(
    ("line", "code", "told"),
    [
        ("member away 李四 --from 2026-03-01", 2, "--reason"),
        ("member away --from 2026-03-01 --reason 病", 2, "姓名"),
        ("member away 李四 --from 2026-03-02 --to 2026-03-01 --reason 病", 5, "早于"),
        ("member away 李四 --from 2025-03-01 --reason 病", 5, "不在名册上"),
        ("member away 李四,周一,周二 --from 2026-03-01 --reason 病", 4, "周二"),
        ("member away 张三 --from 2026-03-01 --void 误登", 4, "没有自 2026-03-01"),
        ("member away 张三 --from 2026-03-01 --reason ''", 2, "外出原因"),
    ],
)
def test_what_cannot_be_is_refused(branch: Run, refused: Refused, line: str, code: int, told: str):
    assert told in refused(line, code)


def test_two_times_away_do_not_overlap(branch: Run, refused: Refused):
    branch(AWAY)
    assert "重叠" in refused("member away 李四 --from 2026-05-31 --reason 病", 5)
    branch("member away 李四 --from 2026-06-01 --reason 病")
    assert "重叠" in refused("member away 李四 --from 2026-03-01 --to 2026-06-01", 5)
    assert "重叠" in refused("member away 李四 --from 2026-03-01 --to 无", 5)


def test_a_name_is_asked_for_and_not_an_option_that_the_command_lacks(branch: Run):
    said = branch("member away --from 2026-03-01 --reason 借调", code=2).err
    assert said == "错误：缺少：姓名，或 #编号；几个人用逗号隔开\n"
