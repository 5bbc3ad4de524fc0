"""`partyctl dues pay|assess` for several members at once: everything is recorded, or nothing."""

import pytest

from tests.cli.conftest import Refused
from tests.conftest import Run

PAY = "dues pay --all --month 2026-01 --on 2026-01-20"


@pytest.fixture
def assessed(branch: Run) -> Run:
    """Three members who owe 76.50, 15.00 and 15.00 yuan a month."""
    branch("dues assess 张三 --base 5100 --from 2026-01")
    branch("dues assess 李四,王五 --base 3000 --from 2026-01")
    return branch


def paid(run: Run, month: str) -> dict[str, int]:
    found = run(f"dues status --month {month} --as-of 2026-12-31 --json").json["members"]
    return {each["name"]: each["paid"] for each in found}


def test_everybody_pays_what_was_assessed(assessed: Run):
    answer = assessed(PAY)

    assert answer.out.splitlines() == [
        "已登记交费 #4 张三：2026-01 76.50",
        "已登记交费 #5 李四：2026-01 15.00",
        "已登记交费 #6 王五：2026-01 15.00",
        "共 3 人，106.50 元",
    ]
    assert paid(assessed, "2026-01") == {"张三": 7650, "李四": 1500, "王五": 1500}


def test_one_undo_takes_back_everybodys_payment(assessed: Run):
    assessed(PAY)

    assessed("undo")

    assert paid(assessed, "2026-01") == {"张三": 0, "李四": 0, "王五": 0}


def test_whoever_paid_or_need_not_pay_is_left_alone_and_named(assessed: Run):
    assessed("dues pay 张三 --month 2026-01 --on 2026-01-05")
    exempt = "--from 2026-01 --to 2026-01 --reason 病 --approved-by 支委会 --on 2026-01-02"
    assessed(f"dues exempt 王五 {exempt}")

    answer = assessed(PAY)

    assert answer.out.splitlines() == ["已登记交费 #6 李四：2026-01 15.00", "共 1 人，15.00 元"]
    assert answer.err.splitlines() == ["未登记：张三 已交足；王五 免交"]
    assert assessed(PAY).out == "没有要登记的，什么都没有写入。\n"


def test_a_command_for_all_leaves_out_the_months_that_a_decision_waived(assessed: Run):
    waived = "--period 2026-01 --reason 困难 --decided-on 2026-01-10 --decided-by 支委会"
    assessed(f"waive dues-monthly --subject 王五 {waived}")
    assessed(f"waive dues-monthly --subject 李四 {waived}")
    assessed("waive void 2 --reason 录错")
    both = "dues pay --all --month 2026-01..2026-02 --on 2026-02-20 --consent 2026-02-19"

    answer = assessed(PAY)
    assert answer.err.splitlines() == ["未登记：王五 已免除"]
    assert "共 2 人，91.50 元" in answer.out
    assert "王五：2026-02 15.00\n" in assessed(both).out
    assert paid(assessed, "2026-01") == {"张三": 7650, "李四": 1500, "王五": 0}
    assert "王五：2026-01 15.00\n" in assessed(PAY.replace("--all", "王五")).out


def test_what_was_paid_in_part_is_paid_up(assessed: Run):
    assessed("dues pay 张三 --month 2026-01 --amount 50 --on 2026-01-05")

    assert "张三：2026-01 26.50" in assessed(PAY).out


def test_a_run_of_months_holds_for_each_only_those_that_are_owed(assessed: Run):
    assessed("member add 赵六 --joined 2015-07-01 --since 2026-02-10")
    assessed("dues assess 赵六 --base 3000 --from 2026-03")
    assessed("member leave 李四 --on 2026-02-15 --dues-to 2026-02")

    out = assessed("dues pay --all --month 2026-01..2026-03 --on 2026-03-20").out

    assert "李四：2026-01 15.00，2026-02 15.00\n" in out
    assert "赵六：2026-03 15.00\n" in out
    # 李四 owes nothing for March; in March, 李四 paid for other months
    assert paid(assessed, "2026-03") == {"张三": 7650, "李四": 0, "王五": 1500, "赵六": 1500}


def test_nobody_pays_where_somebody_was_never_assessed(assessed: Run, refused: Refused):
    assessed("member add 赵六 --joined 2015-07-01")
    assessed("member add 周八 --joined 2015-07-01")

    said = refused(PAY, code=5)

    assert "赵六 2026-01 还没有核定党费" in said
    assert "周八 2026-01 还没有核定党费" in said
    assert said.splitlines()[-1] == "  → --except 赵六,周八"
    assert "共 3 人" in assessed(f"{PAY} --except 赵六,周八").out


def test_an_amount_is_the_same_for_everybody_and_needs_no_assessment(branch: Run):
    out = branch(f"{PAY} --amount 10 --except 李四").out

    assert out.splitlines()[-1] == "共 2 人，20.00 元"
    assert paid(branch, "2026-01") == {"张三": 1000, "李四": 0, "王五": 1000}


def test_those_named_pay_what_is_left_of_the_months(assessed: Run):
    assessed("dues pay 张三 --month 2026-01 --on 2026-01-05")

    out = assessed("dues pay 张三，李四 --month 2026-01..2026-02 --on 2026-02-05").out

    assert out.splitlines()[:2] == [
        "已登记交费 #5 张三：2026-02 76.50",
        "已登记交费 #6 李四：2026-01 15.00，2026-02 15.00",
    ]


@pytest.mark.parametrize(
    ("line", "code", "told"),
    [
        ("dues pay 张三,钱九,孙十 --month 2026-01", 4, ["钱九", "孙十"]),
        ("dues pay 张三,李四 --month 2009-01", 5, ["张三 2010-07-01 入党", "李四 2015-07-01 入党"]),
        (
            "dues pay 李四,王五 --month 2025-12",
            5,
            ["李四 2025-12 不在台账起算", "王五 2025-12 不在台账起算"],
        ),
        ("dues pay --month 2026-01", 2, ["--all"]),
        ("dues pay ， --month 2026-01", 2, ["没有写是谁"]),
        ("dues pay 张三 --all --month 2026-01", 2, ["--all"]),
        ("dues pay 张三 --except 李四 --month 2026-01", 2, ["--except"]),
        ("dues pay --all --except 钱九 --month 2026-01", 4, ["钱九"]),
        ("dues assess --all --base 5000 --from 2026-01", 2, ["--base"]),
    ],
)
def test_all_reasons_are_told_and_nothing_is_written(
    assessed: Run, refused: Refused, line: str, code: int, told: list[str]
):
    said = refused(line, code=code)

    assert all(each in said for each in told), said


def test_months_paid_in_full_are_refused_for_each_of_those_named(assessed: Run, refused: Refused):
    assessed(PAY)

    said = refused("dues pay 张三,李四 --month 2026-01", code=5)

    assert "张三 2026-01 的党费已交足" in said
    assert "李四 2026-01 的党费已交足" in said


def test_json_is_the_record_of_one_and_a_list_for_several(assessed: Run):
    one = assessed("dues pay 张三 --month 2026-01 --on 2026-01-05 --json").json
    several = assessed("dues pay --all --month 2026-01 --on 2026-01-05 --json").json

    assert (one["member"], one["amount"]) == ("张三", 7650)
    assert [(each["member"], each["amount"]) for each in several] == [
        ("李四", 1500),
        ("王五", 1500),
    ]


def test_people_of_one_name_are_named_by_number(assessed: Run, refused: Refused):
    assessed("member add 李四 --joined 2018-07-01")

    assert "--except #4" in refused(PAY, code=5)
    assert "#1" not in assessed("dues pay #2,张三 --month 2026-01 --on 2026-01-20").out
    assert refused("dues pay 李四,张三 --month 2026-02", code=4)


def test_with_two_branches_one_is_named(assessed: Run, refused: Refused):
    assessed("branch add 第二支部 --founded 2020-01-01")
    assessed("--branch 第二支部 member add 吴九 --joined 2015-07-01")
    assessed("dues assess 吴九 --base 3000 --from 2026-01")

    assert "有几个党支部" in refused(PAY, code=2)

    assert "吴九" in assessed(f"--branch 第二支部 {PAY}").out
    assert "共 3 人" in assessed(f"--branch 机关支部 {PAY}").out


def test_a_year_is_assessed_anew_by_the_bases_on_record(assessed: Run):
    assessed("member add 学生 --joined 2020-07-01 --category student")

    out = assessed("dues assess --all --from 2027-01").out

    assert out.splitlines() == [
        "已核定 #4 张三 2027-01 起每月 76.50 元：5100.00 × 1.5% = 76.50（中组发〔2008〕3号）",
        "已核定 #5 李四 2027-01 起每月 15.00 元：3000.00 × 0.5% = 15.00（中组发〔2008〕3号）",
        "已核定 #6 王五 2027-01 起每月 15.00 元：3000.00 × 0.5% = 15.00（中组发〔2008〕3号）",
        "已核定 #7 学生 2027-01 起每月 0.20 元：学生 0.20（中组发〔2008〕3号）",
    ]


def test_those_assessed_from_that_month_already_are_left_alone(assessed: Run):
    assessed("dues assess 张三 --base 6000 --from 2027-01")

    answer = assessed("dues assess --all --from 2027-01")

    assert "张三" not in answer.out
    assert answer.err == "未登记：张三 2027-01 起已核定\n"


def test_a_farmer_keeps_the_amount_that_was_agreed(branch: Run):
    branch("dues assess 李四,王五 --base 3000 --from 2026-01")
    branch("member edit 张三 --category farmer")
    branch("dues assess 张三 --amount 0.5 --from 2026-01")

    assert "张三 2027-01 起每月 0.50 元" in branch("dues assess --all --from 2027-01").out


def test_within_the_year_the_reason_is_asked_for(assessed: Run, refused: Refused):
    assert "--reason" in refused("dues assess --all --from 2026-07", code=2)
    assert "王五" in assessed("dues assess --all --from 2026-07 --reason 工资普调").out


def test_nobody_is_assessed_anew_where_a_base_is_unknown_or_another_is_due(
    assessed: Run, refused: Refused
):
    assessed("member add 赵六 --joined 2015-07-01")
    assessed("member edit 李四 --category retired")

    said = refused("dues assess --all --from 2027-01", code=5)

    assert "赵六还没有核定过" in said
    assert "李四上次按在职核定，现在是离退休" in said
    assert "--except 李四,赵六" in said
