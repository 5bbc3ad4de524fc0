"""The commands that list records: their columns, filters and totals."""

import pytest

from tests.cli.conftest import Refused
from tests.conftest import Run


@pytest.fixture
def office(january: Run) -> Run:
    """A branch with two cells, a retired member, a planned meeting and a meeting with absentees."""
    january("cell add 第二小组")
    january("member edit 王五 --cell 第二小组")
    january("member add 赵六 --joined 2026-01-20 --probationary --category retired")
    january(
        "meeting add committee,cell --cell 第二小组 --on 2026-02-03 --chair 李四 "
        "--present 张三,李四 --absent 王五:病假 --due-present 3 --topic 学习"
    )
    january("meeting plan members --on 2026-03-20 --planned-on 2026-02-01")
    january("dues pay 张三 --month 2026-02 --amount 10 --on 2026-02-05")
    january("dues pay 王五 --month 2026-02 --amount 12.50 --on 2026-02-05")
    return january


def cells(line: str) -> list[str]:
    return line.split()


def test_members_by_cell_and_category_with_how_many(office: Run):
    roll = office("member list --as-of 2026-02-10").out.splitlines()
    assert cells(roll[0]) == ["#", "姓名", "党小组", "类别", "入党", "职务"]
    assert cells(roll[3])[:4] == ["3", "王五", "第二小组", "在职"]
    assert roll[-1] == "共 4 人（预备党员 1，在职 3，离退休 1）"
    assert [each["name"] for each in office("member list --cell 第二小组 --json").json] == ["王五"]
    assert [each["name"] for each in office("member list --cell '#1' --json").json] == ["张三"]
    retired = office("member list --category 离退休").out.splitlines()
    assert cells(retired[1])[1] == "赵六"
    assert retired[-1] == "共 1 人（预备党员 1，离退休 1）"


def test_an_unknown_cell_is_answered_with_the_cells_there_are(office: Run, refused: Refused):
    for noun in ("member", "meeting", "dues"):
        said = refused(f"{noun} list --cell 第三小组", 4)
        assert "没有“第三小组”这个党小组；已有：第一小组、第二小组。" in said


@pytest.mark.parametrize("noun", ["member", "meeting", "dues"])
def test_a_cell_is_not_another_branchs_cell_of_the_same_name(office: Run, noun: str):
    def listed(cell: str) -> list[int]:
        return [each["id"] for each in office(f"{noun} list --cell '{cell}' --json").json]

    own = listed("#2")
    assert own
    office("branch add 二支部 --founded 2026-01-01")
    office("--branch 二支部 cell add 第二小组")
    assert listed("#3") == []
    office("--branch 二支部 member add 周八 --joined 2015-07-01 --cell 第二小组")
    office("dues pay 周八 --month 2026-02 --amount 10 --on 2026-02-05")
    office("meeting add study --on 2026-02-06 --chair 周八 --cell '#3'")
    assert listed("#2") == own
    assert len(listed("#3")) == 1


def test_meetings_with_their_cell_and_who_came(office: Run):
    listed = office("meeting list --as-of 2026-02-10").out.splitlines()
    assert cells(listed[0]) == ["#", "日期", "种类", "党小组", "主持", "实到/应到", "议题"]
    of_cell = next(line for line in listed if "2026-02-03" in line)
    assert cells(of_cell)[3:] == ["第二小组", "李四", "2/3", "学习"]
    assert listed[-1] == "已开 4 次，计划中 1 次"
    narrowed = office("meeting list --cell 第二小组 --month 2026-02 --as-of 2026-02-10 --json").json
    assert [each["held_on"] for each in narrowed] == ["2026-02-03"]
    assert (
        office("meeting list --cell 第二小组 --month 2026-01 --as-of 2026-02-10 --json").json == []
    )


def test_dues_of_a_month_and_a_cell_with_their_total(office: Run):
    whole = office("dues list").out.splitlines()
    assert cells(whole[0]) == ["#", "日期", "姓名", "党小组", "事项", "月份", "元"]
    assert whole[-1] == "交费 5 笔，3 人，共 52.50 元"
    month = office("dues list --month 2026-02").out.splitlines()
    assert month[-1] == "交费 2 笔，2 人，其中 2026-02 的 22.50 元"
    assert len(month) == 4
    of_cell = office("dues list --month 2026-02 --cell 第二小组 --json").json
    assert [(each["member"], each["cell"]) for each in of_cell] == [("王五", "第二小组")]


def test_the_total_of_payments_in_english(office: Run, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PARTYCTL_LANG", "en")
    whole, month = (office(f"dues list{each}").out for each in ("", " --month 2026-02"))
    assert whole.splitlines()[-1] == "5 payments by 3 people; in total 52.50 yuan"
    assert month.splitlines()[-1] == "2 payments by 2 people; for 2026-02: 22.50 yuan"


def test_of_a_run_of_months_the_asked_one_alone_is_counted(office: Run):
    office("dues assess 李四 --base 1000 --from 2026-01")
    office("dues pay 李四 --month 2026-03..2026-04 --amount 10 --on 2026-02-06")

    assert "其中 2026-04 的 5.00 元" in office("dues list --month 2026-04").out


def test_several_branches_have_a_column_of_their_own(office: Run):
    office("branch add 二支部 --founded 2026-01-01")
    for noun in ("member", "meeting", "dues"):
        assert "党支部" in office(f"{noun} list --as-of 2026-02-10").out.splitlines()[0]


def test_a_word_for_everybody_is_not_taken_for_a_new_member(office: Run, refused: Refused):
    for word in ("all", "全体", "每人", "张三、李四,王五"):
        assert "member add" not in refused(f"dues status --member {word}", 4)
    assert "partyctl member add 钱七 --joined …" in refused("dues status --member 钱七", 4)


def test_an_empty_ledger_asks_for_its_people(run: Run):
    run("init --organ 市某局党组 --branch 机关支部 --since 2026-01-01")

    assert run("status").out.splitlines()[-1] == "下一步：partyctl member add … --joined …"
    assert run("status --json").json["next"] == "partyctl member add … --joined …"
    assert "名册上还没有人" in run("check --as-of 2026-01-10").out
    run("member add 张三 --joined 2010-07-01")
    assert "名册上还没有人" not in run("check --as-of 2026-01-10").out
    assert "member add" not in run("status --as-of 2026-01-10").out


def test_a_new_probationary_member_asks_for_a_cell_and_an_assessment(office: Run):
    said = office("member add 孙八 --joined 2026-02-01 --probationary").err
    assert "partyctl member edit 孙八 --cell …" in said
    assert "partyctl dues assess 孙八 --base … --from 2026-02" in said
    known = office("member add 周九 --joined 2026-02-01 --probationary --cell 第一小组").err
    assert "--cell" not in known
    assert office("member add 吴十 --joined 2010-07-01").err == ""
