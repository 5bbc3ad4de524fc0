"""`partyctl review self|rate` for several members, for all, and with ballots."""

import pytest

from tests.cli.conftest import Refused
from tests.conftest import Prepare, Run

MORE = (
    "member add 赵六 --joined 2012-07-01",
    "member add 周八 --joined 2013-07-01",
    "member add 吴九 --joined 2026-03-01 --probationary",
    "member add 郑十 --joined 2011-07-01",
    "member leave 郑十 --on 2026-05-10",
    "review open 2026 --on 2026-05-06",
)


@pytest.fixture
def opened(branch: Run, prepare: Prepare) -> Run:
    """A review with six participants; 吴九 is on probation."""
    prepare("\n".join(MORE))
    return branch


@pytest.fixture
def met(opened: Run) -> Run:
    opened("review meeting 2026 --on 2026-05-20")
    return opened


def grades(run: Run) -> dict[str, str]:
    ratings = run("review show 2026 --json").json["ratings"]
    return {each["member"]: each["grade"] for each in ratings}


def test_everybody_sums_up_but_those_excepted(opened: Run):
    opened("review self 2026 李四 --on 2026-05-10")

    answer = opened("review self 2026 --all --except 王五 --on 2026-05-18")

    assert answer.out.splitlines() == [
        f"民主评议 #1（2026 年）：{name} 自我总结 2026-05-18"
        for name in ("张三", "赵六", "周八", "吴九")
    ]
    assert answer.err == "未登记：李四 已登记\n"
    said = opened("review show 2026 --json").json["summaries"]
    assert {each["member"]: each["on"] for each in said}["李四"] == "2026-05-10"


def test_one_undo_takes_back_all_summaries(opened: Run):
    opened("review self 2026 --all --on 2026-05-18")
    opened("undo")
    assert opened("review show 2026 --json").json["summaries"] == []


def test_several_are_rated_and_the_rest_alike(met: Run):
    out = met("review rate 2026 张三,李四 优秀 --rest 合格").out

    assert out.splitlines()[0] == "民主评议 #1（2026 年）：张三 优秀"
    assert grades(met) == {
        "张三": "excellent",
        "李四": "excellent",
        "王五": "qualified",
        "赵六": "qualified",
        "周八": "qualified",
    }


def test_the_rest_are_those_without_a_rating(met: Run):
    met("review rate 2026 王五 基本合格")

    met("review rate 2026 --rest qualified")

    assert grades(met)["王五"] == "basic"
    assert len(grades(met)) == 5
    assert "什么都没有写入" in met("review rate 2026 --rest 优秀").out


@pytest.mark.parametrize(
    ("line", "code", "told"),
    [
        ("review rate 2026 张三,吴九,郑十 合格", 5, ["吴九 2026-05-20 还是预备党员", "郑十"]),
        ("review rate 2026 张三,钱一,孙二 合格", 4, ["钱一", "孙二"]),
        ("review rate 2026", 2, ["姓名"]),
        ("review rate 2026 张三", 2, ["等次"]),
        ("review rate 2026 --rest 很好", 2, ["很好"]),
        ("review self 2026 --all --on 无", 2, ["写明是谁"]),
        ("review self 2026 张三,郑十 --on 2026-05-15", 5, ["郑十"]),
        ("review rate 2026 张三,李四 优秀 --votes 3/2/0/0", 2, ["一个人"]),
        ("review rate 2026 --rest 优秀 --votes 3/2/0/0", 2, ["一个人"]),
        ("review rate 2026 张三 无 --votes 3/2/0/0", 2, ["一个人"]),
        ("review rate 2026 张三 优秀 --votes 3/2/0", 2, ["3/2/0"]),
        ("review rate 2026 张三 优秀 --votes 0/0/0/0", 5, ["一张票也没有"]),
        ("review rate 2026 张三 优秀 --votes 5/2/0/0", 5, ["7 张票", "6 人"]),
    ],
)
def test_what_cannot_be_is_refused_for_all(
    met: Run, refused: Refused, line: str, code: int, told: list[str]
):
    said = refused(line, code)
    assert all(each in said for each in told), said


def test_nobody_of_the_rest_is_rated_before_the_meeting(opened: Run, refused: Refused):
    assert "支部·四3" in refused("review rate 2026 --rest 合格", 5)


def test_ballots_are_kept_with_the_rating_and_shown(met: Run):
    met("review rate 2026 张三 优秀 --votes 4/1/1/0")

    shown = met("review status 2026")
    [own] = [
        each["votes"]
        for each in met("review status 2026 --json").json["members"]
        if each["name"] == "张三"
    ]

    assert own == {"excellent": 4, "qualified": 1, "basic": 1, "unqualified": 0}
    assert "优秀 4/1/1/0" in shown.out
    assert "张三 4/1/1/0" in met("review show 2026").out
    met("review rate 2026 张三 优秀 --votes 3/2/1/0")
    assert "张三 3/2/1/0" in met("review show 2026").out
    met("undo")
    assert "张三 4/1/1/0" in met("review show 2026").out


def test_ballots_go_with_the_rating_that_is_taken_back(met: Run):
    met("review rate 2026 张三 优秀 --votes 4/1/1/0")
    met("review rate 2026 张三 无")
    assert met("review show 2026 --json").json["votes"] == []
    met("undo")
    assert len(met("review show 2026 --json").json["votes"]) == 1


def test_json_is_the_review(met: Run):
    answer = met("review rate 2026 张三,李四 优秀 --json").json
    assert [each["member"] for each in answer["ratings"]] == ["张三", "李四"]
