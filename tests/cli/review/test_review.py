"""The yearly review of the members from opening to close, with the answers of `check`."""

import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import Refused, Standing
from tests.conftest import Run, write_ledger

OPENED = (1, "2026-05-06")
"""How `check` names the review: by its number and opening day."""

TO_THE_MEETING = (
    "review open 2026 --on 2026-05-06",
    "review study 2026 --on 2026-05-07",
    "review self 2026 张三 --on 2026-05-08",
    "review self 2026 李四 --on 2026-05-08",
    "review self 2026 王五 --on 2026-05-11",
    "review meeting 2026 --on 2026-05-20",
)
TO_THE_END = (
    *TO_THE_MEETING,
    "review rate 2026 张三 优秀",
    "review rate 2026 李四 qualified",
    "review rate 2026 王五 基本合格",
    "review outcome 2026 张三 --commend 通报表扬 --on 2026-05-22",
)


@pytest.fixture(scope="module")
def finished_ledger(tmp_path_factory: pytest.TempPathFactory, branch_ledger: Path) -> Path:
    path = tmp_path_factory.mktemp("review") / "ledger.db"
    return write_ledger(shutil.copy(branch_ledger, path), "\n".join(TO_THE_END))


@pytest.fixture
def finished(run: Run, ledger: Path, finished_ledger: Path) -> Run:
    """The branch with a review of 2026 that is complete but not closed."""
    ledger.parent.mkdir(mode=0o700)
    shutil.copy(finished_ledger, ledger)
    return run


def do(run: Run, lines: tuple[str, ...]) -> None:
    for line in lines:
        run(line)


def status(run: Run, *options: str):
    return run(f"review status 2026 --json {' '.join(options)}").json


def test_before_the_meeting_everybody_who_is_due_a_rating_is_unrated(branch: Run):
    branch("member add 赵六 --joined 2026-01-05 --probationary")
    branch("review open 2026 --on 2026-05-06")
    tally = status(branch, "--as-of 2026-05-07")["tally"]
    assert tally["unrated"] == 3
    assert "未评定 3" in branch("review status 2026 --as-of 2026-05-07").out


def lacking(run: Run, *options: str) -> dict[str, list[str]]:
    members = status(run, *options)["members"]
    return {each["name"]: each["missing"] for each in members if each["missing"]}


def test_the_four_steps_are_owed_from_the_opening_and_the_review_till_its_close(
    branch: Run, standing: Standing
):
    rules = ("annual-review", "review-study", "review-self", "review-meeting", "review-outcome")
    assert [standing(rule, "2026-05-05") for rule in rules] == [
        {(1, "2026"): "due"},
        {},
        {},
        {},
        {},
    ]

    do(branch, TO_THE_END)
    branch("review close 2026 --on 2026-05-25")

    everybody = {(number, "2026-05-06") for number in (1, 2, 3)}
    assert standing("review-study", "2026-05-06") == {OPENED: "due"}
    assert standing("review-study", "2026-05-07") == {OPENED: "met"}
    assert standing("review-self", "2026-05-06") == dict.fromkeys(everybody, "due")
    assert standing("review-self", "2026-05-11") == dict.fromkeys(everybody, "met")
    assert standing("review-meeting", "2026-05-19") == {OPENED: "due"}
    assert standing("review-meeting", "2026-05-20") == {OPENED: "met"}
    assert standing("review-outcome", "2026-05-21") == {OPENED: "due"}
    assert standing("review-outcome", "2026-05-22") == {OPENED: "met"}
    assert standing("annual-review", "2026-05-24") == {(1, "2026"): "due"}
    assert standing("annual-review", "2026-05-25") == {(1, "2026"): "met"}


def test_what_is_not_done_by_the_end_of_the_year_is_overdue_and_then_late(
    run: Run, standing: Standing
):
    run("init --organ 市某局党组 --branch 机关支部 --since 2025-01-01")
    run("member add 张三 --joined 2010-07-01")
    run("review open 2025 --on 2025-12-20")
    run("review study 2025 --on 2025-12-22")
    run("review self 2025 张三 --on 2026-01-05")
    opened = (1, "2025-12-20")

    assert standing("review-study", "2026-01-04") == {opened: "met"}
    assert standing("review-self", "2025-12-31") == {opened: "due"}
    assert standing("review-self", "2026-01-04") == {opened: "overdue"}
    assert standing("review-self", "2026-01-05") == {opened: "late"}
    assert standing("annual-review", "2026-01-04")[1, "2025"] == "overdue"

    run("review meeting 2025 --on 2026-01-08")
    run("review rate 2025 张三 合格")
    run("review close 2025 --on 2026-01-09")

    assert standing("review-outcome", "2026-01-09") == {opened: "late"}
    assert standing("annual-review", "2026-01-09")[1, "2025"] == "late"


def test_it_cannot_be_closed_while_a_step_is_missing_and_is_told_which(
    branch: Run, refused: Refused
):
    branch("review open 2026 --on 2026-05-06")
    said = refused("review close 2026 --on 2026-05-25", 5)
    assert all(w in said for w in ("支部·四", "学习教育", "张三、李四、王五", "民主评议会"))
    assert "partyctl review study 2026 --on …" in said

    for line in TO_THE_END[1:]:
        assert "评定等次、表彰和处理" in refused("review close 2026 --on 2026-05-25", 5)
        branch(line)

    branch("review close 2026 --on 2026-05-25")
    assert status(branch)["closed_on"] == "2026-05-25"
    assert status(branch)["missing"] == []


def test_a_close_that_says_who_is_not_commended_not_rated_and_has_no_summary(
    branch: Run, refused: Refused
):
    do(branch, TO_THE_MEETING)
    branch("review self 2026 王五 --on 无")
    branch("review rate 2026 张三 优秀")

    said = refused("review close 2026 --on 2026-05-25", 5)
    assert "自我总结（王五）" in said
    assert "张三未表彰" in said
    assert "李四未评定等次" in said
    assert "partyctl review self 2026 王五 --on …" in said


def test_the_close_is_judged_by_what_was_there_on_its_day(finished: Run, refused: Refused):
    assert "张三未表彰" in refused("review close 2026 --on 2026-05-21", 5)
    finished("review close 2026 --on 2026-05-22")


def test_a_closed_review_takes_no_change_that_would_leave_something_missing(
    finished: Run, refused: Refused
):
    finished("review close 2026 --on 2026-05-25")

    for line in (
        "study 2026 --on 无",
        "study 2026 --on 2026-05-26",
        "self 2026 王五 --on 无",
        "rate 2026 李四 优秀",
        "rate 2026 李四 不合格",
        "rate 2026 李四 无",
        "outcome 2026 张三 --on 无",
        "outcome 2026 张三 --commend 奖状 --on 2026-05-26",
    ):
        assert "review close 2026 --on 无" in refused(f"review {line}", 5)

    finished("review self 2026 王五 --on 2026-05-12")
    finished("review outcome 2026 张三 --commend 评为优秀共产党员")
    finished("review close 2026 --on 无")
    finished("review rate 2026 李四 优秀")
    assert lacking(finished) == {"李四": ["commend"]}


def test_who_left_before_the_meeting_or_came_after_it_owes_no_summary(
    branch: Run, standing: Standing
):
    branch("member add 赵六 --joined 2019-07-01 --since 2026-05-21")
    do(branch, TO_THE_MEETING)
    branch("review self 2026 王五 --on 无")
    assert (3, "2026-05-06") in standing("review-self", "2026-05-15")

    branch("member leave 王五 --on 2026-05-18")

    assert set(standing("review-self", "2026-05-22")) == {(1, "2026-05-06"), (2, "2026-05-06")}
    assert [each["name"] for each in status(branch)["members"]] == ["张三", "李四"]


def test_a_year_has_one_review_and_a_voided_one_makes_room(
    finished: Run, refused: Refused, standing: Standing
):
    said = refused("review open 2026 --on 2026-06-01", 5)
    assert all(word in said for word in ("支部·四", "#1", "review edit 2026"))

    finished("review void 2026 --reason 登记有误")

    assert finished("review list --json").json == []
    assert finished("review show '#1' --json").json["void_reason"] == "登记有误"
    assert standing("review-meeting", "2026-06-01") == {}
    assert "年的民主评议还没有开始" in refused("review status 2026", 4)
    assert "已作废" in refused("review void 1 --reason 再来", 5)
    finished("review open 2026 --on 2026-06-01")
    assert [each["id"] for each in finished("review list --json").json] == [2]


def test_a_step_given_again_corrects_its_day_and_the_journal_keeps_the_old_one(finished: Run):
    finished("review study 2026 --on 2026-05-09")
    finished("review edit 2026 --on 2026-05-05")

    kept = finished("review show 2026 --history --json").json
    assert (kept["opened_on"], kept["study_on"]) == ("2026-05-05", "2026-05-09")
    changes = [
        (e["row_key"], e["old"]["taken_on"]) for e in kept["history"] if e["act"] == "change"
    ]
    assert changes == [("1|study", "2026-05-07"), ("1|open", "2026-05-06")]
    assert "学习教育 2026-05-07 → 2026-05-09" not in finished("review show 2026").out
    assert "2026-05-07 → 2026-05-09" in finished("review show 2026 --history").out


def test_the_list_shows_what_had_happened_by_a_day(finished: Run):
    assert finished("review list --json --as-of 2026-05-05").json == []
    (row,) = finished("review list --json --as-of 2026-05-07").json
    assert (row["year"], row["study_on"], row["meeting_on"]) == (2026, "2026-05-07", None)
    assert "2026-05-20" in finished("review list").out
    assert "没有这次民主评议" in finished("review status 2026 --as-of 2026-05-05", code=4).err


def test_writing_answers_with_the_number_or_with_the_record(branch: Run):
    assert "#1" in branch("review open 2026 --on 2026-05-06").out
    kept = branch("review self 2026 张三 --on 2026-05-08 --json").json
    assert kept["summaries"] == [{"member_id": 1, "member": "张三", "on": "2026-05-08"}]


@pytest.mark.parametrize(
    ("line", "code", "told"),
    [
        ("study 2026 --on 2026-05-05", 5, "早于开始评议"),
        ("self 2026 张三 --on 2026-05-05", 5, "早于开始评议"),
        ("meeting 2026 --on 2026-05-05", 5, "早于开始评议"),
        ("close 2026 --on 2026-05-05", 5, "早于开始评议"),
        ("open 2027 --on 2026-05-06", 5, "年还没有开始"),
        ("edit 2026 --on 2025-12-31", 5, "开始评议 2025-12-31 早于2026"),
        ("close 2026 --on 无", 5, "年的民主评议没有“结束”这一步的记录"),
        ("self 2026 张三 --on 无", 5, "年的民主评议没有张三的“自我总结”记录"),
        ("study 2025 --on 2026-05-08", 4, "年的民主评议还没有开始"),
        ("self 2026 孙七 --on 2026-05-08", 4, "党员名册里没有“孙七”"),
        ("status 2025", 4, "年的民主评议还没有开始"),
        ("void 7 --reason 误登", 4, "没有民主评议"),
        ("study 2026 --on 2199-01-01", 5, "只能登记已经发生的事"),
        ("study 2026 --on 2026-02-30", 2, "没有“2026-02-30”这一天"),
        ("open 1899 --on 2026-05-08", 2, "年份“1899”读不出来"),
        ("open 2200 --on 2026-05-08", 2, "年份“2200”读不出来"),
        ("status 26年", 2, "年份“26年”读不出来"),
        ("self 2026", 2, "缺少：姓名（几个人用逗号隔开），或 --all"),
    ],
)
def test_what_cannot_be_is_refused(branch: Run, refused: Refused, line: str, code: int, told: str):
    branch("review open 2026 --on 2026-05-06")
    assert told in refused(f"review {line}", code)


def test_each_step_can_be_undone(branch: Run):
    done = []
    for line in TO_THE_END:
        branch(line)
        done.append(branch("review show '#1' --json").json)
    branch("review close 2026 --on 2026-05-25")
    for before in reversed(done):
        branch("undo")
        assert branch("review show '#1' --json").json == before
    branch("undo")
    assert branch("review show '#1' --json").json["voided_at"]


def test_of_several_branches_the_person_decides_or_the_clerk_says_which(
    branch: Run, refused: Refused, standing: Standing
):
    branch("branch add 二支部 --founded 2020-01-01")
    branch("--branch 二支部 member add 孙七 --joined 2012-07-01")
    assert "--branch" in refused("review open 2026 --on 2026-05-06", 2)
    branch("--branch 机关支部 review open 2026 --on 2026-05-06")
    assert "年的民主评议还没有开始" in refused("review self 2026 孙七 --on 2026-05-08", 4)
    branch("--branch 二支部 review open 2026 --on 2026-05-07")

    branch("review self 2026 孙七 --on 2026-05-08")
    assert "在那里参加评议" in refused("--branch 机关支部 review self 2026 孙七 --on 2026-05-08", 5)
    assert "--branch" in refused("review status 2026", 2)

    assert standing("review-self", "2026-05-08")[4, "2026-05-07"] == "met"
    found = branch("--branch 二支部 review status 2026 --json").json
    assert [each["self_on"] for each in found["members"]] == ["2026-05-08"]
    said = refused("--branch 二支部 review close 2026 --on 2026-05-09", 5)
    assert "partyctl --branch 2 review study 2026" in said
