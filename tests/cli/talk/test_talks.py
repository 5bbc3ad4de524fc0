"""Heart-to-heart talks and their follow-ups.

The posts of both people on the day of the talk decide its kind.
"""

import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import Refused, Standing
from tests.conftest import Run, write_ledger

RULES = ("talk-committee", "talk-committee-member", "talk-members")
Q1, Q2 = (1, "2026-Q1"), (1, "2026-Q2")
MORE = """
    member add 赵六 --joined 2018-07-01
    member add 孙七 --joined 2026-02-01 --probationary --since 2026-02-01
"""
FOLLOWED = "talk add --on 2026-02-03 --with 张三,王五 --follow-up 走访慰问 --due 2026-02-20"


@pytest.fixture(scope="module")
def five_ledger(tmp_path_factory: pytest.TempPathFactory, branch_ledger: Path) -> Path:
    path = tmp_path_factory.mktemp("five") / "ledger.db"
    return write_ledger(shutil.copy(branch_ledger, path), MORE)


@pytest.fixture
def five(run: Run, ledger: Path, five_ledger: Path) -> Run:
    """A branch with two committee members (张三, 李四), two ordinary members and a probationary one."""
    ledger.parent.mkdir(mode=0o700)
    shutil.copy(five_ledger, ledger)
    return run


def kinds(standing: Standing, as_of: str, owed: tuple[int, str] = Q1) -> list[str | None]:
    return [standing(rule, as_of).get(owed) for rule in RULES]


def talk(run: Run, number: int = 1):
    return run(f"talk show {number} --json").json


@pytest.mark.parametrize(
    ("names", "kind"),
    [
        ("张三,李四", ["met", "due", "due"]),
        ("王五、张三", ["due", "met", "due"]),
        ("赵六，王五", ["due", "due", "met"]),
        ("孙七,赵六", ["due", "due", "met"]),
        ("张三,李四,王五,赵六", ["met", "met", "met"]),
    ],
)
def test_between_whom_a_talk_was_follows_from_their_posts(
    five: Run, standing: Standing, names: str, kind: list[str]
):
    five(f"talk add --on 2026-02-10 --with {names}")
    assert kinds(standing, "2026-02-09") == ["due", "due", "due"]
    assert kinds(standing, "2026-02-10") == kind


def test_the_posts_of_that_day_decide_not_those_of_today(five: Run, standing: Standing):
    five("member post 李四 组织委员 --from 2026-01-01 --to 2026-02-28")
    five("member post 赵六 组织委员 --from 2026-03-01")
    five("talk add --on 2026-02-28 --with 张三,李四")
    five("talk add --on 2026-03-01 --with 李四,王五")
    five("talk add --on 2026-03-01 --with 张三,赵六")

    rows = five("talk list --json").json
    assert [row["between"] for row in rows] == [["committee"], ["members"], ["committee"]]
    assert kinds(standing, "2026-03-31") == ["met", "due", "met"]


def test_a_quarter_without_its_talks_is_overdue_and_a_later_one_can_make_it_up(
    five: Run, standing: Standing, refused: Refused
):
    assert kinds(standing, "2026-03-31") == ["due", "due", "due"]
    assert kinds(standing, "2026-04-01") == ["overdue", "overdue", "overdue"]

    five("talk add --on 2026-04-03 --with 张三,李四 --makes-up 2026-Q1")

    assert kinds(standing, "2026-04-02") == ["overdue", "overdue", "overdue"]
    assert kinds(standing, "2026-04-03") == ["late", "overdue", "overdue"]
    assert kinds(standing, "2026-04-03", Q2) == ["due", "due", "due"]
    for period, code, told in (
        ("2026-01", 5, "不按这样的期间办理"),
        ("2026-H1", 5, "不按这样的期间办理"),
        ("2026-Q2", 5, "还没有结束"),
        ("2026-Q9", 2, "读不出来"),
    ):
        line = f"talk add --on 2026-04-03 --with 张三,李四 --makes-up {period}"
        assert told in refused(line, code)


def test_a_branch_without_a_committee_owes_only_the_talks_among_members(
    run: Run, standing: Standing
):
    run("init --organ 市某局党组 --branch 机关支部 --since 2026-01-01 --no-committee")
    run("member add 张三 --joined 2010-07-01")
    assert kinds(standing, "2026-03-31") == [None, None, "due"]


def test_every_member_is_advised_to_take_part_in_one(five: Run, standing: Standing):
    five("talk add --on 2026-02-10 --with 张三,王五")
    found = standing("talk-coverage", "2026-04-01")
    assert {key[0]: status for key, status in found.items() if key[1] == "2026-Q1"} == {
        **{1: "met", 2: "advised", 3: "met", 4: "advised", 5: "advised"}
    }


def test_a_talk_across_two_branches_counts_for_both(five: Run, standing: Standing):
    five("branch add 二支部 --founded 2020-01-01")
    five("--branch 二支部 member add 吴九 --joined 2012-07-01")
    five("talk add --on 2026-02-10 --with 王五,吴九")

    found = standing("talk-members", "2026-03-31")
    assert (found[1, "2026-Q1"], found[2, "2026-Q1"]) == ("met", "met")
    for branch in ("机关支部", "二支部"):
        assert len(five(f"--branch {branch} talk list --json").json) == 1
        matrix = five(f"--branch {branch} talk matrix --quarter 2026-Q1 --json").json
        assert matrix["branches"][0]["coverage"][2]["talks"] == [1]
    assert len(five("talk matrix --quarter 2026-Q1 --json").json["branches"]) == 2


def test_what_is_to_follow_is_owed_by_its_own_day(five: Run, standing: Standing, refused: Refused):
    five(FOLLOWED)
    owed = (1, "2026-02-03")
    assert standing("talk-follow-up", "2026-02-02") == {}
    assert standing("talk-follow-up", "2026-02-20") == {owed: "due"}
    assert standing("talk-follow-up", "2026-02-21") == {owed: "overdue"}

    five("talk done 1 --on 2026-02-25")

    assert standing("talk-follow-up", "2026-02-24") == {owed: "overdue"}
    assert standing("talk-follow-up", "2026-02-25") == {owed: "late"}
    assert "的后续事项已于" in refused("talk done 1 --on 2026-02-26", 5)
    five("talk edit 1 --done 2026-02-20")
    assert standing("talk-follow-up", "2026-02-20") == {owed: "met"}
    five("talk edit 1 --done 无")
    assert standing("talk-follow-up", "2026-02-21") == {owed: "overdue"}
    five("talk edit 1 --follow-up 无")
    assert standing("talk-follow-up", "2026-02-21") == {}


def test_what_was_said_is_kept_and_the_list_knows_what_was_done_by_a_day(five: Run):
    five(f"{FOLLOWED} --note 家庭有困难")
    five("talk done 1 --on 2026-02-18")

    kept = talk(five)
    assert (kept["with"], kept["member_ids"]) == (["张三", "王五"], [1, 3])
    assert (kept["note"], kept["follow_up"]) == ("家庭有困难", "走访慰问")
    assert all(w in five("talk show 1").out for w in ("谈话日期", "班子成员与党员", "走访慰问"))
    (row,) = five("talk list --json --as-of 2026-02-17").json
    assert (row["follow_up_due"], row["follow_up_done"]) == ("2026-02-20", None)
    assert five("talk list --json --as-of 2026-02-02").json == []
    assert "家庭有困难" not in five("talk list").out


def test_a_correction_changes_what_was_said_and_nothing_else(
    five: Run, standing: Standing, refused: Refused
):
    five(FOLLOWED)
    before = talk(five)
    five("talk edit 1 --with 张三,李四 --on 2026-02-04 --note 交换意见 --due 2026-03-01")

    after = talk(five)
    changed = {field for field in before if before[field] != after[field]}
    assert changed == {"held_on", "with", "member_ids", "between", "note", "follow_up_due"}
    assert kinds(standing, "2026-02-04") == ["met", "due", "due"]
    for line, told in (
        ("--on 2026-03-02", "后续期限 2026-03-01 早于谈话"),
        ("--with 张三", "至少两个人"),
        ("--done 2026-02-03", "后续办结 2026-02-03 早于谈话"),
        ("--makes-up 2026-Q1", "还没有结束"),
    ):
        assert told in refused(f"talk edit 1 {line}", 5)
    five("talk edit 1 --note 无")
    assert talk(five)["note"] is None
    assert "交换意见" in five("talk show 1 --history").out


def test_a_voided_talk_counts_no_more(five: Run, standing: Standing, refused: Refused):
    five("talk add --on 2026-02-10 --with 张三,李四")
    five("talk void '#1' --reason 重复登记")

    assert kinds(standing, "2026-03-31") == ["due", "due", "due"]
    assert five("talk list --json").json == []
    assert talk(five)["void_reason"] == "重复登记"
    for line in ("done 1 --on 2026-02-11", "edit 1 --note 改", "void 1 --reason 再来"):
        assert "已作废" in refused(f"talk {line}", 5)


def test_each_command_can_be_undone(five: Run):
    five(FOLLOWED)
    before = talk(five)
    for line in ("done 1 --on 2026-02-18", "edit 1 --with 王五,赵六", "void 1 --reason 误登"):
        five(f"talk {line}")
        five("undo")
        assert talk(five) == before
    five("undo")
    assert talk(five)["voided_at"]


@pytest.mark.parametrize(
    "names", ["张三,张三", "张三", "'张三,#1'", "张三,王五,张三", "'、张三，'"]
)
def test_nobody_talks_with_oneself(five: Run, refused: Refused, names: str):
    said = refused(f"talk add --on 2026-02-10 --with {names}", 5)
    assert "支部·八" in said
    assert "张三" in said


@pytest.mark.parametrize(
    ("line", "code", "told"),
    [
        ("add --on 2026-02-10", 2, "缺少：--with"),
        ("add --on 2026-02-10 --with 张三,吴九", 4, "党员和干部职工里都没有“吴九”"),
        ("add --on 2025-12-31 --with 张三,李四", 5, "不能作为谈话人"),
        ("add --on 2026-01-31 --with 张三,孙七", 5, "不能作为谈话人"),
        ("add --on 2199-01-01 --with 张三,李四", 5, "只能登记已经发生的事"),
        ("add --on 2026-02-10 --with 张三,李四 --follow-up 走访", 2, "缺少：--due"),
        ("add --on 2026-02-10 --with 张三,李四 --due 2026-03-01", 2, "缺少：--follow-up"),
        ("add --on 2026-02-10 --with 张三,李四 --follow-up 走访 --due 2026-02-09", 5, "早于谈话"),
        (
            "add --on 2026-02-10 --with 张三,李四 --follow-up ' ' --due 2026-02-19",
            2,
            "后续事项应是 1 到 100000 个字的文字",
        ),
        ("done 1 --on 2026-02-02", 5, "早于谈话"),
        ("done 2 --on 2026-02-10", 5, "没有后续事项"),
        ("done 7 --on 2026-02-10", 4, "没有谈话"),
        ("edit 7 --note 改", 4, "没有谈话"),
        ("edit 2 --due 2026-03-01", 2, "缺少：--follow-up"),
        ("edit 2 --done 2026-03-01", 5, "没有后续事项"),
        ("edit 1 --done 2026-02-30", 2, "没有“2026-02-30”这一天"),
        ("show x", 2, "编号“x”读不出来"),
        ("list --with 吴九", 4, "党员名册里没有“吴九”"),
        ("list --quarter 2026-01", 2, "“2026-01”不是季度"),
        ("matrix --quarter 2026-H1", 2, "“2026-H1”不是季度"),
    ],
)
def test_what_cannot_be_is_refused(five: Run, refused: Refused, line: str, code: int, told: str):
    five(FOLLOWED)
    five("talk add --on 2026-02-04 --with 王五,赵六")
    assert told in refused(f"talk {line}", code)


def test_who_left_talks_until_the_day_of_leaving(five: Run, refused: Refused):
    five("member leave 赵六 --on 2026-02-15")
    five("talk add --on 2026-02-14 --with 王五,赵六")
    assert "不能作为谈话人" in refused("talk add --on 2026-02-15 --with 王五,赵六", 5)


def test_the_matrix_tells_who_talked_with_whom_and_who_with_nobody(five: Run):
    five("member post 赵六 宣传委员 --from 2026-01-01")
    five("talk add --on 2026-02-10 --with 张三,李四")
    five("talk add --on 2026-02-11 --with 张三,李四,王五")
    five("talk add --on 2026-04-02 --with 张三,赵六")
    five("talk add --on 2026-04-03 --with 赵六,孙七 --makes-up 2026-Q1")

    asked = "talk matrix --quarter 2026-Q1 --as-of"
    (found,) = five(f"{asked} 2026-03-31 --json").json["branches"]
    partners = {m["name"]: [p["name"] for p in m["talked_with"]] for m in found["members"]}
    assert partners == {
        **{"张三": ["李四", "王五"], "李四": ["张三", "王五"], "王五": ["张三", "李四"]},
        **{"赵六": [], "孙七": []},
    }
    assert found["members"][0]["talked_with"][0]["talks"] == [1, 2]
    assert [(each["status"], each["talks"]) for each in found["coverage"]] == [
        ("met", [1, 2]),
        ("met", [2]),
        ("due", []),
    ]
    assert found["without"] == ["赵六", "孙七"]
    assert found["committee_pairs_missing"] == [["张三", "赵六"], ["李四", "赵六"]]

    (later,) = five(f"{asked} 2026-04-03 --json").json["branches"]
    assert later["without"] == []
    assert later["coverage"][1]["talks"] == [2, 4]
    shown = five("talk matrix --quarter 2026-Q1").out
    assert all(w in shown for w in ("李四×2", "党员之间：逾期", "张三—赵六；李四—赵六"))
    assert "还没有谈过" not in shown


def test_the_list_can_be_of_one_person_or_of_a_quarter(five: Run):
    five("talk add --on 2026-02-10 --with 张三,李四")
    five("talk add --on 2026-04-10 --with 王五,赵六 --makes-up 2026-Q1")
    five("talk add --on 2026-04-11 --with 张三,赵六")

    def listed(options: str) -> list[int]:
        return [row["id"] for row in five(f"talk list {options} --json").json]

    assert listed("--with 张三") == [1, 3]
    assert listed("--quarter 2026-Q1") == [1, 2]
    assert listed("--quarter 2026-Q2 --with 赵六") == [3]


def test_hostile_text_reaches_the_screen_harmless_and_json_whole(five: Run):
    said = "走访\x1b[2J\u202e[/red]"
    five(f"talk add --on 2026-02-10 --with 张三,李四 --follow-up '{said}' --due 2026-03-01")
    for line in ("talk list", "talk show 1"):
        shown = five(line).out
        assert "[/red]" in shown
        assert not {"\x1b", "\u202e"} & set(shown)
    assert talk(five)["follow_up"] == said


def test_whoever_is_neither_member_nor_staff_is_entered_as_what_they_are(
    five: Run, refused: Refused
):
    said = refused("talk add --on 2026-02-05 --with 张三,孙科员", 4)
    assert "partyctl staff add 孙科员" in said
    assert "partyctl member add" in said
    five("staff add 孙科员")
    five("talk add --on 2026-02-05 --with 张三,孙科员")
