"""`partyctl undo` where something stands in its way: nothing is taken back, or all of it."""

import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import Refused
from tests.cli.journal.conftest import Clerk, state
from tests.conftest import Run

FROZEN = Path(__file__).parents[2] / "ledgers" / "v0001.db"

USED = {
    "a member who chaired": (
        "member add 孙八 --joined 2020-07-01",
        "meeting add study --on 2026-03-10 --chair 孙八",
        "meeting void 3 --reason x",
        "#3",
    ),
    "a member who paid": (
        "member add 孙八 --joined 2020-07-01",
        "dues pay 孙八 --month 2026-03 --amount 1 --on 2026-03-10",
        "dues void 5 --reason x",
        "#5",
    ),
    "a member who paid for another": (
        "member add 孙八 --joined 2020-07-01",
        "dues pay 王五 --month 2026-03 --amount 1 --on 2026-03-10 --by 孙八",
        "dues void 5 --reason x",
        "#5",
    ),
    "a member who was absent": (
        "member add 孙八 --joined 2020-07-01",
        "meeting add study --on 2026-03-10 --chair 张三 --absent 孙八:病假",
        "meeting void 3 --reason x",
        "#3",
    ),
    "somebody who lectured": (
        "staff add 钱七",
        "meeting add lecture --on 2026-03-10 --chair 张三 --lecturer 钱七",
        "meeting void 3 --reason x",
        "#3",
    ),
    "a meeting that consented": (
        "meeting add committee --on 2026-03-10 --chair 张三",
        "dues pay 王五 --month 2026-03 --amount 1 --on 2026-03-20 --by 张三 --consent #3",
        "dues void 5 --reason x",
        "#5",
    ),
    "a branch with a plan": (
        "branch add 第二支部",
        "--branch 第二支部 plan adopt study 2026 --on 2026-03-10",
        "plan void 2 --reason x",
        "#2",
    ),
    "a branch with a cell": (
        "branch add 第二支部",
        "--branch 第二支部 cell add 一组",
        "--branch 第二支部 cell void 一组 --reason x",
        "#2",
    ),
    "a cell with a member": (
        "cell add 第二小组",
        "member add 孙八 --joined 2020-07-01 --cell 第二小组",
        "member void 孙八 --reason x",
        "#4",
    ),
}


@pytest.mark.parametrize("what", USED)
def test_a_record_on_which_others_build_stays(
    what: str, records: Run, clerk: Clerk, refused: Refused
):
    added, using, freeing, named = USED[what]
    records(added)
    clerk("孙八", using)

    assert named in refused("undo", 5)

    clerk("孙八", freeing)
    records("undo")
    assert records("journal verify --json").json["ok"]


CHANGED = {
    "a plan": ("plan adopt work 2026 --on 2026-01-06", "plan edit 2 --on 2026-01-07"),
    "a member": ("member edit 王五 --gender 男", "member edit 王五 --phone 13800001111"),
    "an agenda": ("meeting edit 1 --topic 新的", "meeting edit 1 --decision 新的=通过"),
    "a line that is gone": ("meeting edit 1 --kind study,lecture", "meeting edit 1 --kind members"),
    "a record that was voided": ("staff add 钱七", "staff void 2 --reason x"),
    "a payment": ("dues edit 2 --receipt A1", "dues edit 2 --receipt A2"),
}


@pytest.mark.parametrize("what", CHANGED)
def test_a_record_that_was_changed_since_stays(
    what: str, records: Run, clerk: Clerk, refused: Refused
):
    before = state(records)
    first, second = CHANGED[what]
    records(first)
    clerk("孙八", second)
    [last] = records("journal list --last 1 --json").json

    said = refused("undo", 5)
    assert last["command"] in said
    assert str(last["run"]) in said

    clerk("孙八", "undo")
    records("undo")
    assert state(records) == before


TAKEN = {
    "a plan of the year": ("plan void 1 --reason x", "plan adopt study 2026 --on 2026-01-06"),
    "a branch's name": ("branch edit 机关支部 --name 一支部", "branch add 机关支部"),
}


@pytest.mark.parametrize("what", TAKEN)
def test_a_place_that_another_record_took_is_not_taken_back(
    what: str, records: Run, clerk: Clerk, refused: Refused
):
    """What no command would let anybody enter, no undo brings about."""
    clerk("周九", "member edit 王五 --id-number 110101199001011237")
    first, second = TAKEN[what]
    records(first)
    clerk("孙八", second)
    refused("undo", 5)


def test_a_new_ledger_stays(run: Run, refused: Refused):
    run("init --organ 市某局党组 --branch 机关支部 --since 2026-01-01 --cell 第一小组")
    assert "init" in refused("undo", 5)


def test_a_migration_stays(run: Run, ledger: Path, refused: Refused):
    ledger.parent.mkdir()
    shutil.copy(FROZEN, ledger)
    run("migrate")
    refused("undo", 4)
    run("staff add 钱七")
    run("undo")
    refused("undo", 4)


def test_whoever_wrote_nothing_has_nothing_to_take_back(records: Run, clerk: Clerk, ledger: Path):
    before = ledger.read_bytes()
    assert "没有可以撤销的命令" in clerk("孙八", "undo", code=4).err
    assert ledger.read_bytes() == before
