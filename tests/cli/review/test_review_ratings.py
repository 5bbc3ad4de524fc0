"""The ratings of a review, and the measures after them: which ratings are allowed, and who may vote."""

import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import Refused, Standing
from tests.cli.review.test_review import TO_THE_MEETING, do, lacking, status
from tests.conftest import Run, write_ledger

VOTE_OWED = {(3, "2026-05-20"): "due"}
VOTED = {(3, "2026-05-20"): "met"}


ROLL = (
    "member add 赵六 --joined 2026-03-01 --probationary",
    "member add 孙七 --joined 2012-07-01",
    "member leave 孙七 --on 2026-05-18",
    "member add 周八 --joined 2013-07-01 --since 2026-05-21",
)


@pytest.fixture(scope="module")
def met_ledger(tmp_path_factory: pytest.TempPathFactory, branch_ledger: Path) -> Path:
    path = tmp_path_factory.mktemp("met") / "ledger.db"
    lines = (*ROLL, *TO_THE_MEETING, "review self 2026 赵六 --on 2026-05-19")
    return write_ledger(shutil.copy(branch_ledger, path), "\n".join(lines))


@pytest.fixture
def met(run: Run, ledger: Path, met_ledger: Path) -> Run:
    """The branch with a review whose meeting was held on 2026-05-20."""
    ledger.parent.mkdir(mode=0o700)
    shutil.copy(met_ledger, ledger)
    return run


@pytest.fixture
def unqualified(met: Run) -> Run:
    """The review after 王五 was rated 不合格 and a measure was recorded on 2026-05-22."""
    met("review rate 2026 王五 不合格")
    met("review outcome 2026 王五 --handle 限期改正 --on 2026-05-22")
    return met


def rated(run: Run) -> dict[str, str]:
    ratings = run("review show 2026 --json").json["ratings"]
    return {each["member"]: each["grade"] for each in ratings}


def test_nobody_is_rated_before_the_meeting(branch: Run, refused: Refused):
    branch("review open 2026 --on 2026-05-06")
    said = refused("review rate 2026 张三 优秀", 5)
    assert "支部·四3" in said
    assert "partyctl review meeting 2026" in said


def test_a_rating_is_in_english_or_chinese_and_given_again_it_is_corrected(met: Run):
    met("review rate 2026 张三 excellent")
    met("review rate 2026 李四 基本合格")
    met("review rate 2026 李四 unqualified")
    met("review rate 2026 王五 合格")
    met("review rate 2026 王五 无")
    assert rated(met) == {"张三": "excellent", "李四": "unqualified"}


@pytest.mark.parametrize("name", ["赵六", "孙七", "周八"])
def test_a_probationary_member_and_who_was_not_there_that_day_are_not_rated(
    met: Run, refused: Refused, name: str
):
    said = refused(f"review rate 2026 {name} 合格", 5)
    assert "支部·四" in said
    assert name in said


def test_a_probationary_member_takes_part_without_a_rating(met: Run, standing: Standing):
    assert standing("review-self", "2026-05-19")[4, "2026-05-06"] == "met"
    for name in ("张三", "李四", "王五"):
        met(f"review rate 2026 {name} 合格")
    assert lacking(met) == {}
    met("review close 2026 --on 2026-05-25")


def test_the_meeting_cannot_be_moved_to_a_day_when_somebody_rated_was_not_there(
    met: Run, refused: Refused
):
    met("member leave 王五 --on 2026-05-26")
    met("review rate 2026 王五 合格")

    said = refused("review meeting 2026 --on 2026-05-26", 5)
    assert "王五" in said
    assert "评定了等次" in refused("review meeting 2026 --on 无", 5)
    met("review meeting 2026 --on 2026-05-25")


def test_the_good_are_commended_and_the_unqualified_handled_and_nobody_else(
    met: Run, refused: Refused
):
    assert "还没有评定" in refused("review outcome 2026 张三 --commend 表扬 --on 2026-05-22", 5)
    for grade in ("合格", "基本合格", "不合格"):
        met(f"review rate 2026 张三 {grade}")
        assert "支部·四4" in refused("review outcome 2026 张三 --commend 表扬 --on 2026-05-22", 5)
    for grade in ("合格", "基本合格", "优秀"):
        met(f"review rate 2026 张三 {grade}")
        assert "支部·四4" in refused("review outcome 2026 张三 --handle 改正 --on 2026-05-22", 5)


@pytest.mark.parametrize(
    ("said", "code", "told"),
    [
        ("", 2, "缺少：--commend 或 --handle"),
        ("--commend 表扬 --handle 改正", 2, "--commend 和 --handle 只能写一个"),
        ("--handle 改正 --on 2026-05-19", 5, "早于民主评议会"),
        ("--handle '  ' --on 2026-05-22", 2, "处理应是 1 到 100000 个字的文字"),
        ("--handle 改正 --meeting 99 --on 2026-05-22", 4, "没有会议"),
        ("--handle 改正 --meeting x --on 2026-05-22", 2, "编号“x”读不出来"),
        ("--handle 改正 --on 2199-01-01", 5, "只能登记已经发生的事"),
        ("--on 无", 5, "年的民主评议没有王五的“表彰和处理”记录"),
    ],
)
def test_an_outcome_that_cannot_be_is_refused(
    met: Run, refused: Refused, said: str, code: int, told: str
):
    met("review rate 2026 王五 不合格")
    assert told in refused(f"review outcome 2026 王五 {said}", code)


def test_another_rating_takes_the_old_ones_outcome_with_it(unqualified: Run):
    answer = unqualified("review rate 2026 王五 合格").out
    assert "已去掉" in answer
    assert unqualified("review show 2026 --json").json["outcomes"] == []

    unqualified("undo")

    (outcome,) = unqualified("review show 2026 --json").json["outcomes"]
    assert (outcome["said"], outcome["on"]) == ("限期改正", "2026-05-22")
    assert rated(unqualified) == {"王五": "unqualified"}
    unqualified("review rate 2026 王五 不合格")
    assert len(unqualified("review show 2026 --json").json["outcomes"]) == 1


def test_handling_the_unqualified_waits_for_the_vote_of_the_members_meeting(
    unqualified: Run, standing: Standing
):
    rule = "review-unqualified-vote"
    assert standing(rule, "2026-05-19") == {}
    assert standing(rule, "2026-07-31") == VOTE_OWED

    unqualified("meeting add members --on 2026-06-10 --chair 张三 --notified 2026-06-05")
    unqualified("review outcome 2026 王五 --handle 限期改正 --meeting 1")

    assert standing(rule, "2026-06-09") == VOTE_OWED
    assert standing(rule, "2026-06-10") == VOTED
    (row,) = [e for e in unqualified("review status 2026 --json").json["members"] if e["id"] == 3]
    assert (row["outcome_on"], row["voted_on"]) == ("2026-05-22", "2026-06-10")
    assert row["missing"] == []

    unqualified("meeting void 1 --reason 没有开成")

    assert standing(rule, "2026-06-10") == VOTE_OWED


def test_the_vote_may_come_after_the_close_and_moves_nothing(unqualified: Run, standing: Standing):
    for name in ("张三", "李四"):
        unqualified(f"review rate 2026 {name} 合格")
    unqualified("review close 2026 --on 2026-05-25")
    unqualified("meeting add members --on 2026-06-10 --chair 张三 --notified 2026-06-05")
    unqualified("review outcome 2026 王五 --handle 限期改正，张三联系 --meeting 1")

    assert standing("review-outcome", "2026-05-22") == {(1, "2026-05-06"): "met"}
    assert standing("annual-review", "2026-06-10") == {(1, "2026"): "met"}
    assert standing("review-unqualified-vote", "2026-06-10") == VOTED
    assert "会议 #1" in unqualified("review show 2026").out


def test_a_first_outcome_with_a_vote_has_the_day_of_the_vote(met: Run, standing: Standing):
    met("meeting add members,lecture --on 2026-05-20 --chair 张三 --notified 2026-05-15")
    met("review rate 2026 王五 不合格")
    met("review outcome 2026 王五 --handle 除名 --meeting 1")

    (outcome,) = met("review show 2026 --json").json["outcomes"]
    assert (outcome["on"], outcome["meeting_id"]) == ("2026-05-20", 1)
    assert standing("review-unqualified-vote", "2026-05-20") == VOTED


@pytest.mark.parametrize(
    "meeting",
    [
        "meeting add committee --on 2026-06-10 --chair 张三 --minutes 记录",
        "meeting add members --on 2026-05-19 --chair 张三 --notified 2026-05-10",
        "--branch 二支部 meeting add members --on 2026-06-10 --chair 吴九 --notified 2026-06-01",
    ],
)
def test_no_other_meeting_can_vote_on_it(unqualified: Run, refused: Refused, meeting: str):
    unqualified("branch add 二支部 --founded 2020-01-01")
    unqualified("--branch 二支部 member add 吴九 --joined 2012-07-01")
    unqualified(meeting)
    assert "支部·四" in refused("review outcome 2026 王五 --handle 限期改正 --meeting 1", 5)


def test_a_meeting_that_is_only_planned_or_was_voided_cannot_vote(
    unqualified: Run, refused: Refused
):
    unqualified("meeting add members --on 2026-06-10 --chair 张三 --notified 2026-06-05")
    unqualified("meeting void 1 --reason 误登")
    assert "已作废" in refused("review outcome 2026 王五 --handle 限期改正 --meeting 1", 5)


def test_the_vote_and_then_its_meeting_can_be_undone(unqualified: Run):
    unqualified("meeting add members --on 2026-06-10 --chair 张三 --notified 2026-06-05")
    unqualified("review outcome 2026 王五 --handle 限期改正 --meeting 1")
    unqualified("undo")
    unqualified("undo")
    assert unqualified("meeting list --json").json == []
    (outcome,) = unqualified("review show 2026 --json").json["outcomes"]
    assert (outcome["on"], outcome["meeting_id"]) == ("2026-05-22", None)


def test_an_outcome_can_be_taken_back(unqualified: Run, standing: Standing):
    unqualified("review outcome 2026 王五 --on 无")
    assert unqualified("review show 2026 --json").json["outcomes"] == []
    assert "handle" in lacking(unqualified)["王五"]


def test_hostile_words_of_an_outcome_reach_the_screen_harmless(met: Run):
    met("review rate 2026 王五 不合格")
    said = "改正\x1b[2J\u202e[/red]"
    met(f"review outcome 2026 王五 --handle '{said}' --on 2026-05-22")

    shown = met("review show 2026").out
    assert "[/red]" in shown
    assert not {"\x1b", "\u202e"} & set(shown)
    assert met("review show 2026 --json").json["outcomes"][0]["said"] == said


@pytest.mark.parametrize(
    ("grade", "code", "told"),
    [
        ("很好", 2, "没有“很好”这种评议等次"),
        ("", 2, "没有“”这种评议等次"),
        ("excellentt", 2, "没有“excellentt”这种评议等次"),
    ],
)
def test_a_grade_that_is_none_is_wrong_usage(
    met: Run, refused: Refused, grade: str, code: int, told: str
):
    assert told in refused(f"review rate 2026 张三 '{grade}'", code)


def test_the_table_tells_who_lacks_what_and_counts_the_grades(branch: Run):
    branch("member add 赵六 --joined 2026-03-01 --probationary")
    do(branch, TO_THE_MEETING)
    assert lacking(branch, "--as-of 2026-05-08") == {"王五": ["self"], "赵六": ["self"]}
    branch("review rate 2026 张三 excellent")
    branch("review rate 2026 王五 不合格")
    branch("review outcome 2026 王五 --handle 限期改正 --on 2026-05-22")

    found = status(branch)
    assert [found[day] for day in ("opened_on", "study_on", "meeting_on", "closed_on")] == [
        "2026-05-06",
        "2026-05-07",
        "2026-05-20",
        None,
    ]
    assert found["tally"] == {
        **{"excellent": 1, "qualified": 0, "basic": 0, "unqualified": 1, "unrated": 1}
    }
    rows = {each["name"]: each for each in found["members"]}
    assert (rows["张三"]["self_on"], rows["张三"]["grade"]) == ("2026-05-08", "excellent")
    assert (rows["王五"]["outcome"], rows["王五"]["said"]) == ("handle", "限期改正")
    assert rows["赵六"]["probationary"] is True
    assert lacking(branch) == {
        **{"张三": ["commend"], "李四": ["rating"], "王五": ["vote"], "赵六": ["self"]}
    }
    shown = branch("review status 2026").out
    assert all(
        word in shown for word in ("优秀 1", "未评定 1", "党员大会表决", "还缺：", "张三未表彰")
    )


def test_more_than_a_third_rated_excellent_is_advised_against_and_never_refused(branch: Run):
    do(branch, TO_THE_MEETING)
    branch("review rate 2026 张三 优秀")
    assert status(branch)["advice"] is None
    branch("review rate 2026 李四 优秀")

    assert "三分之一" in status(branch)["advice"]
    assert "三分之一" in branch("review status 2026").out


def test_a_meeting_that_is_only_planned_has_not_voted_on_it(unqualified: Run, refused: Refused):
    unqualified("meeting plan members --on 2026-06-10 --chair 张三")
    said = refused("review outcome 2026 王五 --handle 限期改正 --meeting 1", 5)
    assert "会议 #1 还没有开，不能表决处理意见" in said
    assert "partyctl meeting hold 1 --on …" in said
