"""`partyctl init`, and the summary of a ledger."""

import stat
from pathlib import Path

from tests.cli.conftest import Refused
from tests.conftest import Run

INIT = "init --organ 市某局党组 --branch 机关支部 --since 2026-01-01"


def test_a_new_ledger_has_the_branch_with_a_committee_and_the_cells_that_were_named(run: Run):
    run(f"{INIT} --cell 第一小组 --cell 第二小组 --superior organ-committee=市直机关党委")

    [branch] = run("branch list --json").json
    assert (branch["id"], branch["name"], branch["committee"]) == (1, "机关支部", True)
    assert [cell["name"] for cell in run("cell list --json").json] == ["第一小组", "第二小组"]
    assert run("member list --json").json == []


def test_a_branch_without_a_committee_owes_no_committee_meeting(run: Run, standing):
    run(f"{INIT} --no-committee")

    assert run("branch list --json").json[0]["committee"] is False
    assert standing("committee-meeting", "2026-01-15") == {}
    assert standing("members-meeting", "2026-01-15") == {(1, "2026-01"): "due"}


def test_the_ledger_and_its_folder_are_for_their_owner_alone(run: Run, ledger: Path):
    run(INIT)

    assert stat.S_IMODE(ledger.stat().st_mode) == 0o600
    assert stat.S_IMODE(ledger.parent.stat().st_mode) == 0o700


def test_a_second_init_leaves_the_first_ledger_alone(run: Run, refused: Refused):
    run(INIT)

    assert "已经存在" in refused("init --organ 别的党组 --branch 别的支部 --since 2025-01-01", 5)

    assert run("branch list --json").json[0]["name"] == "机关支部"


def test_an_init_that_cannot_be_leaves_no_ledger_behind(run: Run, ledger: Path):
    assert "没有“nobody”这种上级党组织" in run(f"{INIT} --superior nobody=某委", code=2).err
    assert (
        "上级组织“市直机关党委”应写成 种类=名称"
        in run(f"{INIT} --superior 市直机关党委", code=2).err
    )
    assert "机关支部已有党小组“甲组”" in run(f"{INIT} --cell 甲组 --cell 甲组", code=5).err
    assert (
        "没有“2026-02-30”这一天"
        in run("init --organ 市某局党组 --branch 机关支部 --since 2026-02-30", code=2).err
    )

    assert not ledger.exists()


def test_init_names_every_fact_that_is_missing(run: Run, ledger: Path):
    err = run("init", code=2).err

    assert all(option in err for option in ("--organ", "--branch", "--since"))
    assert not ledger.exists()


def test_the_option_ledger_wins_over_the_environment(run: Run, ledger: Path, tmp_path: Path):
    other = tmp_path / "另一本.db"
    run(f"{INIT} --ledger '{other}'")

    assert other.is_file()
    assert not ledger.exists()
    assert run(f"member list --ledger '{other}' --json").json == []
    assert "没有台账" in run("member list", code=66).err


def test_the_ledger_at_a_glance_says_what_is_wrong_and_what_to_do_next(january: Run, ledger: Path):
    glance = january("status --as-of 2026-03-01 --json").json

    # Missing in February: study, members' meeting, committee meeting, and three members' dues.
    assert glance["wrong"] == 6
    assert glance["organ"] == "市某局党组"
    assert glance["next"].startswith("partyctl ")
    text = january("status --as-of 2026-03-01").out
    assert "市某局党组" in text
    assert "机关支部" in text
    assert str(ledger) in text
    assert "6" in text
    # In JSON, commands have English words; on the screen, they have words of the reader's language.
    assert glance["next"].replace(" study ", " 集中学习 ") in text


def test_partyctl_alone_is_the_same_as_status(january: Run):
    assert january("").out == january("status").out


def test_partyctl_without_a_ledger_says_how_to_start_one(run: Run):
    assert "partyctl init" in run("", code=66).err
