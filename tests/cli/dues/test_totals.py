"""R-15: payments, remittances, voids and undos in any order leave every total exact to the 分.

The test keeps the expected payments and remittances in two dictionaries. At the end, the test voids
all payments and remittances, and the totals must be zero.
"""

import random
import re
from decimal import Decimal
from typing import NamedTuple

import pytest

from tests.conftest import Run

PEOPLE = ("张三", "李四", "王五")
MONTHS = ("2026-01", "2026-02", "2026-03")
AS_OF = "2026-04-10"


class Kept(NamedTuple):
    """One payment or remittance: amount in 分, day, month (or quarter remitted), member."""

    amount: int
    on: str
    month: str
    who: str = ""


Record = dict[int, Kept]


class Purse:
    """The payments and remittances that the test expects in the ledger."""

    def __init__(self) -> None:
        self.paid: Record = {}
        self.remitted: Record = {}
        self.numbers = {"paid": 0, "remitted": 0}

    def received(self, month: str | None = None) -> int:
        """The sum received in a month, or in all months."""
        return sum(each.amount for each in self.paid.values() if month in (None, each.on[:7]))

    def handed_on(self, month: str | None = None) -> int:
        return sum(each.amount for each in self.remitted.values() if month in (None, each.on[:7]))


class Clerk:
    """Run a random command, and update the expected state."""

    def __init__(self, run: Run, seed: int) -> None:
        self.run, self.chance, self.purse = run, random.Random(seed), Purse()

    def act(self) -> None:
        weighted = [self.pay] * 4 + [self.remit] * 2 + [self.void, self.void_remitted, self.undo]
        self.chance.choice(weighted)()

    def pay(self) -> None:
        month, who = self.chance.choice(MONTHS), self.chance.choice(PEOPLE)
        kept = Kept(
            self.chance.randint(1, 99_999), f"{month}-{self.chance.randint(1, 28):02}", month, who
        )
        self.run(f"dues pay {who} --month {month} --amount {yuan(kept.amount)} --on {kept.on}")
        self.purse.numbers["paid"] += 1
        self.purse.paid[self.purse.numbers["paid"]] = kept

    def remit(self) -> None:
        """Check that one 分 more than the balance is refused; then remit a part of the balance."""
        left = max(self.purse.received() - self.purse.handed_on(), 0)
        line = "dues remit 2026-Q1 --on 2026-03-31 --amount "
        said = self.run(f"{line}{yuan(left + 1)}", code=5).err
        assert f"只有 {yuan(left)} 元，不能上缴 {yuan(left + 1)} 元" in said
        amount = self.chance.randint(1, left) if left else 0
        if amount:
            self.run(f"{line}{yuan(amount)}")
            self.purse.numbers["remitted"] += 1
            self.purse.remitted[self.purse.numbers["remitted"]] = Kept(
                amount, "2026-03-31", "2026-Q1"
            )

    def void(self) -> None:
        """Void a payment, even if the branch has already remitted the money.

        If the balance becomes negative, the dues book shows it as negative.
        """
        if not self.purse.paid:
            return
        number = self.chance.choice(sorted(self.purse.paid))
        self.run(f"dues void {number} --reason 误登")
        del self.purse.paid[number]

    def void_remitted(self) -> None:
        if self.purse.remitted:
            number = self.chance.choice(sorted(self.purse.remitted))
            self.run(f"dues remit-void {number} --reason 误登")
            del self.purse.remitted[number]

    def undo(self) -> None:
        """Record a payment and undo it."""
        self.pay()
        self.run("undo")
        del self.purse.paid[self.purse.numbers["paid"]]

    def require_exact(self) -> None:
        """Check that every total of the ledger is the expected one."""
        purse = self.purse
        [book] = self.run(f"dues book --period 2026 --as-of {AS_OF} --json").json["branches"]
        assert book["opening"] == 0
        assert (book["received"], book["remitted"]) == (purse.received(), purse.handed_on())
        assert book["balance"] == purse.received() - purse.handed_on()
        for month in book["months"]:
            said = month["month"]
            assert (month["received"], month["remitted"]) == (
                purse.received(said),
                purse.handed_on(said),
            )
        listed = self.run("dues list").out
        whole = re.search(r"共 ([\d.]+) 元", listed)
        assert (cents(whole[1]) if whole else 0) == purse.received()
        rows = self.run("dues list --json").json
        for who in PEOPLE:
            own = sum(each.amount for each in purse.paid.values() if each.who == who)
            assert sum(row["amount"] for row in rows if row["member"] == who) == own


def yuan(amount: int) -> str:
    return f"{amount // 100}.{amount % 100:02}"


def cents(yuan: str) -> int:
    return int(Decimal(yuan) * 100)


@pytest.mark.parametrize(
    ("seed", "acts"), [(15, 12), *(pytest.param(n, 60, marks=pytest.mark.hard) for n in range(3))]
)
def test_every_total_is_exact_whatever_was_done(branch: Run, seed: int, acts: int):
    clerk = Clerk(branch, seed)
    for number in range(acts):
        clerk.act()
        if number % 4 == 3:
            clerk.require_exact()

    for number in sorted(clerk.purse.remitted):
        branch(f"dues remit-void {number} --reason 误登")
    for number in sorted(clerk.purse.paid):
        branch(f"dues void {number} --reason 误登")
    clerk.purse = Purse()
    clerk.require_exact()


def test_a_sum_in_floating_point_is_off():
    """If the amounts were floats instead of integers, their sum would be wrong."""
    amounts = [10, 20] * 3 + [1] * 999
    assert sum(amount / 100 for amount in amounts) * 100 != sum(amounts)
