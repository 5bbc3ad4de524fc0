"""`partyctl undo` is refused if it cannot take back the whole command."""

import shutil
from pathlib import Path

import pytest

from partyctl.records.undo.nouns import WRITTEN
from partyctl.terms import Noun
from tests.cli.conftest import Refused
from tests.cli.maintenance.conftest import Clerk, state
from tests.conftest import Run

FROZEN = Path(__file__).parents[2] / "ledgers" / "v0007.db"

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


ID = "110101199001011237"
CONTACT = "contact add 东河村 --leader 张三"
WAIVER = (
    "waive cell-meeting --subject 第一小组 --period 2026-01 --reason 防汛 --decided-on 2026-02-02"
)
TALK = "talk add --on 2026-05-05 --with 李四,王五"
LIFE = "meeting add democratic-life --on 2026-05-06 --chair 张三"
DISCLOSED = "disclosure add progress --title 进展 --scope internal"
RATED = (
    "review open 2026 --on 2026-05-01",
    "review meeting 2026 --on 2026-05-10",
    "review rate 2026 李四 excellent",
)
TAKEN = {
    "a plan of the year": ([], "plan void 1 --reason x", "plan adopt study 2026 --on 2026-01-06"),
    "a branch's name": ([], "branch edit 机关支部 --name 一支部", "branch add 机关支部"),
    "a cell's name": (
        ["member edit 张三 --cell 无"],
        "cell void 第一小组 --reason x",
        "cell add 第一小组",
    ),
    "a month that was paid": (
        ["dues void 2 --reason x", "dues pay 李四 --month 2026-01 --amount 76.50 --on 2026-01-21"],
        "dues void 5 --reason x",
        "dues pay 李四 --month 2026-01 --amount 76.50 --on 2026-01-22",
    ),
    "a consent's meeting": (
        [
            "meeting add committee --on 2026-03-10 --chair 张三",
            "dues pay 王五 --month 2026-02 --amount 1 --on 2026-03-20 --consent #3",
        ],
        "dues void 5 --reason x",
        "meeting edit 3 --kind study",
    ),
    "a consent's day": (
        [
            "meeting add committee --on 2026-03-10 --chair 张三",
            "dues pay 王五 --month 2026-02 --amount 1 --on 2026-03-20 --consent #3",
        ],
        "dues void 5 --reason x",
        "meeting edit 3 --on 2026-03-21",
    ),
    "an identity number": (
        [f"member edit 王五 --id-number {ID}"],
        "member edit 王五 --id-number 无",
        f"member edit 李四 --id-number {ID}",
    ),
    "an identity number of one who left": (
        [f"member edit 王五 --id-number {ID}"],
        "member leave 王五 --on 2026-04-01",
        f"member edit 李四 --id-number {ID}",
    ),
    "a post": (
        [],
        "member post 李四 organization --from 2026-01-01 --to 2026-05-31",
        "member post 李四 organization --from 2026-06-01",
    ),
    "a day on the roll": (
        ["member leave 李四 --on 2026-06-15"],
        "member edit 李四 --left 无",
        "meeting add study --on 2026-07-01 --chair 李四",
    ),
    "a contact point's name": ([CONTACT], "contact void 东河村 --reason x", CONTACT),
    "a contact point's first day": (
        ["contact add 东河村 --leader 张三 --since 2026-03-01"],
        "contact edit 东河村 --since 2026-01-01",
        "contact visit 东河村 --on 2026-02-01 --kind survey --note 走访",
    ),
    "a decision": ([WAIVER], "waive void 1 --reason x", WAIVER),
    "a review of the year": (
        ["review open 2026 --on 2026-05-01"],
        "review void 2026 --reason x",
        "review open 2026 --on 2026-05-02",
    ),
    "a review's meeting": (
        [RATED[0], RATED[1], "review meeting 2026 --on 2026-05-11"],
        "review meeting 2026 --on 2026-05-10",
        "review rate 2026 李四 excellent",
        "review outcome 2026 李四 --commend 表扬 --on 2026-05-10",
    ),
    "a grade": (
        [*RATED, "review rate 2026 李四 qualified"],
        "review rate 2026 李四 excellent",
        "review outcome 2026 李四 --commend 表扬 --on 2026-05-12",
    ),
    "a part of the package": (
        [LIFE, "meeting step 3 package --part report --on 2026-05-10"],
        "meeting step 3 package --part report --void x",
        "meeting step 3 package --part report --on 2026-05-11",
    ),
    "the kind of a meeting with steps": (
        ["meeting add org-life --on 2026-05-06 --chair 张三"],
        "meeting edit 3 --kind democratic-life",
        "meeting step 3 notice --on 2026-05-01",
    ),
    "the kind of a meeting with measures": (
        [],
        "meeting edit 2 --kind committee,org-life",
        "rectify add 会风 --owner 张三 --due 2026-12-01 --meeting 2",
    ),
    "a plan's day": (
        ["plan adopt work 2026 --on 2026-03-05"],
        "plan edit 2 --on 2026-02-01",
        "plan item 2026 目标 --owner 张三 --due 2026-12-31 --on 2026-02-10",
    ),
    "a publication": (
        [DISCLOSED, "disclosure publish 1 --by board --on 2026-05-01"],
        "disclosure edit 1 --not-published 2026-05-01",
        "disclosure publish 1 --by board --on 2026-05-01",
    ),
    "a day of withdrawal": (
        [
            DISCLOSED,
            "disclosure publish 1 --by board --on 2026-05-01",
            "disclosure withdraw 1 --on 2026-05-20",
        ],
        "disclosure edit 1 --not-withdrawn",
        "disclosure publish 1 --by board --on 2026-05-25",
    ),
    "a day off": (
        ["calendar holidays add 2027-05-03"],
        "calendar holidays void 1 --reason x",
        "calendar holidays add 2027-05-03",
    ),
    "a personal report": (
        ["member report 张三 2026 --on 2026-02-01"],
        "member report 张三 2026 --void x",
        "member report 张三 2026 --on 2026-02-02",
    ),
    "an application": (
        ["applicant add 吴九 --applied 2026-01-05"],
        "applicant void 吴九 --reason x",
        "applicant add 吴九 --applied 2026-01-06",
    ),
    "the application of a probationary member": (
        [
            "member add 吴九 --joined 2026-02-01 --probationary",
            "applicant add 吴九 --applied 2024-01-05",
        ],
        "applicant void 吴九 --reason x",
        "applicant add 吴九 --applied 2024-01-06",
    ),
    "an application before joining": (
        [
            "member add 吴九 --joined 2026-02-01 --probationary",
            "applicant add 吴九 --applied 2024-01-05",
        ],
        "applicant void 吴九 --reason x",
        "member edit 吴九 --joined 2024-01-01",
    ),
}
LATER = {
    "a plan of the year": "plan#2",
    "a branch's name": "branch#2",
    "a cell's name": "#2",
    "a month that was paid": "#6",
    "an identity number": "#2 李四",
    "an identity number of one who left": "#2 李四",
    "a post": "member#2",
    "a day on the roll": "meeting#3",
    "a contact point's name": "#2",
    "a decision": "#2",
    "a review of the year": "review#2",
    "the kind of a meeting with measures": "rectify#1",
    "a plan's day": "plan-item#1",
    "a day off": "holiday#2",
    "a personal report": "member#1",
    "an application": "applicant#1",
    "the application of a probationary member": "applicant#1",
    "an application before joining": "applicant#1",
}
"""For some cases of TAKEN, the record that the refusal must name.

For a case of TAKEN that is not listed here, the refusal may name any record.
"""


@pytest.mark.sweep(8)
@pytest.mark.parametrize("what", TAKEN)
def test_a_place_that_another_record_took_is_not_taken_back(
    what: str, records: Run, clerk: Clerk, refused: Refused
):
    """An undo is refused if it would restore a state that commands refuse to record."""
    before, first, *then = TAKEN[what]
    for line in before:
        clerk("周九", line)
    records(first)
    for line in then:
        clerk("孙八", line)

    assert LATER.get(what, "#") in refused("undo", 5)


def test_what_was_wrong_before_keeps_nobody_from_taking_back(records: Run, clerk: Clerk):
    """The sum of two payments exceeds the corrected assessment.

    The clerk can still undo a change that concerns only the receipt of one payment.
    """
    clerk("周九", "dues pay 李四 --month 2026-02 --amount 70 --on 2026-02-20")
    clerk("周九", "dues pay 李四 --month 2026-02 --amount 6.50 --on 2026-02-21")
    clerk("周九", "dues assess 李四 --base 3000 --from 2026-02 --reason 更正")
    records("dues edit 5 --receipt A1")
    records("undo")


def test_every_noun_is_checked_or_the_file_keeps_it_or_nothing_is_refused():
    by_the_file = {Noun.ORGAN, Noun.HOLIDAY}
    may_be_anything = {Noun.STAFF, Noun.RULE_CHANGE}
    wanted = set(Noun) - by_the_file - may_be_anything
    checked = {noun for noun, written in WRITTEN.items() if written.checks}
    assert checked == wanted, (
        "add to WRITTEN in partyctl/records/undo/nouns.py what can make these records impossible: "
        f"{sorted(wanted - checked)}; or add their noun to `may_be_anything` here"
    )


def test_a_new_ledger_stays(run: Run, refused: Refused):
    run("init --organ 市某局党组 --branch 机关支部 --since 2026-01-01 --cell 第一小组")
    assert "init" in refused("undo", 5)


def test_a_migration_stays(run: Run, ledger: Path, refused: Refused):
    ledger.parent.mkdir()
    shutil.copy(FROZEN, ledger)
    run("migrate")
    run("staff add 钱七")
    taken_back = [run("undo").out for _ in range(3)]
    assert "staff add" in taken_back[0]
    assert not any("migrate" in said for said in taken_back)


def test_whoever_wrote_nothing_has_nothing_to_take_back(records: Run, clerk: Clerk, ledger: Path):
    before = ledger.read_bytes()
    assert "没有可以撤销的命令" in clerk("孙八", "undo", code=4).err
    assert ledger.read_bytes() == before
