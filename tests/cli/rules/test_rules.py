"""`rules set`, `enable`, `disable`, `void`, `history`, `show`, `list`: each change is a record with
a date.
"""

import pytest

from partyctl.law.catalogue import CATALOGUE
from tests.cli.conftest import Refused
from tests.conftest import Run

pytestmark = [
    pytest.mark.dated,
    pytest.mark.usefixtures("the_changes_are_of_days_to_come"),
]

SET = "rules set members-meeting --every quarter"


def test_a_change_from_a_day_to_come_needs_no_confirmation(branch: Run, standing):
    done = branch(f"{SET} --from 2027-01-01 --reason 上级规定 --json").json
    assert done == done | {
        "id": 1,
        "rule": "members-meeting",
        "act": "set",
        "from_on": "2027-01-01",
        "every": "quarter",
        "reason": "上级规定",
        "affects": [],
    }
    assert standing("members-meeting", "2027-01-01") | {} == {
        **{(1, f"2026-{month:02d}"): "overdue" for month in range(1, 13)},
        (1, "2027-Q1"): "due",
    }


def test_the_past_is_judged_anew_only_when_confirmed(branch: Run, refused: Refused, standing):
    line = f"{SET} --from 2026-01-01 --reason 试行"
    said = refused(line, 5)
    assert "2026-01" in said
    assert "--confirm" in said

    done = branch(f"{line} --confirm --json").json
    gone = {each["period"] for each in done["affects"] if each["after"] is None}
    come = {each["period"] for each in done["affects"] if each["before"] is None}
    assert {"2026-01", "2026-02"} <= gone
    assert "2026-Q1" in come
    assert standing("members-meeting", "2026-04-01") == {
        (1, "2026-Q1"): "overdue",
        (1, "2026-Q2"): "due",
    }


def test_a_change_is_voided_and_undone(branch: Run, refused: Refused, standing):
    before = standing("members-meeting", "2026-03-01")
    branch(f"{SET} --from 2026-01-01 --reason 试行 --confirm")
    assert "会改变过去的结论" in refused("rules void 1 --reason 误录", 5)
    branch("rules void 1 --reason 误录 --confirm")
    assert standing("members-meeting", "2026-03-01") == before
    branch("undo")
    assert standing("members-meeting", "2026-03-01") == {(1, "2026-Q1"): "due"}
    branch("undo")
    assert standing("members-meeting", "2026-03-01") == before
    (row,) = branch("rules history members-meeting --json").json
    assert row["voided_at"]


def test_a_rule_and_a_layer_are_put_out_of_force(branch: Run, refused: Refused):
    branch("rules disable study-plan --from 2027-01-01 --reason 并入党建工作安排")
    branch("rules disable --layer bureau --from 2028-01-01 --reason 改用上级制度")
    found = branch("check --json --rule study-plan --as-of 2027-06-01", code=3).json
    assert [each["period"] for each in found["obligations"]] == ["2026"]
    listed = branch("rules list --as-of 2028-01-01 --json").json
    assert not any(each["enabled"] for each in listed if each["layer"] == "bureau")
    branch("rules enable --layer 本局制度 --from 2028-02-01 --reason 恢复")
    history = branch("rules history study-plan --json").json
    assert [each["act"] for each in history] == ["disable", "disable", "enable"]
    assert "缺少：规则，或 --layer" in refused("rules disable --from 2027-01-01 --reason x", 2)


def test_either_a_rule_or_a_layer_is_named(
    branch: Run, refused: Refused, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("partyctl.cli.session.current.is_interactive", lambda: True)
    line = "rules disable study-plan --from 2027-01-01 --reason"
    said = refused(line.replace("--from", "--layer bureau --from") + " x", 2).splitlines()
    assert said == [
        "错误：规则和 --layer 只能写一个。",
        f"  → partyctl {line} …",
    ]
    branch(f"{line} 并入")


def test_a_rule_shows_how_it_stands_and_why(branch: Run):
    branch(f"{SET} --from 2027-01-01 --reason 上级规定")
    now = branch("rules show members-meeting --as-of 2026-12-31 --json").json
    assert (now["title"], now["duty"], now["last_change"]) == ("党员大会每月一次", "每月", None)
    then = branch("rules show members-meeting --as-of 2027-01-01 --json").json
    assert then["duty"] == "每季度"
    remind = "14,7,2,0,+1,+7w"
    assert then["numbers"] == {"every": "quarter", "count": 1, "remind": remind}
    assert then["last_change"]["reason"] == "上级规定"
    assert "党员大会" in then["satisfied_by"]
    shown = branch("rules show members-meeting --as-of 2027-01-01").out
    for word in ("支部·二(一)1", "本局制度", "应当", "每季度", "上级规定", "启用"):
        assert word in shown


def test_every_rule_is_shown_with_or_without_a_ledger(run: Run, branch: Run):
    listed = branch("rules list --json").json
    assert [each["id"] for each in listed] == [rule.id for rule in CATALOGUE]
    assert all(each["enabled"] and each["duty"] and each["satisfied_by"] for each in listed)
    without = run("--ledger /nowhere/none.db rules list --json").json
    assert without == listed


def test_dates_roll_forward_where_that_is_in_force(branch: Run):
    found = "check --json --rule study-plan --as-of 2026-01-31"
    assert branch(found).json["obligations"][0]["due"] == "2026-01-31"
    branch("rules enable roll-forward --from 2026-01-01 --reason 顺延 --confirm")
    assert branch(found).json["obligations"][0]["due"] == "2026-02-02"


def test_a_due_date_in_a_year_not_announced_is_marked(leading: Run):
    leading("rules set dl-rectification --days 10 --working --from 2026-01-01 --reason 改工作日")
    leading("meeting add democratic-life --on 2026-11-20 --chair 张三")
    found = leading("check --json --rule dl-rectification --as-of 2026-11-21").json
    assert "provisional" not in found["obligations"][0]
    leading("meeting plan democratic-life --on 2031-12-20")
    found = leading("check --json --rule dl-rectification --as-of 2031-12-21", code=3).json
    (last,) = (each for each in found["obligations"] if each["opens"] == "2031-12-20")
    assert last["provisional"] is True
    assert "暂算" in last["note"]


def test_a_quarter_can_be_made_up_once_the_rule_has_quarters(branch: Run, refused: Refused):
    made_up = "meeting add members --on 2026-04-02 --chair 张三 --makes-up 2026-Q1"
    assert "党员大会不按这样的期间办理" in refused(made_up, 5)
    branch(f"{SET} --from 2026-01-01 --reason 试行 --confirm")
    branch(made_up)


def test_a_day_of_the_year_goes_with_a_cadence_of_years(branch: Run, refused: Refused, standing):
    line = "rules set members-meeting --every {} --by 03-31 --from 2027-01-01 --reason 试行"
    assert "members-meeting 没有 --by 可改" in refused(line.format("quarter"), 2)

    branch(line.format("year"))

    yearly = standing("members-meeting", "2027-03-31")
    assert yearly[1, "2027"] == "due"
    assert (1, "2027-01") not in yearly
    assert standing("members-meeting", "2027-04-01")[1, "2027"] == "overdue"


def test_with_another_cadence_a_day_of_the_year_falls_away(branch: Run, standing):
    line = "rules set members-meeting --every {} --from {} --reason 试行"
    branch(line.format("year --by 03-31", "2027-01-01"))
    branch(line.format("quarter", "2028-01-01"))

    assert standing("members-meeting", "2028-03-31")[1, "2028-Q1"] == "due"
    assert standing("members-meeting", "2028-06-30")[1, "2028-Q2"] == "due"


@pytest.mark.parametrize(
    ("line", "code", "told"),
    [
        ("rules set members-meeting --from 2027-01-01 --reason x", 2, "改什么没有写"),
        (
            "rules set members-meeting --days 3 --from 2027-01-01 --reason x",
            2,
            "members-meeting 没有 --days 可改",
        ),
        ("rules set nonsense --days 3 --from 2027-01-01 --reason x", 2, "没有“nonsense”这条规则"),
        (
            "rules set members-meeting --every fortnight --from 2027-01-01 --reason x",
            2,
            "没有“fortnight”这种周期",
        ),
        ("rules set members-meeting --count 0 --from 2027-01-01 --reason x", 2, "次数至少是 1"),
        (
            "rules set study-plan --by 02-29 --from 2027-01-01 --reason x",
            2,
            "“02-29”不是每年都有的一天",
        ),
        (
            "rules set study-plan --by 02-28 --from 2027-01-01 --reason ''",
            2,
            "变更原因应是 1 到 100000 个字的文字",
        ),
        ("rules set study-plan --by 02-28 --reason x", 2, "缺少：--from"),
        (
            "rules set study-plan --strength perhaps --from 2027-01-01 --reason x",
            2,
            "没有“perhaps”这种强度",
        ),
        ("rules set members-meeting --every month --from 2027-01-01 --reason x", 5, "没有可改的"),
        ("rules enable members-meeting --from 2027-01-01 --reason x", 5, "没有可改的"),
        ("rules set national --days 3 --from 2027-01-01 --reason x", 2, "没有“national”这条规则"),
        ("rules void 7 --reason x", 4, "没有规则变更"),
    ],
)
def test_what_makes_no_sense_is_refused(
    branch: Run, refused: Refused, line: str, code: int, told: str
):
    assert told in refused(line, code)
