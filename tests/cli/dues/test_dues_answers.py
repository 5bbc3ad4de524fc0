"""The dues book after a payment in advance, a surplus, a voided consent or a changed category."""

import pytest

from tests.cli.conftest import Refused
from tests.conftest import Run


def assessed(branch: Run) -> None:
    branch("dues assess 张三 --base 5000 --from 2026-01")


def status(branch: Run, options: str) -> dict:
    return branch(f"dues status --json {options}").json


def test_money_paid_ahead_is_shown_apart_and_agrees_with_what_was_received(branch: Run):
    assessed(branch)
    branch("dues pay 张三 --month 2026-02..2026-04 --amount 150 --on 2026-01-20")
    totals = status(branch, "--as-of 2026-01-31")["totals"]
    assert (totals["paid"], totals["prepaid"], totals["received"]) == (0, 15000, 15000)
    totals = status(branch, "--as-of 2026-03-31 --month 2026-02")["totals"]
    assert (totals["paid"], totals["prepaid"], totals["received"]) == (5000, 10000, 0)
    totals = status(branch, "--as-of 2026-03-31 --month 2026-01")["totals"]
    assert (totals["paid"], totals["prepaid"], totals["received"]) == (0, 15000, 15000)
    totals = status(branch, "--as-of 2026-04-01 --year 2026")["totals"]
    assert (totals["paid"], totals["prepaid"], totals["received"]) == (10000, 5000, 15000)
    told = branch("dues status --as-of 2026-01-31").out
    assert all(word in told for word in ("已交", "预交", "实收", "150.00"))


def test_more_than_the_months_owe_is_refused_unless_it_is_given(branch: Run, refused: Refused):
    assessed(branch)
    said = refused("dues pay 张三 --month 2026-01 --amount 5000 --on 2026-01-20", 5)
    assert "还应交 50.00 元，5000.00 元多了 4950.00 元" in said
    assert "--extra" in said
    assert "确属自愿多交的" in refused(
        "dues pay 张三 --month 2026-01..2026-02 --amount 100.01 --on 2026-01-20", 5
    )
    assert branch("dues list --json").json[-1]["act"] == "assessment"
    done = branch("dues pay 张三 --month 2026-01 --amount 60 --extra --on 2026-01-20")
    assert "自愿多交 10.00" in done.out
    entry = branch("dues list --json").json[-1]
    assert (entry["amount"], entry["extra"]) == (6000, 1000)
    assert entry["months"] == [{"month": "2026-01", "amount": 5000}]
    totals = status(branch, "--as-of 2026-02-01")["totals"]
    assert (totals["paid"], totals["prepaid"], totals["received"]) == (5000, 0, 6000)
    assert "的党费已交足 50.00 元" in refused(
        "dues pay 张三 --month 2026-01 --amount 10 --extra --on 2026-01-21", 5
    )


def test_a_month_without_an_assessment_takes_any_amount(branch: Run):
    branch("dues pay 张三 --month 2026-01 --amount 5000 --on 2026-01-20")
    assert branch("dues list --json").json[-1]["extra"] is None


def test_months_are_exempt_once(branch: Run, refused: Refused):
    line = "dues exempt 张三 --reason 困难 --approved-by 机关党委 --on 2026-01-10"
    branch(f"{line} --from 2026-02 --to 2026-04")
    for months in ("--from 2026-04 --to 2026-05", "--from 2026-01 --to 2026-02"):
        assert "已免交党费（#1）" in refused(f"{line} {months}", 5)
    branch(f"{line} --from 2026-05 --to 2026-05")
    branch("dues void 1 --reason 记错")
    branch(f"{line} --from 2026-02 --to 2026-02")


def test_an_assessment_goes_on_in_the_category_of_its_month(branch: Run):
    branch("dues assess 张三 --base 5200 --from 2026-01")
    told = branch("member edit 张三 --category retired --from 2026-07").out
    assert "2026-07 起离退休" in told
    assert "每月 78.00 元，按离退休应为 52.00 元" in told
    branch("dues assess 张三 --base 5200 --from 2026-07 --reason 退休")
    branch("dues assess 张三 --base 5200 --from 2027-01")
    amounts = [entry["amount"] for entry in branch("dues list --json").json]
    assert amounts == [7800, 5200, 5200]
    member = branch("member show 张三 --json --as-of 2026-06-30").json
    assert member["category"] == "employed"
    assert branch("member show 张三 --json --as-of 2026-07-01").json["category"] == "retired"


def test_a_category_said_of_an_assessment_holds_from_then_on(branch: Run):
    branch("dues assess 张三 --base 5200 --from 2026-01")
    told = branch("dues assess 张三 --base 5200 --from 2026-07 --category retired --reason 退休")
    assert "2026-07 起类别是离退休" in told.out
    branch("dues assess 张三 --base 5200 --from 2027-01")
    assert branch("dues list --json").json[-1]["amount"] == 5200


def test_a_category_is_not_set_before_the_member_joined(branch: Run, refused: Refused):
    assert "还不是党员" in refused("member edit 张三 --category retired --from 1990-01", 5)
    assert "日期“昨儿”读不出来" in refused("member edit 张三 --category retired --from 昨儿", 2)


@pytest.mark.parametrize(
    "undone",
    [
        "meeting void 1 --reason 没有开",
        "meeting edit 1 --on 2026-02-21",
        "meeting edit 1 --kind study",
    ],
)
def test_consent_falls_with_the_meeting_that_gave_it(branch: Run, undone: str):
    branch("meeting add committee --on 2026-02-05 --chair 张三")
    branch("dues pay 张三 --month 2026-01 --amount 50 --by 李四 --consent '#1' --on 2026-02-20")
    assert consented(branch) == ["met", "met"]
    assert branch("dues show 1 --json").json["consent_on"] == "2026-02-05"
    branch(undone)
    assert consented(branch, code=3) == ["breach", "breach"]
    assert branch("dues show 1 --json").json["consent_on"] is None
    branch("undo")
    assert consented(branch) == ["met", "met"]


def test_a_meeting_that_is_only_planned_has_not_consented(branch: Run, refused: Refused):
    branch("meeting plan committee --on 2026-02-05 --chair 张三")
    paid = "dues pay 张三 --month 2026-01 --amount 50 --by 李四 --on 2026-02-20"
    assert "会议 #1 还没有开，不能表示同意" in (said := refused(f"{paid} --consent '#1'", 5))
    assert "partyctl meeting hold 1 --on …" in said
    branch(paid)
    assert "还没有开" in refused("dues edit 1 --consent '#1'", 5)
    branch("meeting hold 1 --on 2026-02-05")
    branch("dues edit 1 --consent '#1'")
    assert consented(branch) == ["met", "met"]


def consented(run: Run, code: int = 0) -> list[str]:
    rules = "dues-in-person", "dues-late-consent"
    line = "check --json --as-of 2026-03-01 --rule"
    found = [run(f"{line} {rule}", code=code).json["obligations"] for rule in rules]
    return [each["status"] for obligations in found for each in obligations]
