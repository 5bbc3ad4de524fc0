"""`partyctl talk add --each` records a separate talk with each of several people, who can also be
staff.
"""

import pytest

from tests.cli.conftest import Refused, Standing
from tests.conftest import Run


@pytest.fixture
def people(branch: Run) -> Run:
    """Three members, a former member, and two staff of the bureau."""
    branch("member add 赵六 --joined 2018-07-01")
    branch("member leave 赵六 --on 2026-02-01")
    branch("staff add 钱七")
    branch("staff add 孙八")
    return branch


def talked(run: Run) -> list[list[str]]:
    return [each["with"] for each in run("talk list --json").json]


def test_one_talks_with_each_of_those_named(people: Run, standing: Standing):
    answer = people("talk add --on 2026-03-02 --with 张三 --each 李四,王五 --note 谈工作")

    assert answer.out.splitlines() == [
        "已登记谈话 #1 2026-03-02 张三、李四",
        "已登记谈话 #2 2026-03-02 张三、王五",
    ]
    assert talked(people) == [["张三", "李四"], ["张三", "王五"]]
    assert {each["note"] for each in people("talk list --json").json} == {"谈工作"}
    people("undo")
    assert talked(people) == []


def test_all_are_those_on_the_roll_that_day(people: Run):
    people("talk add --on 2026-01-20 --with 张三 --each all")
    people("talk add --on 2026-03-02 --with 张三 --each 全体 --except 李四")

    assert talked(people) == [
        ["张三", "李四"],
        ["张三", "王五"],
        ["张三", "赵六"],
        ["张三", "王五"],
    ]


def test_staff_may_take_part(people: Run, standing: Standing):
    people("talk add --on 2026-03-02 --with 张三 --each 钱七,孙八")

    assert talked(people) == [["张三", "钱七"], ["张三", "孙八"]]
    assert "钱七" in people("talk show 1").out
    assert standing("talk-coverage", "2026-03-03")[1, "2026-Q1"] == "due"
    people("talk edit 1 --with 张三,李四,钱七")
    assert talked(people)[0] == ["张三", "李四", "钱七"]
    assert standing("talk-coverage", "2026-03-03")[1, "2026-Q1"] == "met"


def test_json_is_the_talks(people: Run):
    answer = people("talk add --on 2026-03-02 --with 张三 --each 李四,钱七 --json").json
    assert [(each["member_ids"], each["staff_ids"]) for each in answer] == [
        ([1, 2], []),
        ([1], [1]),
    ]


@pytest.mark.parametrize(
    ("line", "code", "told"),
    [
        ("--with 张三 --each 李四,周一,周二", 4, ["周一", "周二"]),
        ("--with 张三 --each 李四,赵六", 5, ["赵六 2026-03-02 不在名册上"]),
        ("--with 张三,李四 --each 王五", 5, ["只能是一个人"]),
        ("--with 张三 --each 张三,李四", 5, ["张三不能和自己谈"]),
        ("--with 钱七,孙八", 5, ["钱七、孙八都不是党员"]),
        ("--with 钱七 --each 李四,孙八", 5, ["都不是党员"]),
        ("--with 张三,李四 --except 王五", 2, ["--except"]),
        ("--with 张三 --each 李四,王五 --except 王五", 2, ["→ --each all --except 王五"]),
        ("--with 周一,周二", 4, ["周一", "周二"]),
    ],
)
def test_what_cannot_be_is_refused_for_all(
    people: Run, refused: Refused, line: str, code: int, told: list[str]
):
    said = refused(f"talk add --on 2026-03-02 {line}", code)
    assert all(each in said for each in told), said
