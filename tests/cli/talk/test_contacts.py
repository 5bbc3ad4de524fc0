"""Contact points: the leaders' visits, and their results."""

import pytest

from tests.cli.conftest import Refused, Standing
from tests.conftest import Run

RULES = ("contact-visit", "contact-survey", "contact-supervision", "contact-model")


@pytest.fixture
def point(branch: Run) -> Run:
    """The branch with one contact point from the beginning, assigned to 张三."""
    branch("contact add 城关村 --leader 张三")
    return branch


def contact(run: Run, text: str = "城关村"):
    return run(f"contact show {text} --json").json


def test_a_contact_point_is_owed_visits_from_the_ledgers_start(point: Run, standing: Standing):
    assert [standing(rule, "2026-02-01") for rule in RULES] == [
        {(1, "2026-Q1"): "due"},
        {(1, "2026-H1"): "due"},
        {(1, "2026-H1"): "due"},
        {(1, "2026"): "due"},
    ]
    assert standing("contact-visit", "2026-04-01") == {
        **{(1, "2026-Q1"): "advised", (1, "2026-Q2"): "due"}
    }


def test_each_kind_of_visit_counts_for_its_own_duty_from_its_day_on(point: Run, standing: Standing):
    point("contact visit 城关村 --on 2026-02-03 --kind visit")
    point("contact visit 城关村 --on 2026-02-04 --kind 调研 --note 建议加强阵地建设")
    point("contact visit '#1' --on 2026-02-05 --kind 督促检查 --note 台账不全，限期补齐")
    point("contact visit 1 --on 2026-02-06 --kind model --note 流动党员联系办法")

    days = ("2026-02-03", "2026-02-04", "2026-02-05", "2026-02-06")
    for day, rule in zip(days, RULES, strict=True):
        (status,) = standing(rule, day).values()
        assert status == "met"
        (status,) = standing(rule, "2026-02-02").values()
        assert status == "due"
    assert contact(point)["last"] == {
        **{"visit": "2026-02-03", "survey": "2026-02-04"},
        **{"supervision": "2026-02-05", "model": "2026-02-06"},
    }


def test_a_contact_point_that_began_later_owes_from_then_on(branch: Run, standing: Standing):
    branch("contact add 城关村 --leader 张三 --since 2026-05-10")
    assert standing("contact-visit", "2026-05-09") == {}
    assert standing("contact-visit", "2026-07-01") == {
        **{(1, "2026-Q2"): "advised", (1, "2026-Q3"): "due"}
    }
    assert branch("contact list --json --as-of 2026-05-09").json == []
    assert len(branch("contact list --json --as-of 2026-05-10").json) == 1


def test_a_period_that_is_over_can_be_made_up(point: Run, standing: Standing, refused: Refused):
    point("contact visit 城关村 --on 2026-04-02 --kind visit --makes-up 2026-Q1")
    point("contact visit 城关村 --on 2026-07-02 --kind survey --note 建议 --makes-up 2026-H1")

    assert standing("contact-visit", "2026-04-01")[1, "2026-Q1"] == "advised"
    assert standing("contact-visit", "2026-04-02")[1, "2026-Q1"] == "late"
    assert standing("contact-survey", "2026-07-02")[1, "2026-H1"] == "late"
    for kind, period in (
        ("visit", "2026-H1"),
        ("survey", "2026-Q2"),
        ("supervision", "2026-Q1"),
        ("model", "2026-H1"),
    ):
        line = f"contact visit 城关村 --on 2026-07-02 --kind {kind} --note 说明 --makes-up {period}"
        assert f"不按这样的期间办理，不能补 {period}" in refused(line, 5)
    for kind, period in (("visit", "2026-Q3"), ("model", "2026")):
        line = f"contact visit 城关村 --on 2026-07-02 --kind {kind} --note 说明 --makes-up {period}"
        assert f"{period} 到 2026-07-02 还没有结束" in refused(line, 5)


@pytest.mark.parametrize("kind", ["survey", "supervision", "model", "总结推广"])
@pytest.mark.parametrize("note", ["", "--note '  '"])
def test_what_came_of_it_must_be_said(point: Run, refused: Refused, kind: str, note: str):
    said = refused(f"contact visit 城关村 --on 2026-02-03 --kind {kind} {note}", 2)
    assert "--note" in said


@pytest.mark.parametrize(
    ("line", "code", "told"),
    [
        ("add 城关村 --leader 李四", 5, "已有联系点“城关村”"),
        ("add 城关村二组", 2, "缺少：--leader"),
        ("add 城关村二组 --leader 孙七", 4, "党员名册里没有“孙七”"),
        ("add 城关村二组 --leader 张三 --since 2025-12-31", 5, "不能作为联系领导"),
        ("add 城关村二组 --leader 张三 --since 2199-01-01", 5, "只能登记已经发生的事"),
        ("add ' ' --leader 张三", 2, "联系点名称应有 1 到 60 个字"),
        ("visit 城东社区 --on 2026-02-03 --kind visit", 4, "没有“城东社区”这个联系点"),
        ("visit 城关村 --on 2026-02-03", 2, "缺少：--kind"),
        ("visit 城关村 --on 2026-02-03 --kind 打球", 2, "没有“打球”这种联系点工作"),
        ("visit 城关村 --on 2199-01-01 --kind visit", 5, "只能登记已经发生的事"),
        ("visit 城北社区 --on 2026-02-28 --kind visit", 5, "起才是联系点"),
        ("visit-void 7 --reason 误登", 4, "没有走访"),
        ("visit-void x --reason 误登", 2, "编号“x”读不出来"),
        ("edit 城北社区 --since 2026-03-06", 5, "起才是联系点"),
        ("edit 城北社区 --name 城关村", 5, "已有联系点“城关村”"),
        ("edit 城北社区 --leader 孙七", 4, "党员名册里没有“孙七”"),
        ("show 城东社区", 4, "没有“城东社区”这个联系点"),
        ("show '#9'", 4, "没有“#9”这个联系点"),
        ("void 城东社区 --reason 误登", 4, "没有“城东社区”这个联系点"),
    ],
)
def test_what_cannot_be_is_refused(point: Run, refused: Refused, line: str, code: int, told: str):
    point("contact add 城北社区 --leader 李四 --since 2026-03-01")
    point("contact visit 城北社区 --on 2026-03-05 --kind visit")
    assert told in refused(f"contact {line}", code)


def test_a_correction_changes_what_was_said_and_nothing_else(point: Run):
    before = contact(point)
    point("contact edit 城关村 --name 城关社区 --leader 李四 --since 2026-02-01")

    after = contact(point, "城关社区")
    changed = {field for field in before if before[field] != after[field]}
    assert changed == {"name", "leader", "leader_id", "since"}
    point("contact edit 1 --since 无")
    assert contact(point, "城关社区")["since"] is None
    assert "城关村 → 城关社区" in point("contact show 1 --history").out


def test_a_voided_visit_counts_no_more_and_the_point_stays(
    point: Run, standing: Standing, refused: Refused
):
    point("contact visit 城关村 --on 2026-02-03 --kind visit --note 了解情况")
    point("contact visit 城关村 --on 2026-02-04 --kind visit")
    shown = point("contact show 城关村").out
    assert all(word in shown for word in ("#1 2026-02-03 走访指导：了解情况", "#2 2026-02-04"))

    point("contact visit-void 1 --reason 记错了点")

    assert [each["id"] for each in contact(point)["visits"]] == [2]
    assert standing("contact-visit", "2026-02-03") == {(1, "2026-Q1"): "due"}
    assert standing("contact-visit", "2026-02-04") == {(1, "2026-Q1"): "met"}
    assert "已作废" in refused("contact visit-void 1 --reason 再来", 5)


def test_a_voided_contact_point_owes_nothing_and_makes_room_for_its_name(
    point: Run, standing: Standing, refused: Refused
):
    point("contact visit 城关村 --on 2026-02-03 --kind visit")
    point("contact void 城关村 --reason 不再联系")

    assert standing("contact-visit", "2026-02-03") == {}
    assert point("contact list --json").json == []
    assert contact(point, "'#1'")["void_reason"] == "不再联系"
    assert "已作废" in refused("contact visit '#1' --on 2026-02-05 --kind visit", 5)
    assert "没有“城关村”这个联系点" in refused(
        "contact visit 城关村 --on 2026-02-05 --kind visit", 4
    )
    point("contact add 城关村 --leader 李四")
    assert [each["id"] for each in point("contact list --json").json] == [2]


def test_each_command_can_be_undone(point: Run, standing: Standing):
    point("contact visit 城关村 --on 2026-02-03 --kind visit")
    before = contact(point)
    for line in (
        "visit 城关村 --on 2026-02-04 --kind survey --note 建议",
        "visit-void 1 --reason 误登",
        "edit 城关村 --name 城关社区 --since 2026-01-05",
        "void 城关村 --reason 误登",
    ):
        point(f"contact {line}")
        point("undo")
        assert contact(point) == before
    point("undo")
    assert contact(point)["visits"] == []
    point("undo")
    assert contact(point, "'#1'")["voided_at"]
    assert standing("contact-visit", "2026-02-03") == {}


def test_the_list_shows_the_last_visit_of_each_kind_by_a_day(point: Run):
    point("contact visit 城关村 --on 2026-02-03 --kind visit")
    point("contact visit 城关村 --on 2026-03-03 --kind visit")

    (row,) = point("contact list --json --as-of 2026-02-28").json
    assert (row["leader"], row["last"]) == ("张三", {"visit": "2026-02-03"})
    assert "2026-03-03" in point("contact list").out
    kept = point("contact visit 城关村 --on 2026-03-04 --kind visit --json").json
    assert [each["visited_on"] for each in kept["visits"]][-1] == "2026-03-04"


def test_the_remedy_that_check_names_can_be_typed(point: Run, standing: Standing):
    point("contact add '城 东 社区' --leader 李四")
    found = point("check --rule contact-visit --as-of 2026-02-01 --json").json["obligations"]
    remedies = [each["remedy"].replace("…", "2026-01-31") for each in found]
    for remedy in remedies:
        point(remedy.removeprefix("partyctl "))
    assert set(standing("contact-visit", "2026-02-01").values()) == {"met"}
