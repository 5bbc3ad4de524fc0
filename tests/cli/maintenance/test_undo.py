"""`partyctl undo` takes back the whole last command; test_undo_refused tests the refusals."""

from pathlib import Path

import pytest

from tests.cli.conftest import Workbook
from tests.cli.maintenance.conftest import Clerk, state
from tests.conftest import Run

COMMANDS = {
    "meeting add": "meeting add members,lecture --on 2026-03-10 --chair 张三 --lecturer 赵六"
    " --topic 学习 --decision 预算=通过;3/3/3/0/0 --present 张三,李四 --minutes 记录",
    "meeting add, with a file": "meeting add study --on 2026-03-10 --chair 张三 --minutes @{file}",
    "meeting edit": "meeting edit 1 --kind study,lecture --on 2026-01-14 --chair 王五 --hours 2"
    " --topic 另一个 --decision 预算=通过;3/2/2/0/0 --present 张三,王五 --absent 李四:病假",
    "meeting edit, with a file": "meeting edit 2 --minutes @{file}",
    "meeting void": "meeting void 1 --reason 误登",
    "member add": "member add 孙八 --joined 2020-07-01 --cell 第一小组 --post publicity --leader"
    " --id-number 110101199001011237 --phone 13800001111",
    "member edit": "member edit 张三 --name 张三丰 --joined 2009-07-01 --full 2010-07-01"
    " --phone 13800001111 --id-number 110101199001011237 --gender 男 --dues-to 2026-01",
    "member edit, into a cell": "member edit 王五 --cell 第一小组",
    "member edit, a leader": "member edit 李四 --leader --from 2026-02-01",
    "member edit, no longer a leader": "member edit 张三 --not-leader --from 2026-02-01",
    "member leave": "member leave 王五 --on 2026-04-01 --reason transfer --to 县局 --dues-to 2026-03",
    "member post": "member post 李四 publicity --from 2026-02-01",
    "member post, its end": "member post 李四 organization --from 2026-01-01 --to 2026-05-31",
    "member post, void": "member post 李四 organization --from 2026-01-01 --void 误登",
    "member void": "member void 李四 --reason 误登",
    "dues assess": "dues assess 张三 --base 8000 --from 2026-01",
    "dues pay": "dues pay 李四 --month 2026-02..2026-05 --amount 150 --on 2026-05-20 --by 张三"
    " --consent #2 --receipt A1",
    "dues exempt": "dues exempt 王五 --from 2026-01 --to 2026-02 --reason 困难 --approved-by 支委会"
    " --on 2026-02-27",
    "dues lapse": "dues lapse 李四 --step meeting --on 2026-06-20 --note 讨论",
    "dues edit": "dues edit 2 --on 2026-01-21 --by relative --consent 2026-01-13 --receipt A1",
    "dues void": "dues void 2 --reason 误登",
    "plan adopt": "plan adopt work 2026 --on 2026-01-06",
    "plan edit": "plan edit 1 --on 2026-01-07",
    "plan void": "plan void 1 --reason 误登",
    "branch add": "branch add 第二支部 --founded 2026-02-01 --no-committee",
    "branch edit": "branch edit 机关支部 --name 机关一支部 --no-committee --elected 2025-05-10",
    "cell add": "cell add 第二小组 --founded 2026-02-01",
    "cell void": "cell void 第一小组 --reason 误登",
    "staff add": "staff add 钱七",
    "staff void": "staff void 1 --reason 误登",
}
FIRST = {"cell void": "member edit 张三 --cell 无"}
"""For some commands, another command that must run first."""

VOIDED = {
    "meeting add": "meeting show 3",
    "member add": "member show '#4'",
    "dues assess": "dues show 5",
    "dues pay": "dues show 5",
    "dues exempt": "dues show 5",
    "dues lapse": "dues show 5",
    "plan adopt": "plan show 2",
}


@pytest.mark.sweep(6)
@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_can_be_taken_back(name: str, records: Run, tmp_path: Path):
    (tmp_path / "记录.txt").write_text("会议记录")
    line = COMMANDS[name].format(file=tmp_path / "记录.txt")
    if name in FIRST:
        records(FIRST[name])
    before = state(records)
    records(line)
    assert state(records) != before

    said = records("undo").out

    assert "已撤销" in said
    assert name.partition(",")[0] in said
    assert state(records) == before
    assert records("journal verify --json").json["ok"]
    if name in VOIDED:
        voided = records(f"{VOIDED[name]} --json").json
        assert voided["voided_at"]
        assert voided["void_reason"] == f"undo: {name}"
        assert f"撤销 {name}" in records(VOIDED[name]).out


def test_taking_back_again_goes_further_back(records: Run):
    states = [state(records)]
    for line in (
        "staff add 钱七",
        "member edit 王五 --phone 13800001111",
        "staff void 1 --reason x",
    ):
        records(line)
        states.append(state(records))

    for before in states[-2::-1]:
        records("undo")
        assert state(records) == before
    records("undo")
    assert records("dues show 4 --json").json["voided_at"]
    assert records("journal verify --json").json["ok"]


def test_what_comes_after_an_undo_has_a_number_of_its_own(records: Run):
    records("staff add 钱七")
    records("undo")
    records("staff add 孙八")
    assert [each["id"] for each in records("staff list --json").json] == [1, 3]
    records("undo")
    assert [each["id"] for each in records("staff list --json").json] == [1]


def test_after_a_refused_command_the_last_good_one_is_taken_back(records: Run):
    records("staff add 钱七")
    assert (
        "早于入党" in records("member add 孙八 --joined 2020-07-01 --full 2019-07-01", code=5).err
    )
    assert (
        "党员名册里没有“没有此人”"
        in records("dues pay 没有此人 --month 2026-01 --amount 1", code=4).err
    )
    assert "staff add" in records("undo").out
    assert len(records("staff list --json").json) == 1


def test_the_answer_as_an_object(records: Run):
    records("meeting add members,lecture --on 2026-03-10 --chair 张三")
    [last] = records("journal list --last 1 --json").json
    undone = records("undo --json").json
    assert undone == {key: last[key] for key in ("run", "command", "at", "called")} | {
        "records": ["meeting#3"]
    }
    of_meeting = records("journal list --of 'meeting#3' --json").json
    assert [(run["command"], run["undone_by"]) for run in of_meeting] == [
        ("meeting add", last["run"] + 1),
        ("undo", None),
    ]


def test_of_a_batch_the_last_line_is_taken_back(records: Run, tmp_path: Path):
    (tmp_path / "lines").write_text("staff add 钱七\nstaff add 孙八\n")
    records(f"batch {tmp_path / 'lines'}")
    records("undo")
    assert [each["name"] for each in records("staff list --json").json] == ["赵六", "钱七"]


def test_an_import_is_taken_back_to_the_last_row(records: Run, workbook: Workbook):
    names = ("买买提·艾力", "𠮷田", "孙八")
    file = workbook(
        "姓名 入党日期 职务 手机", *((n, "2019-07-01", "宣传委员", None) for n in names)
    )
    before = state(records)
    records(f"member import {file}")
    undone = records("undo --json").json

    assert undone["records"] == ["member#4", "member#5", "member#6"]
    assert state(records) == before
    everyone = records("member list --all --json").json
    assert [each["name"] for each in everyone if each["voided_at"]] == list(names)
    records(f"member import {file}")
    assert [each["id"] for each in records("member list --json").json][-3:] == [7, 8, 9]
    assert records("journal verify --json").json["ok"]


def test_another_clerks_command_is_not_taken_back(records: Run, clerk: Clerk):
    records("staff add 钱七")
    clerk("孙八", "staff add 周九")
    assert "staff add" in records("undo").out
    assert [each["name"] for each in records("staff list --json").json] == ["赵六", "周九"]
    clerk("孙八", "undo")
    assert [each["name"] for each in records("staff list --json").json] == ["赵六"]
    assert "没有可以撤销的命令" in clerk("孙八", "undo", code=4).err
