"""`partyctl rectify`: record a problem with measure, owner and deadline, and later its solution."""

import pytest

from tests.cli.conftest import Refused
from tests.conftest import ItIs, Prepare, Run

pytestmark = pytest.mark.dated

STUDY = "rectify add 理论学习不深入 --owner 李四 --due 2026-06-30"


@pytest.fixture
def held(branch: Run, prepare: Prepare) -> Run:
    """A ledger with one meeting, the leading group's democratic-life meeting of 2 March."""
    prepare("meeting add democratic-life --on 2026-03-02 --chair 张三")
    return branch


@pytest.fixture
def item(held: Run, prepare: Prepare) -> Run:
    """The ledger after the meeting found a problem; the measure is due by the end of June."""
    prepare(f"{STUDY} --meeting 1 --measure 每月自学两次 --source 群众意见")
    return held


def shown(run: Run, number: int = 1, more: str = "") -> dict:
    return run(f"rectify show {number} --json {more}").json


def test_an_item_is_due_by_its_own_day(item: Run, standing):
    assert standing("rectification-item", "2026-03-01") == {}
    assert standing("rectification-item", "2026-03-02") == {(1, "2026-03-02"): "due"}
    assert standing("rectification-item", "2026-06-30") == {(1, "2026-03-02"): "due"}
    assert standing("rectification-item", "2026-07-01") == {(1, "2026-03-02"): "overdue"}
    found = item("check --rule rectification-item --as-of 2026-07-11 --json", code=3).json
    (owed,) = found["obligations"]
    assert owed["subject"] == {"kind": "rectify", "id": 1, "name": "李四：理论学习不深入"}
    assert (owed["article"], owed["days_overdue"]) == ("支部·五(6)", 11)
    assert owed["remedy"] == "partyctl rectify close 1 --on …"


def test_an_item_is_met_on_its_day_and_late_after_it(item: Run, standing):
    item(f"{STUDY} --on 2026-03-05")
    item("rectify close 1 --on 2026-06-30")
    item("rectify close 2 --on 2026-07-01")

    assert standing("rectification-item", "2026-06-29")[1, "2026-03-02"] == "due"
    assert standing("rectification-item", "2026-06-30")[1, "2026-03-02"] == "met"
    assert standing("rectification-item", "2026-07-01")[2, "2026-03-05"] == "late"


def test_the_item_is_answered_as_a_record(held: Run):
    kept = held(f"{STUDY} --meeting '#1' --measure 自学 --source 群众意见 --json").json

    assert kept == kept | {
        "id": 1,
        "problem": "理论学习不深入",
        "measure": "自学",
        "source": "群众意见",
        "owner": "李四",
        "owner_id": 2,
        "meeting_id": 1,
        "set_on": "2026-03-02",
        "due_on": "2026-06-30",
        "closed_on": None,
        "carried_to": None,
    }
    assert held("rectify close 1 --on 2026-05-01 --json").json["closed_on"] == "2026-05-01"


def test_it_counts_from_the_day_said_else_the_meetings_else_today(held: Run, it_is: ItIs):
    it_is("2026-03-20")
    held(f"{STUDY} --meeting 1 --on 2026-03-10")
    held("rectify add 作风不实 --owner 王五 --due 2026-04-19")

    assert shown(held, 1)["set_on"] == "2026-03-10"
    assert (shown(held, 2)["set_on"], shown(held, 2)["meeting_id"]) == ("2026-03-20", None)


def test_one_measure_within_fifteen_days_is_what_the_meeting_owes(held: Run, standing):
    assert standing("dl-rectification", "2026-03-17") == {(1, "2026-03-02"): "due"}
    assert standing("dl-rectification", "2026-03-18") == {(1, "2026-03-02"): "overdue"}

    held(f"{STUDY} --on 2026-03-10")
    assert standing("dl-rectification", "2026-03-18") == {(1, "2026-03-02"): "overdue"}
    held("rectify edit 1 --meeting 1")

    assert standing("dl-rectification", "2026-03-09") == {(1, "2026-03-02"): "due"}
    assert standing("dl-rectification", "2026-03-18") == {(1, "2026-03-02"): "met"}
    held("rectify edit 1 --meeting none")
    assert standing("dl-rectification", "2026-03-18") == {(1, "2026-03-02"): "overdue"}
    held("rectify edit 1 --meeting 1 --on 2026-03-18")
    assert standing("dl-rectification", "2026-03-18") == {(1, "2026-03-02"): "late"}


def test_while_items_are_open_their_state_is_made_known_every_half_year(item: Run, standing):
    assert standing("rectification-briefing", "2026-03-01") == {}
    assert standing("rectification-briefing", "2026-06-30") == {(1, "2026-H1"): "due"}
    assert standing("rectification-briefing", "2026-07-01") == {
        (1, "2026-H1"): "advised",
        (1, "2026-H2"): "due",
    }

    item("rectify close 1 --on 2026-06-30")

    assert standing("rectification-briefing", "2026-07-01") == {(1, "2026-H1"): "advised"}


def test_an_organisation_life_meeting_sets_measures_too(branch: Run, refused: Refused):
    branch("meeting add org-life,members --on 2026-03-02 --chair 张三")
    branch("meeting add members --on 2026-03-03 --chair 张三")

    branch(f"{STUDY} --meeting 1")
    err = refused(f"{STUDY} --meeting 2", 5)
    assert all(word in err for word in ("#2", "民主生活会", "组织生活会", "支部·五(6)"))
    assert "不是民主生活会、组织生活会" in refused("rectify edit 1 --meeting 2", 5)


@pytest.mark.parametrize(
    ("line", "code", "told"),
    [
        ("rectify add 作风不实 --owner 李四 --due 2026-03-01 --meeting 1", 5, "早于提出日期"),
        ("rectify add 作风不实 --owner 李四 --due 2026-03-04 --on 2026-03-05", 5, "早于提出日期"),
        (
            "rectify add 作风不实 --owner 李四 --due 2199-06-30 --on tomorrow",
            5,
            "只能登记已经发生的事",
        ),
        (
            "rectify add 作风不实 --owner 赵六 --due 2026-06-30 --on 2026-03-05",
            4,
            "党员名册里没有“赵六”",
        ),
        ("rectify add 作风不实 --owner 李四 --due 2026-06-30 --meeting 9", 4, "没有会议"),
        ("rectify add 作风不实 --owner 李四 --due 2026-06-30 --meeting 0", 4, "没有会议"),
        (
            "rectify add '' --owner 李四 --due 2026-06-30 --on 2026-03-05",
            2,
            "问题应是 1 到 100000 个字的文字",
        ),
        ("rectify add 作风不实 --due 2026-06-30", 2, "缺少：--owner"),
        ("rectify add 作风不实 --owner 李四", 2, "缺少：--due"),
        ("rectify add 作风不实 --owner 李四 --due 月底", 2, "日期“月底”读不出来"),
        ("rectify close 9 --on 2026-03-05", 4, "没有整改事项"),
        ("rectify close 1 --on 2026-03-01", 5, "才提出"),
        ("rectify show 9", 4, "没有整改事项"),
        ("rectify edit 9 --due 2026-06-30", 4, "没有整改事项"),
        ("rectify edit 1 --due 2026-03-01", 5, "早于提出日期"),
        ("rectify edit 1 --on 2026-07-01", 5, "早于提出日期"),
        ("rectify edit 1 --text ' '", 2, "问题应是 1 到 100000 个字的文字"),
        ("rectify edit 1 --owner 赵六", 4, "党员名册里没有“赵六”"),
        ("rectify void 9 --reason 误登", 4, "没有整改事项"),
        ("rectify void 1", 2, "缺少：--reason"),
    ],
)
def test_what_cannot_be_is_refused(item: Run, refused: Refused, line: str, code: int, told: str):
    assert told in refused(line, code)


def test_a_deadline_before_the_start_is_refused_with_the_clause(item: Run, refused: Refused):
    err = refused("rectify add 作风不实 --owner 李四 --due 2026-03-01 --meeting 1", 5)
    assert all(word in err for word in ("2026-03-01", "2026-03-02", "支部·五(6)"))


def test_an_owner_is_on_the_roll_that_day(item: Run, refused: Refused):
    item("member add 赵六 --joined 2020-07-01 --since 2026-04-01")

    assert "不能作为责任人" in refused(
        "rectify add 作风不实 --owner 赵六 --due 2026-06-30 --meeting 1", 5
    )
    item("rectify edit 1 --owner 赵六")  # allowed: 赵六 came on the roll while the problem was open
    assert shown(item)["owner"] == "赵六"


def test_nothing_comes_from_a_voided_meeting(held: Run, refused: Refused):
    held("meeting void 1 --reason 误登")

    assert "已作废" in refused(f"{STUDY} --meeting 1", 5)


def test_an_item_is_closed_once(item: Run, standing, refused: Refused):
    item("rectify close 1 --on 2026-03-02")

    err = refused("rectify close 1 --on 2026-03-03", 5)
    assert "partyctl rectify edit 1 --not-closed" in err
    item("rectify edit 1 --not-closed")
    assert standing("rectification-item", "2026-07-01") == {(1, "2026-03-02"): "overdue"}


def test_a_correction_changes_what_was_said_and_nothing_else(item: Run):
    before = shown(item)
    item("rectify edit 1 --text 学习抓得不紧 --due 2026-07-31 --measure 每周自学 --source ''")

    after = shown(item)
    changed = {field: after[field] for field in before if before[field] != after[field]}
    assert changed == {
        "problem": "学习抓得不紧",
        "due_on": "2026-07-31",
        "measure": "每周自学",
        "source": None,
    }


def test_a_voided_item_is_owed_no_more(item: Run, standing, refused: Refused):
    item("rectify void 1 --reason 重复登记")

    assert standing("rectification-item", "2026-07-01") == {}
    assert standing("dl-rectification", "2026-03-18") == {(1, "2026-03-02"): "overdue"}
    assert item("rectify list --json").json == []
    assert shown(item)["void_reason"] == "重复登记"
    assert "已作废" in refused("rectify close 1 --on 2026-03-05", 5)
    assert "已作废" in refused("rectify void 1 --reason 再来", 5)


def test_the_list_knows_what_the_day_knows_the_next_due_first(item: Run):
    item("rectify add 作风不实 --owner 王五 --due 2026-05-31 --on 2026-03-10")
    item("rectify close 1 --on 2026-04-01")

    def listed(more: str) -> list[tuple[int, str | None]]:
        rows = item(f"rectify list --json {more}").json
        return [(row["id"], row["closed_on"]) for row in rows]

    assert listed("") == [(2, None), (1, "2026-04-01")]
    assert listed("--as-of 2026-03-31") == [(2, None), (1, None)]
    assert listed("--as-of 2026-03-09") == [(1, None)]
    assert listed("--open") == [(2, None)]
    assert listed("--open --as-of 2026-03-31") == [(2, None), (1, None)]
    table = item("rectify list").out
    assert all(word in table for word in ("作风不实", "王五", "2026-05-31", "每月自学两次", "#1"))


def test_what_is_still_open_is_carried_to_the_next_meeting(item: Run):
    item("rectify add 作风不实 --owner 王五 --due 2026-05-31 --on 2026-03-10")
    item(f"{STUDY} --meeting 1")
    item("rectify close 3 --on 2026-06-30")
    item("meeting add democratic-life --on 2026-10-20 --chair 张三")

    def carried(as_of: str) -> dict[int, int | None]:
        rows = item(f"rectify list --json --as-of {as_of}").json
        return {row["id"]: row["carried_to"] for row in rows}

    assert carried("2026-10-19") == {1: None, 2: None, 3: None}
    assert carried("2026-10-20") == {1: 2, 2: 2, 3: None}
    item("rectify close 1 --on 2026-10-25")
    assert carried("2026-10-26") == {1: 2, 2: 2, 3: None}
    assert "#2" in item("rectify list --open").out


def test_the_story_of_an_item_is_told(item: Run):
    item("rectify close 1 --on 2026-04-01")

    acts = [each["act"] for each in shown(item, more="--history")["history"]]
    assert acts == ["add", "change"]
    told = item("rectify show 1 --history").out
    assert all(word in told for word in ("rectify close", "2026-04-01", "整改措施"))


def test_each_command_is_undone_whole(item: Run):
    item("rectify close 1 --on 2026-04-01")
    item("undo")
    assert shown(item)["closed_on"] is None
    item("rectify edit 1 --due 2026-07-31 --meeting none")
    item("undo")
    assert (shown(item)["due_on"], shown(item)["meeting_id"]) == ("2026-06-30", 1)
    item("rectify void 1 --reason 误登")
    item("undo")
    assert len(item("rectify list --json").json) == 1
    item("undo")  # takes back `rectify add`
    assert item("rectify list --json").json == []


def test_what_was_added_to_a_record_is_undone_though_others_build_on_the_record(item: Run):
    item("member post 李四 publicity --from 2026-03-01")  # 李四 already owns an item
    item("undo")

    posts = item("member show 李四 --json").json["posts"]
    assert [each["post"] for each in posts] == ["organization"]
