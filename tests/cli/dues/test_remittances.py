"""`partyctl dues remit|book`: dues handed to the superior, and the balance. Amounts in JSON are in 分."""

import random
from datetime import date, timedelta

import pytest

from partyctl.calendar import period_named
from partyctl.law.dues.cash import Movement, by_month, lowest_from
from tests.cli.conftest import Refused
from tests.conftest import Run


@pytest.fixture
def paid(branch: Run) -> Run:
    """The members paid 150.00 yuan in January 2026 and 90.00 yuan in February."""
    branch("dues pay 张三,李四,王五 --month 2026-01 --amount 50 --on 2026-01-20")
    branch("dues pay 张三,李四,王五 --month 2026-02 --amount 30 --on 2026-02-20")
    return branch


def book(run: Run, said: str = "--period 2026 --as-of 2026-04-10") -> dict:
    [found] = run(f"dues book {said} --json").json["branches"]
    return found


def test_received_handed_on_and_left_month_by_month(paid: Run):
    out = paid("dues remit 2026-Q1 --amount 200 --on 2026-04-05 --to 机关党委 --receipt 缴001").out
    assert out == "已登记上缴党费 #1 2026-04-05 机关党委 2026-Q1 200.00 元\n"

    found = book(paid)

    assert (found["opening"], found["received"], found["remitted"]) == (0, 24000, 20000)
    assert found["balance"] == 4000
    assert [(m["month"], m["received"], m["remitted"], m["balance"]) for m in found["months"]] == [
        ("2026-01", 15000, 0, 15000),
        ("2026-02", 9000, 0, 24000),
        ("2026-03", 0, 0, 24000),
        ("2026-04", 0, 20000, 4000),
    ]
    [row] = found["remittances"]
    assert (row["period"], row["remitted_to"], row["receipt"]) == ("2026-Q1", "机关党委", "缴001")
    shown = paid("dues book --period 2026 --as-of 2026-04-10").out
    assert "上缴 #1 2026-04-05 机关党委 2026-Q1 200.00 元 收据 缴001" in shown
    assert "40.00" in shown


def test_a_later_period_begins_with_what_was_left(paid: Run):
    paid("dues remit 2026-01 --amount 100 --on 2026-02-02")

    found = book(paid, "--period 2026-02 --as-of 2026-12-31")

    assert found["opening"] == 15000
    assert (found["received"], found["remitted"], found["balance"]) == (9000, 10000, 14000)
    assert book(paid, "--period 2026-06 --as-of 2026-12-31")["balance"] == 14000


def test_nobody_sees_what_comes_after_the_day_that_is_asked_for(paid: Run):
    paid("dues remit 2026-01 --amount 100 --on 2026-02-02")
    assert book(paid, "--as-of 2026-01-31")["remittances"] == []
    assert book(paid, "--as-of 2026-01-31")["balance"] == 15000


@pytest.mark.parametrize(
    ("line", "code", "told"),
    [
        ("dues remit 2026-Q1 --amount 240.01 --on 2026-04-05", 5, "结存的党费只有 240.00 元"),
        ("dues remit 2026-01 --amount 150.01 --on 2026-02-01", 5, "结存的党费只有 150.00 元"),
        ("dues remit 2026-Q2 --amount 10 --on 2026-03-05", 5, "还没有开始"),
        ("dues remit 2026-13 --amount 10", 2, "2026-13"),
        ("dues remit 2026-01 --on 2026-02-01", 2, "--amount"),
        ("dues remit-void 7 --reason 误登", 4, "#7"),
    ],
)
def test_what_cannot_be_is_refused(paid: Run, refused: Refused, line: str, code: int, told: str):
    assert told in refused(line, code)


def test_an_earlier_remittance_may_not_use_what_a_later_one_used(paid: Run, refused: Refused):
    paid("dues remit 2026-Q1 --amount 200 --on 2026-04-05")
    assert "结存的党费只有 40.00 元" in refused("dues remit 2026-01 --amount 41 --on 2026-02-02", 5)
    assert "#1" in refused("dues remit 2026-Q1 --amount 200 --on 2026-04-05", 5)


def test_what_was_received_before_the_ledger_changes_no_balance(paid: Run):
    paid("dues remit 2025-Q4 --amount 900 --on 2026-01-05")

    assert book(paid)["balance"] == 24000
    assert book(paid)["remittances"][0]["counted"] is False
    assert "建账前收的" in paid("dues book --period 2026").out


def test_it_is_voided_and_undone(paid: Run, refused: Refused):
    paid("dues remit 2026-01 --amount 150 --on 2026-02-01")
    paid("dues remit-void 1 --reason 误登")
    assert book(paid)["balance"] == 24000
    paid("dues remit 2026-Q1 --amount 240 --on 2026-04-01")
    assert "#1" in paid("journal list").out
    paid("undo")
    paid("undo")
    assert book(paid)["balance"] == 9000


def test_each_branch_has_its_own_cash(paid: Run, refused: Refused):
    paid("branch add 第二支部 --founded 2020-01-01")
    assert "有几个党支部" in refused("dues remit 2026-01 --amount 10 --on 2026-02-01", 2)
    assert "结存的党费只有 0.00 元" in refused(
        "--branch 第二支部 dues remit 2026-01 --amount 10 --on 2026-02-01", 5
    )
    paid("--branch 机关支部 dues remit 2026-01 --amount 10 --on 2026-02-01")
    answer = paid("dues book --period 2026 --as-of 2026-04-10 --json").json["branches"]
    assert [(each["branch"], each["balance"]) for each in answer] == [
        ("机关支部", 23000),
        ("第二支部", 0),
    ]


def test_the_cash_is_what_a_purse_would_hold():
    chance = random.Random(7)
    for _ in range(200):
        days = [date(2026, 1, 1) + timedelta(days=chance.randrange(300)) for _ in range(12)]
        moved = [Movement(day, chance.choice((-30, -7, 5, 40))) for day in days]
        purse, at_the_end = 0, {}
        for n in range(310):
            day = date(2026, 1, 1) + timedelta(days=n)
            purse += sum(each.amount for each in moved if each.on == day)
            at_the_end[day] = purse
        start = chance.choice(days)
        assert lowest_from(moved, start) == min(v for d, v in at_the_end.items() if d >= start)
        found = by_month(moved, period_named("2026-Q2"), date(2026, 12, 31))
        ends = [date(2026, 4, 30), date(2026, 5, 31), date(2026, 6, 30)]
        assert [each.balance for each in found] == [at_the_end[day] for day in ends]
