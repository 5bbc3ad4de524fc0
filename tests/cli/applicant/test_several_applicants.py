"""`partyctl applicant add|step` for several people: a step is recorded for all or for none."""

import pytest

from tests.cli.conftest import Refused
from tests.conftest import Run


@pytest.fixture
def applied(branch: Run) -> Run:
    branch("applicant add 周八,吴九、郑十 --applied 2026-02-01")
    return branch


def steps(run: Run, name: str) -> list[str]:
    return [each["step"] for each in run(f"applicant show {name} --json").json["steps"]]


def test_several_apply_on_one_day(branch: Run):
    out = branch("applicant add 周八,吴九 --applied 2026-02-01").out
    assert out.splitlines() == [
        "已登记申请人 #1 周八（2026-02-01）",
        "已登记申请人 #2 吴九（2026-02-01）",
    ]
    branch("undo")
    assert branch("applicant list --json").json == []


def test_several_take_a_step_and_one_undo_takes_it_back(applied: Run):
    out = applied("applicant step 周八,#2 派人谈话 --on 2026-02-20 --with 李四").out

    assert out.splitlines() == [
        "已登记 #1 周八 派人谈话 2026-02-20",
        "已登记 #2 吴九 派人谈话 2026-02-20",
    ]
    assert steps(applied, "吴九") == ["talk"]
    applied("undo")
    assert [steps(applied, name) for name in ("周八", "吴九", "郑十")] == [[], [], []]


def test_a_step_of_several_is_voided(applied: Run):
    applied("applicant step 周八,吴九 talk --on 2026-02-20")
    assert applied("applicant step 周八,吴九 talk --void 误登").out.count("已作废") == 2
    assert steps(applied, "周八") == []


def test_json_is_a_list_for_several_and_the_record_for_one(applied: Run):
    several = applied("applicant step 周八,吴九 talk --on 2026-02-20 --json").json
    one = applied("applicant step 郑十 talk --on 2026-02-20 --json").json
    assert [each["name"] for each in several] == ["周八", "吴九"]
    assert one["name"] == "郑十"


@pytest.mark.parametrize(
    ("line", "code", "told"),
    [
        (
            "applicant add 周八,钱一,吴九 --applied 2026-03-01",
            5,
            ["周八的入党申请已登记", "吴九的入"],
        ),
        ("applicant add 钱一,孙二 --applied 2026-03-01 --birth 2000-01-01", 2, ["一个人"]),
        ("applicant step 周八,钱一,孙二 talk --on 2026-02-20", 4, ["钱一", "孙二"]),
        ("applicant step 周八,吴九 target --on 2026-02-20", 5, ["周八还不能", "吴九还不能"]),
        ("applicant step 周八,吴九 talk --on 2026-01-20", 5, ["早于周八的申请", "早于吴九的申请"]),
        ("applicant step 周八,吴九 vote --on 2026-02-20 --votes 3/3/3/0/0", 2, ["逐个表决"]),
        ("applicant step 周八,吴九 mentors --on 2026-02-20", 2, ["--with"]),
    ],
)
def test_what_cannot_be_is_refused_for_all(
    applied: Run, refused: Refused, line: str, code: int, told: list[str]
):
    said = refused(line, code)
    assert all(each in said for each in told), said
