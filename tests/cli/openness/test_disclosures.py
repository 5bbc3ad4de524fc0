"""`partyctl disclosure`: disclosures with their audience, approval, publications and withdrawal."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from partyctl.show.wording import label
from partyctl.terms import Correction
from tests.cli.conftest import Refused
from tests.conftest import Run

BRIEFING = "disclosure add rectification --title 上半年整改通报 --scope internal"


@pytest.fixture
def matter(branch: Run) -> Run:
    """A branch with a disclosure of the kind `rectification`, approved on 1 June."""
    branch(f"{BRIEFING} --approved-on 2026-06-01")
    return branch


@pytest.fixture
def published(matter: Run) -> Run:
    """The briefing of `matter`, published on the notice board on 10 June."""
    matter("disclosure publish 1 --on 2026-06-10 --by board")
    return matter


def shown(run: Run, number: int = 1, more: str = "") -> dict:
    return run(f"disclosure show {number} --json {more}").json


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("briefing", "季度通报"),
        ("regulations", "规范性"),
        ("progress", "阶段性"),
        ("hot-topic", "热点"),
        ("posted-rules", "制度上墙"),
        ("rectification", "整改通报"),
        ("dues", "党费收缴"),
    ],
)
def test_every_kind_is_known_in_english_and_in_chinese(branch: Run, english: str, chinese: str):
    branch(f"disclosure add {english} --title 一 --scope internal")
    branch(f"disclosure add {chinese} --title 二 --scope 对外")

    rows = branch("disclosure list --json").json
    assert [(row["kind"], row["scope"]) for row in rows] == [
        (english, "internal"),
        (english, "external"),
    ]
    assert branch("disclosure list").out.count(chinese) == 2


def test_the_disclosure_is_answered_as_a_record(branch: Run):
    kept = branch(f"{BRIEFING} --approved-on 2026-06-01 --json").json

    assert kept == kept | {
        "id": 1,
        "kind": "rectification",
        "title": "上半年整改通报",
        "scope": "internal",
        "approved_on": "2026-06-01",
        "withdrawn_on": None,
        "publications": [],
    }
    kept = branch("disclosure publish '#1' --on 2026-06-10 --by 公开栏 --json").json
    assert kept["publications"] == [
        {"published_on": "2026-06-10", "form": "board", "makes_up": None}
    ]


@pytest.mark.parametrize(
    ("form", "chinese"), [("board", "公开栏"), ("document", "文件"), ("meeting", "会议")]
)
def test_every_form_is_known_in_english_and_in_chinese(matter: Run, form: str, chinese: str):
    matter(f"disclosure publish 1 --on 2026-06-10 --by {form}")
    matter(f"disclosure publish 1 --on 2026-06-11 --by {chinese}")

    assert [each["form"] for each in shown(matter)["publications"]] == [form, form]
    assert f"2026-06-11 {chinese}" in matter("disclosure list").out


# Duties that a disclosure satisfies


def test_rules_on_the_wall_are_confirmed_every_year(branch: Run, standing):
    assert standing("posted-rules", "2026-06-30") == {(1, "2026"): "due"}
    branch("disclosure add posted-rules --title 组织生活制度 --scope internal")
    assert standing("posted-rules", "2026-06-30") == {(1, "2026"): "due"}

    branch("disclosure publish 1 --on 2026-06-10 --by board")

    assert standing("posted-rules", "2026-06-09") == {(1, "2026"): "due"}
    assert standing("posted-rules", "2026-06-10") == {(1, "2026"): "met"}
    assert standing("posted-rules", "2027-02-01") == {(1, "2026"): "met", (1, "2027"): "due"}


def test_a_briefing_counts_in_the_half_year_of_its_day(published: Run, standing):
    published("rectify add 学习不深入 --owner 李四 --due 2026-12-31 --on 2026-03-02")

    assert standing("rectification-briefing", "2026-06-09") == {(1, "2026-H1"): "due"}
    assert standing("rectification-briefing", "2026-07-01") == {
        (1, "2026-H1"): "met",
        (1, "2026-H2"): "due",
    }


def test_a_briefing_that_makes_up_a_half_year_counts_for_that_one_and_late(matter: Run, standing):
    matter("rectify add 学习不深入 --owner 李四 --due 2026-12-31 --on 2026-03-02")
    matter("disclosure publish 1 --on 2026-07-05 --by meeting --makes-up 2026-H1")

    assert standing("rectification-briefing", "2026-07-04")[1, "2026-H1"] == "advised"
    assert standing("rectification-briefing", "2026-07-05") == {
        (1, "2026-H1"): "late",
        (1, "2026-H2"): "due",
    }
    assert "补 2026-H1" in matter("disclosure show 1").out


@pytest.mark.parametrize(
    ("period", "told"),
    [
        ("2026-01", "整改通报不按这样的期间办理"),
        ("2026-Q1", "整改通报不按这样的期间办理"),
        ("2025", "整改通报不按这样的期间办理"),
        ("2026-H2", "还没有结束"),
    ],
)
def test_a_period_that_does_not_fit_or_is_not_over_is_not_made_up(
    matter: Run, refused: Refused, period: str, told: str
):
    assert told in refused(
        f"disclosure publish 1 --on 2026-07-05 --by meeting --makes-up {period}", 5
    )


def test_publishing_again_counts_again(published: Run, standing):
    published("rectify add 学习不深入 --owner 李四 --due 2026-12-31 --on 2026-03-02")
    published("disclosure publish 1 --on 2026-07-10 --by board")

    assert standing("rectification-briefing", "2026-07-10") == {
        (1, "2026-H1"): "met",
        (1, "2026-H2"): "met",
    }


def test_a_disclosure_is_entered_and_published_in_one_command(branch: Run):
    line = "disclosure add 季度通报 --title 一季度通报 --scope 对内 --approved-on 2026-05-01"
    said = branch(f"{line} --on 2026-05-02 --by 公开栏 --makes-up 2026-Q1").out
    assert said == "已登记公开事项 #1 季度通报：一季度通报，2026-05-02 公布（公开栏）\n"
    assert shown(branch)["publications"] == [
        {"published_on": "2026-05-02", "form": "board", "makes_up": "2026-Q1"}
    ]


@pytest.mark.parametrize(
    ("rule", "period", "code", "status"),
    [
        ("disclosure-briefing", "2026-Q1", 3, "late"),
        ("progress-disclosure", "2026-Q1", 0, "late"),
        ("posted-rules", "2026", 0, "met"),
        ("dues-publication", "2026", 0, "met"),
    ],
)
def test_the_remedy_for_a_missing_disclosure_puts_it_right_as_printed(
    branch: Run, rule: str, period: str, code: int, status: str
):
    check = f"check --rule {rule} --all --as-of 2026-06-30 --json"
    missing = branch(check, code=code).json
    (owed,) = [each for each in missing["obligations"] if each["period"] == period]
    assert (owed["proof"], owed["remedy"].split()[1:3]) == (None, ["disclosure", "add"])
    words = {"title": "一季度", "scope": "internal", "approved-on": "2026-05-01", "by": "board"}
    line = owed["remedy"].removeprefix("partyctl ")
    for option, value in (words | {"on": "2026-05-02"}).items():
        line = line.replace(f"--{option} …", f"--{option} {value}")
    branch(line)
    board = branch(check).json
    (owed,) = [each for each in board["obligations"] if each["period"] == period]
    assert owed["status"] == status


def test_a_disclosure_that_waits_to_be_published_is_not_entered_twice(
    matter: Run, refused: Refused
):
    err = refused(BRIEFING, 5)
    assert "公开事项 #1 上半年整改通报 已登记，还没有公布" in err
    assert "partyctl disclosure publish 1 --on … --by …" in err
    matter("disclosure publish 1 --on 2026-06-10 --by board")
    matter(BRIEFING)  # after the publication, the next briefing can have the same title


@pytest.mark.parametrize("more", ["--on 2026-05-02", "--makes-up 2026-Q1"])
def test_a_publication_names_its_form(branch: Run, refused: Refused, more: str):
    err = refused(f"disclosure add briefing --title 一 --scope internal {more}", 2)
    assert "缺少 --by" in err
    assert "--by 公开栏" in err


# Impossible values


@pytest.mark.parametrize(
    ("line", "code", "told"),
    [
        ("disclosure add 公告 --title 一 --scope internal", 2, "没有“公告”这种公开事项"),
        ("disclosure add briefing --title 一 --scope 全体", 2, "没有“全体”这种公开范围"),
        ("disclosure add briefing --title 一", 2, "缺少：--scope"),
        ("disclosure add briefing --scope internal", 2, "缺少：--title"),
        (
            "disclosure add briefing --title '' --scope internal",
            2,
            "标题应是 1 到 100000 个字的文字",
        ),
        ("disclosure publish 1 --on 2026-06-11", 2, "缺少：--by"),
        ("disclosure publish 1 --on 2026-06-11 --by 电台", 2, "没有“电台”这种公开形式"),
        (
            "disclosure publish 1 --on 2026-06-10 --by board",
            5,
            "以公开栏形式公布已登记",
        ),  # this publication is already recorded
        ("disclosure publish 9 --on 2026-06-11 --by board", 4, "没有公开事项"),
        ("disclosure withdraw 1 --on 2026-06-09", 5, "已撤下"),  # published on 10 June
        ("disclosure withdraw 9 --on 2026-06-11", 4, "没有公开事项"),
        ("disclosure edit 9 --title 二", 4, "没有公开事项"),
        (
            "disclosure edit 1 --not-published 2026-06-11",
            4,
            "公开事项 #1 没有 2026-06-11 的公布记录",
        ),
        ("disclosure show 9", 4, "没有公开事项"),
        ("disclosure void 9 --reason 误登", 4, "没有公开事项"),
        ("disclosure void 1", 2, "缺少：--reason"),
    ],
)
def test_what_cannot_be_is_refused(
    published: Run, refused: Refused, line: str, code: int, told: str
):
    assert told in refused(line, code)


def test_what_was_withdrawn_is_published_no_more(published: Run, refused: Refused):
    published("disclosure withdraw 1 --on 2026-06-30")

    err = refused("disclosure publish 1 --on 2026-07-01 --by document", 5)
    assert "2026-06-30" in err
    assert "partyctl disclosure edit 1 --not-withdrawn" in err
    assert "公开事项 #1 已于 2026-06-30 撤下" in refused("disclosure withdraw 1 --on 2026-07-01", 5)
    assert "已撤下" in refused("disclosure edit 1 --approved-on 2026-07-01", 5)
    published("disclosure publish 1 --on 2026-06-20 --by document")  # entered late
    published("disclosure edit 1 --not-withdrawn")
    published("disclosure publish 1 --on 2026-07-01 --by document")


def test_what_was_never_published_can_be_withdrawn(matter: Run, refused: Refused):
    assert "已撤下" in refused(
        "disclosure withdraw 1 --on 2026-05-31", 5
    )  # the item was approved on 1 June
    matter("disclosure withdraw 1 --on 2026-06-02")

    assert shown(matter)["withdrawn_on"] == "2026-06-02"


# Corrections and lists


def test_a_correction_changes_what_was_said_and_nothing_else(published: Run):
    before = shown(published)
    published("disclosure edit 1 --title 整改情况 --scope external --approved-on 2026-06-02")

    after = shown(published)
    changed = {field: after[field] for field in before if before[field] != after[field]}
    assert changed == {"title": "整改情况", "scope": "external", "approved_on": "2026-06-02"}


@pytest.mark.parametrize(
    ("language", "read"), [("zh", "更正：没有公布"), ("en", "corrected: not published")]
)
def test_why_it_was_taken_back_is_stored_in_one_language_and_read_in_the_readers(
    published: Run, ledger: Path, monkeypatch: pytest.MonkeyPatch, language: str, read: str
):
    monkeypatch.setenv("PARTYCTL_LANG", language)
    published("disclosure edit 1 --not-published 2026-06-10")
    with closing(sqlite3.connect(ledger)) as stored:
        ((why,),) = stored.execute("SELECT void_reason FROM publication").fetchall()
    assert why == Correction.PUBLICATION
    assert label("void_reason", why) == read
    assert label("void_reason", "登错了") == "登错了"


def test_a_publication_that_did_not_take_place_is_taken_back(published: Run, standing):
    published("disclosure edit 1 --kind posted-rules")
    assert standing("posted-rules", "2026-06-10") == {(1, "2026"): "met"}

    published("disclosure edit 1 --not-published 2026-06-10")

    assert shown(published)["publications"] == []
    assert standing("posted-rules", "2026-06-10") == {(1, "2026"): "due"}
    published("undo")
    assert standing("posted-rules", "2026-06-10") == {(1, "2026"): "met"}


def test_a_kind_that_does_not_have_the_period_made_up_is_refused(matter: Run, refused: Refused):
    matter("disclosure publish 1 --on 2026-07-05 --by meeting --makes-up 2026-H1")

    assert "制度上墙不按这样的期间办理" in refused("disclosure edit 1 --kind posted-rules", 5)


def test_a_voided_disclosure_counts_for_nothing(published: Run, standing, refused: Refused):
    published("disclosure edit 1 --kind posted-rules")
    published("disclosure void 1 --reason 误登")

    assert standing("posted-rules", "2026-06-10") == {(1, "2026"): "due"}
    assert published("disclosure list --json").json == []
    assert shown(published)["void_reason"] == "误登"
    assert "已作废" in refused("disclosure publish 1 --on 2026-06-11 --by board", 5)
    assert "已作废" in refused("disclosure void 1 --reason 再来", 5)


def test_the_list_knows_what_the_day_knows(published: Run):
    published("disclosure withdraw 1 --on 2026-06-30")
    published("disclosure add briefing --title 第一季度通报 --scope internal")

    def listed(as_of: str) -> list[tuple[int, int, str | None]]:
        rows = published(f"disclosure list --json --as-of {as_of}").json
        return [(row["id"], len(row["publications"]), row["withdrawn_on"]) for row in rows]

    # item #2 has no approval day, so it is always listed
    assert listed("2026-05-31") == [(2, 0, None)]
    assert listed("2026-06-01") == [(1, 0, None), (2, 0, None)]
    assert listed("2026-06-10") == [(1, 1, None), (2, 0, None)]
    assert listed("2026-06-30") == [(1, 1, "2026-06-30"), (2, 0, None)]
    table = published("disclosure list").out
    assert all(word in table for word in ("整改通报", "对内", "2026-06-10 公开栏", "2026-06-30"))


def test_the_story_of_a_disclosure_is_told_with_its_publications(published: Run):
    told = published("disclosure show 1 --history").out

    assert all(word in told for word in ("disclosure add", "disclosure publish", "公开栏"))
    history = shown(published, more="--history")["history"]
    assert [each["row_table"] for each in history] == ["disclosure", "publication"]


def test_each_command_is_undone_whole(published: Run):
    published("disclosure withdraw 1 --on 2026-06-30")
    published("undo")
    assert shown(published)["withdrawn_on"] is None
    published("disclosure edit 1 --title 二")
    published("undo")
    assert shown(published)["title"] == "上半年整改通报"
    published("disclosure void 1 --reason 误登")
    published("undo")
    assert len(published("disclosure list --json").json) == 1
    published("undo")
    assert shown(published)["publications"] == []
    published("undo")
    assert published("disclosure list --json").json == []
