"""`partyctl dues`: assessments, payments, exemptions, and what is owed. Amounts in JSON are in 分."""

import pytest

from partyctl.show.wording import label
from tests.cli.conftest import Refused
from tests.conftest import Run

ASSESSED = "dues assess 张三 --base 5100 --from 2026-01"  # 5100.00 × 1.5 % = 76.50
SIX_MONTHS = [f"2026-{month:02d}" for month in range(1, 7)]


def unpaid(run: Run, name: str, as_of: str) -> list[str]:
    [member] = run(f"dues status --member {name} --as-of {as_of} --json").json["members"]
    return member["unpaid_months"]


def parts(run: Run, number: int) -> dict[str, int]:
    entry = run(f"dues show {number} --json").json
    return {line["month"]: line["amount"] for line in entry["months"]}


@pytest.mark.parametrize(
    ("said", "working", "amount"),
    [
        ("--base 3000", "3000.00 × 0.5%", 1500),
        ("--base 3000.01", "3000.01 × 1.0%", 3000),
        ("--base 5100", "5100.00 × 1.5%", 7650),
        ("--base 10000.01", "10000.01 × 2.0%", 20000),
        ("--base 5000 --category 离退休", "5000.00 × 0.5%", 2500),
        ("--base 5000.01 --category retired", "5000.01 × 1.0%", 5000),
        ("--category student", "", 20),
    ],
)
def test_the_amount_is_shown_with_its_working(branch: Run, said: str, working: str, amount: int):
    out = branch(f"dues assess 张三 {said} --from 2026-01").out

    assert working in out
    assert f"{amount / 100:.2f}" in out
    assert branch("dues show 1 --json").json["amount"] == amount


@pytest.mark.parametrize("typed_in", ["zh", "en"])
def test_a_working_is_stored_alike_in_either_language_and_shown_in_the_readers(
    branch: Run, monkeypatch: pytest.MonkeyPatch, typed_in: str
):
    monkeypatch.setenv("PARTYCTL_LANG", typed_in)
    branch("dues assess 张三 --category student --from 2026-01")
    branch("dues assess 李四 --base 5100 --from 2026-01")
    shown = {"zh": "学生 0.20（中组发〔2008〕3号）", "en": "student 0.20 (中组发〔2008〕3号)"}

    for language, working in shown.items():
        monkeypatch.setenv("PARTYCTL_LANG", language)
        ask = "--reveal working --reason 核对"
        assert working in branch(f"dues show 1 {ask}").out
        assert branch(f"dues show 1 {ask} --json").json["working"] == shown["zh"]
    assert "5100.00 × 1.5% = 76.50 (中组发〔2008〕3号)" in branch(f"dues show 2 {ask}").out


def test_a_working_stored_in_english_by_an_earlier_version_is_shown_in_chinese():
    assert label("working", "student 0.20 (中组发〔2008〕3号)") == "学生 0.20（中组发〔2008〕3号）"
    stored = "5100.00 × 1.5% = 76.50 (中组发〔2008〕3号)"
    assert label("working", stored) == "5100.00 × 1.5% = 76.50（中组发〔2008〕3号）"
    assert label("working", "—") == "—"


def test_an_income_is_shown_nowhere_after_it_was_typed(branch: Run):
    branch("dues assess 张三 --base 5123.45 --from 2026-01")

    for line in (
        "dues list",
        "dues list --json",
        "dues status",
        "dues show 1",
        "dues show 1 --json",
    ):
        assert not {"5123.45", "512345"} & set(branch(line).out.replace(",", " ").split()), line


def test_the_status_has_exactly_the_fields_of_the_contract(branch: Run):
    branch(ASSESSED)
    for month in SIX_MONTHS[:4]:
        branch(f"dues pay 张三 --month {month} --amount 76.50 --on {month}-20")

    answer = branch("dues status --member 张三 --as-of 2026-07-01 --json").json

    assert answer["as_of"] == "2026-07-01"
    assert answer["members"] == [
        {
            "id": 1,
            "name": "张三",
            "owed": 45900,
            "paid": 30600,
            "unpaid_months": ["2026-05", "2026-06"],
            "longest_unpaid_run": 2,
            "underpaid_months": [],
            "prepaid": 0,
            "received": 30600,
        }
    ]
    assert answer["totals"].items() >= {"owed": 45900, "paid": 30600}.items()


def test_what_was_never_assessed_is_unknown_and_not_nothing(branch: Run):
    branch("dues pay 王五 --month 2026-01 --amount 10 --on 2026-01-20")

    [member] = branch("dues status --member 王五 --as-of 2026-03-01 --json").json["members"]

    assert (member["owed"], member["paid"], member["unpaid_months"]) == (None, 1000, ["2026-02"])
    assert member["underpaid_months"] == []


def test_a_month_counts_in_the_status_once_it_is_over_or_at_once_if_asked_for(branch: Run):
    branch(ASSESSED)

    assert unpaid(branch, "张三", "2026-02-28") == ["2026-01"]
    assert unpaid(branch, "张三", "2026-03-01") == ["2026-01", "2026-02"]
    asked = branch("dues status --month 2026-02 --as-of 2026-02-10 --member 张三 --json").json
    assert asked["totals"]["owed"] == 7650
    assert asked["members"][0]["unpaid_months"] == ["2026-02"]


def test_only_those_in_arrears_are_listed_if_asked_for(branch: Run):
    for name in ("张三", "李四"):
        branch(f"dues pay {name} --month 2026-01 --amount 10 --on 2026-01-20")

    listed = branch("dues status --unpaid --as-of 2026-02-01 --json").json["members"]
    assert [each["name"] for each in listed] == ["王五"]


def test_a_run_of_months_is_filled_oldest_first(branch: Run):
    branch(ASSESSED)
    branch("dues pay 张三 --month 2026-01..2026-03 --amount 200 --on 2026-01-20")

    assert parts(branch, 2) == {"2026-01": 7650, "2026-02": 7650, "2026-03": 4700}
    [member] = branch("dues status --member 张三 --as-of 2026-04-01 --json").json["members"]
    assert (member["owed"], member["paid"]) == (22950, 20000)
    assert (member["unpaid_months"], member["underpaid_months"]) == ([], ["2026-03"])


def test_months_that_the_money_does_not_reach_stay_unpaid_and_are_named(branch: Run):
    branch(ASSESSED)
    result = branch("dues pay 张三 --month 2026-01..2026-03 --amount 76.50 --on 2026-01-20")

    assert "2026-02" in result.out + result.err
    assert unpaid(branch, "张三", "2026-04-01") == ["2026-02", "2026-03"]


def test_a_run_begins_with_what_is_still_missing_of_a_month(branch: Run):
    branch(ASSESSED)
    branch("dues pay 张三 --month 2026-01 --amount 50 --on 2026-01-10")
    branch("dues pay 张三 --month 2026-01..2026-02 --amount 103 --on 2026-01-20")

    assert parts(branch, 3) == {"2026-01": 2650, "2026-02": 7650}


def test_a_partial_payment_is_a_breach_until_the_top_up_which_is_late(branch: Run, standing):
    branch(ASSESSED)
    branch("dues pay 张三 --month 2026-01 --amount 50 --on 2026-01-10")
    branch("dues pay 张三 --month 2026-01 --amount 26.50 --on 2026-01-12")

    assert standing("dues-full-amount", "2026-01-09") == {}
    assert standing("dues-full-amount", "2026-01-11") == {(1, "2026-01"): "breach"}
    assert standing("dues-full-amount", "2026-01-12") == {(1, "2026-01"): "late"}
    assert standing("dues-monthly", "2026-01-11")[1, "2026-01"] == "met"


def test_a_month_paid_in_full_is_not_paid_again(branch: Run, refused: Refused):
    branch(ASSESSED)
    branch("dues pay 张三 --month 2026-02 --amount 76.50 --on 2026-02-10")

    assert "的党费已交足 76.50 元" in refused(
        "dues pay 张三 --month 2026-02 --amount 76.50 --on 2026-02-11", 5
    )
    assert "的党费已交足 76.50 元" in refused(
        "dues pay 张三 --month 2026-01..2026-02 --amount 153 --on 2026-02-11", 5
    )
    branch("dues void 2 --reason 记错了人")
    branch("dues pay 张三 --month 2026-02 --amount 76.50 --on 2026-02-11")


def test_a_voided_payment_never_was(branch: Run, standing):
    branch("dues pay 张三 --month 2026-01 --amount 10 --on 2026-01-10")
    branch("dues void 1 --reason 记错了人")

    assert standing("dues-monthly", "2026-02-01")[1, "2026-01"] == "overdue"
    assert branch("dues list --json").json == []


def test_the_last_assessment_holds_until_the_next(branch: Run):
    branch(ASSESSED)
    branch("dues assess 张三 --base 3000 --from 2026-03 --reason 工资调整")

    [member] = branch("dues status --member 张三 --as-of 2026-05-01 --json").json["members"]
    assert member["owed"] == 2 * 7650 + 2 * 1500


def test_a_change_within_the_year_needs_its_reason(branch: Run, refused: Refused):
    branch("dues assess 张三 --base 4000 --from 2025-01")
    branch(ASSESSED)

    assert "--reason" in refused("dues assess 张三 --base 5200 --from 2026-05", 2)
    assert "--reason" in refused("dues assess 张三 --base 5200 --from 2026-01", 2)
    branch("dues assess 张三 --base 5200 --from 2026-05 --reason 工资调整")


def test_an_employed_member_is_assessed_by_an_income(branch: Run, refused: Refused):
    assert "--base" in refused("dues assess 张三 --from 2026-01", 2)
    assert "没有“退役”这种党员类别" in refused(
        "dues assess 张三 --base 5100 --from 2026-01 --category 退役", 2
    )
    assert "还不是党员" in refused("dues assess 张三 --base 5100 --from 2010-06", 5)


def test_money_from_another_needs_the_committees_consent(branch: Run, standing):
    branch("dues pay 王五 --month 2026-01 --amount 10 --on 2026-01-20 --by 李四")
    branch("dues pay 王五 --month 2026-02 --amount 10 --on 2026-02-20 --by relative")
    branch("dues pay 王五 --month 2026-03 --amount 10 --on 2026-03-20 --by 王五")
    assert list(standing("dues-in-person", "2026-03-31").values()) == ["breach", "breach", "met"]

    branch("dues edit 1 --consent 2026-01-19")
    branch("dues edit 2 --by 王五")

    assert set(standing("dues-in-person", "2026-03-31").values()) == {"met"}
    assert branch("dues show 1 --json").json["paid_by"] == "李四"


def test_consent_may_be_given_by_a_committee_meeting(branch: Run, standing, refused: Refused):
    branch("meeting add committee --on 2026-03-05 --chair 张三")
    branch("meeting add members --on 2026-03-05 --chair 张三")
    paid = "dues pay 王五 --month 2026-01 --amount 10 --consent"

    assert "不是王五所在支部的支委会" in refused(f"{paid} '#2' --on 2026-03-06", 5)
    assert "没有会议" in refused(f"{paid} '#9' --on 2026-03-06", 4)
    assert "同意须在交费当天或之前" in refused(f"{paid} '#1' --on 2026-03-04", 5)
    assert "同意须在交费当天或之前" in refused(f"{paid} 2026-03-05 --on 2026-03-04", 5)
    branch(f"{paid} '#1' --on 2026-03-06")
    kept = branch("dues show 1 --json").json
    assert (kept["consent_on"], kept["consent_meeting_id"]) == ("2026-03-05", 1)
    assert set(standing("dues-late-consent", "2026-03-06").values()) == {"met"}


def test_a_day_of_consent_takes_the_place_of_a_meeting(branch: Run):
    branch("meeting add committee --on 2026-03-05 --chair 张三")
    branch("dues pay 王五 --month 2026-01 --amount 10 --consent '#1' --on 2026-03-06")
    branch("dues edit 1 --consent 2026-03-02")

    kept = branch("dues show 1 --json").json
    assert (kept["consent_on"], kept["consent_meeting_id"]) == ("2026-03-02", None)


def test_a_late_payment_needs_consent_and_is_late_by_three_months_at_most(branch: Run, standing):
    branch("dues pay 张三 --month 2026-01 --amount 10 --on 2026-04-30 --consent 2026-04-30")
    branch("dues pay 李四 --month 2026-01 --amount 10 --on 2026-05-01")

    assert list(standing("dues-late-limit", "2026-05-01").values()) == ["met", "breach"]
    assert list(standing("dues-late-consent", "2026-05-01").values()) == ["met", "breach"]
    monthly = standing("dues-monthly", "2026-04-30")
    assert (monthly[1, "2026-01"], monthly[2, "2026-01"]) == ("late", "overdue")


@pytest.mark.parametrize(
    ("command", "owed"),
    [
        ("member add 赵六 --joined 2020-07-01 --since 2026-03-10", SIX_MONTHS[3:]),
        ("member add 赵六 --joined 2020-07-01 --since 2026-03-01", SIX_MONTHS[2:]),
        (
            "member add 赵六 --joined 2020-07-01 --since 2026-03-10 --dues-to 2026-01",
            SIX_MONTHS[1:],
        ),
        ("member add 赵六 --joined 2020-07-01 --since 2026-03-10 --dues-to 2026-05", ["2026-06"]),
        ("member add 赵六 --joined 2020-07-01 --since 2026-03-10 --dues-to 2025-10", SIX_MONTHS),
        ("member add 赵六 --joined 2026-03-18 --probationary", SIX_MONTHS[2:]),
        ("member leave 王五 --on 2026-05-10", SIX_MONTHS[:5]),
        ("member leave 王五 --on 2026-05-10 --dues-to 2026-03", SIX_MONTHS[:3]),
    ],
)
def test_the_months_owed_follow_from_coming_and_going(branch: Run, command: str, owed: list[str]):
    branch(command)

    assert unpaid(branch, command.split()[2], "2026-07-01") == owed


def test_months_that_are_not_the_members_are_not_paid_here(branch: Run, refused: Refused):
    branch("member add 赵六 --joined 2020-07-01 --since 2026-03-10 --dues-to 2026-02")
    branch("member leave 赵六 --on 2026-05-10")

    assert "赵六转入时党费已交至" in refused("dues pay 赵六 --month 2026-02 --amount 10", 5)
    assert "赵六已离开，党费交至 2026-05" in refused("dues pay 赵六 --month 2026-06 --amount 10", 5)
    assert "还不是党员" in refused(
        "dues exempt 王五 --from 2020-06 --to 2020-07 --reason 病 --approved-by 支委会", 5
    )


def test_before_coming_without_a_letter_nothing_is_paid_here(branch: Run, refused: Refused):
    branch("member add 赵六 --joined 2020-07-01 --since 2026-03-10")

    err = refused("dues pay 赵六 --month 2026-02 --amount 10 --on 2026-03-12", 5)
    assert "赵六 2026-03-10 才到本支部" in err
    assert "partyctl member edit '#4' --dues-to 2026-01" in err
    assert "才到本支部" in refused("dues pay 赵六 --month 2026-02 --on 2026-03-12", 5)

    branch("dues pay 赵六 --month 2026-03 --amount 10 --on 2026-03-12")
    branch("member edit '#4' --dues-to 2026-01")
    branch("dues pay 赵六 --month 2026-02 --amount 10 --on 2026-03-12")
    assert unpaid(branch, "赵六", "2026-05-01") == ["2026-04"]


@pytest.mark.parametrize("as_of", ["2026-01-20", "2026-03-20"])
def test_arrears_from_before_the_ledger_are_shown(branch: Run, as_of: str):
    branch("dues assess 张三 --base 5100 --from 2026-01")
    branch("dues pay 张三 --month 2025-12 --amount 76.50 --on 2026-01-05 --consent 2026-01-04")

    [month] = branch(f"dues status --month 2025-12 --as-of {as_of} --json").json["members"]
    assert (month["name"], month["owed"], month["paid"]) == ("张三", 0, 7650)
    [whole] = [
        each
        for each in branch(f"dues status --as-of {as_of} --json").json["members"]
        if each["name"] == "张三"
    ]
    assert (whole["paid"], whole["prepaid"], whole["received"]) == (7650, 0, 7650)


def test_a_ledger_that_starts_within_a_month_begins_with_the_next(run: Run):
    run("init --organ 市某局党组 --branch 机关支部 --since 2026-03-02")
    run("member add 张三 --joined 2010-07-01")

    assert unpaid(run, "张三", "2026-06-01") == ["2026-04", "2026-05"]


def test_an_exempt_month_is_waived_from_the_day_of_the_decision(branch: Run, standing):
    branch(
        "dues exempt 王五 --from 2026-02 --to 2026-03 --on 2026-02-10"
        " --reason 生活困难 --approved-by 支委会"
    )

    assert standing("dues-monthly", "2026-02-09")[3, "2026-02"] == "due"
    assert standing("dues-monthly", "2026-02-10")[3, "2026-02"] == "waived"
    assert unpaid(branch, "王五", "2026-05-01") == ["2026-01", "2026-04"]


def test_six_months_without_dues_open_a_procedure_and_change_no_standing(branch: Run, standing):
    assert standing("dues-lapse", "2026-06-30") == {}
    assert standing("dues-lapse", "2026-07-01")[3, "2026-07-01"] == "due"

    for step, day in (("education", "07-10"), ("党员大会决定", "07-20"), ("superior", "08-10")):
        branch(f"dues lapse 王五 --step {step} --on 2026-{day}")

    assert standing("dues-lapse", "2026-08-09")[3, "2026-07-01"] == "due"
    assert standing("dues-lapse", "2026-08-10")[3, "2026-07-01"] == "met"
    assert "王五" in branch("member list").out


def test_the_approval_ends_the_procedure_and_the_next_begins_with_education(
    branch: Run, refused: Refused
):
    for step, day in (("education", "07-10"), ("meeting", "07-20"), ("superior", "08-10")):
        branch(f"dues lapse 王五 --step {step} --on 2026-{day}")
    said = refused("dues lapse 王五 --step meeting --on 2026-09-01", 5)
    assert "partyctl dues lapse '#3' --step 教育 --on …" in said
    branch("dues lapse 王五 --step education --on 2026-09-01")
    branch("dues lapse 王五 --step meeting --on 2026-09-02")


def test_the_steps_of_the_procedure_come_in_their_order(branch: Run, refused: Refused):
    assert "“党员大会决定”之前应先有“教育”" in refused(
        "dues lapse 王五 --step meeting --on 2026-07-10", 5
    )
    branch("dues lapse 王五 --step education --on 2026-07-10")
    assert "“上级批准”之前应先有“党员大会决定”" in refused(
        "dues lapse 王五 --step superior --on 2026-07-20", 5
    )
    assert "“党员大会决定”之前应先有“教育”" in refused(
        "dues lapse 王五 --step meeting --on 2026-07-09", 5
    )
    branch("dues lapse 王五 --step education --on 2026-07-15")
    branch("dues lapse 王五 --step meeting --on 2026-07-12")  # comes after the first education
    assert "没有“expel”这种步骤" in refused("dues lapse 王五 --step expel --on 2026-07-20", 2)
