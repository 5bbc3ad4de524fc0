"""支部·七3: the rates of dues, each with its first day and the text that sets it.

The rate of a bracket applies to the whole income base (全额累进), not only to the part within the
bracket: for a base of 5100.00, the dues are 76.50; for 4900.00, they are 49.00. This jump
of the dues at bases of 3000, 5000 and 10000 is intended by the national text. In the code, amounts
are in 分 and rates are in ten-thousandths.
"""

from datetime import date

from partyctl.bilingual import NOTHING, Told, alike, in_brackets, joined
from partyctl.calendar import period_named
from partyctl.errors import BadUsage, Refused
from partyctl.light import NamedTuple
from partyctl.money import print_yuan, share
from partyctl.terms import Category, dated


class Bracket(NamedTuple):
    """The rate for income bases up to and including `up_to` (None: without limit)."""

    up_to: int | None
    rate: int


class Fixed(NamedTuple):
    """Monthly dues that do not depend on income. The amount is between `least` and `most`, in 分."""

    least: int
    most: int


class Tariff(NamedTuple):
    """The rates that one text sets, from the day it came into force."""

    text: str
    in_force: date
    rates: dict[Category, tuple[Bracket, ...] | Fixed]


DUES_RULES_2008 = Tariff(
    "中组发〔2008〕3号",
    date(2008, 4, 1),
    {
        Category.EMPLOYED: (
            Bracket(3000_00, 50),
            Bracket(5000_00, 100),
            Bracket(10000_00, 150),
            Bracket(None, 200),
        ),
        Category.RETIRED: (Bracket(5000_00, 50), Bracket(None, 100)),
        Category.STUDENT: Fixed(20, 20),
        Category.UNEMPLOYED: Fixed(20, 20),
        Category.FARMER: Fixed(20, 100),
    },
)

TARIFFS = (DUES_RULES_2008,)


class Assessed(NamedTuple):
    """A month's dues in 分, and one line that shows the calculation."""

    amount: int
    working: Told


def assess(category: Category, base: int | None, month: str, chosen: int | None = None) -> Assessed:
    """Compute a member's monthly dues in 分 from the category and the income base in 分.

    `chosen`: the agreed amount, if the rates give a range (farmers: 0.20 to 1.00). Raises Refused
    if the month is before the first tariff or `chosen` is outside the range, and BadUsage if the
    base is missing, or if `chosen` is given although the dues depend on income.
    """
    tariff = tariff_of(month)
    rates = tariff.rates[category]
    if isinstance(rates, Fixed):
        amount = rates.least if chosen is None else chosen
        if not rates.least <= amount <= rates.most:
            limits = f"{print_yuan(rates.least)}–{print_yuan(rates.most)}"
            raise Refused(
                Told(
                    f"{category.chinese}党员每月交 {limits} 元（{tariff.text}），不能核定为 "
                    f"{print_yuan(amount)} 元。",
                    f"A {category} member pays {limits} yuan a month ({tariff.text}), "
                    f"not {print_yuan(amount)}.",
                ),
            )
        return Assessed(amount, _working(dated(category, print_yuan(amount)), tariff))
    if base is None:
        raise BadUsage(
            Told(
                f"{category.chinese}党员按收入核定，还缺计算基数 --base。",
                f"The dues of a {category} member depend on income: --base is missing.",
            )
        )
    if chosen is not None:
        raise BadUsage(
            Told(
                f"{category.chinese}党员按收入核定，不能写 --amount。",
                f"The dues of a {category} member depend on income: --amount has no effect.",
            ),
            Told("去掉 --amount", "leave out --amount"),
        )
    rate = _rate(rates, base)
    amount = share(base, rate)
    sum_ = f"{print_yuan(base)} × {rate // 100}.{rate % 100 // 10}% = {print_yuan(amount)}"
    return Assessed(amount, _working(alike(sum_), tariff))


def _working(calculation: Told, tariff: Tariff) -> Told:
    return joined((calculation, in_brackets(alike(tariff.text))), NOTHING)


def _rate(rates: tuple[Bracket, ...], base: int) -> int:
    return next(each.rate for each in rates if each.up_to is None or base <= each.up_to)


def rate_of(category: Category, base: int | None, month: str) -> int | None:
    """The rate for an income base in a month, in ten-thousandths.

    The result is None if the amount is fixed, or if there is no base (an erased base, for example).
    """
    rates = tariff_of(month).rates[category]
    return None if base is None or isinstance(rates, Fixed) else _rate(rates, base)


def is_fixed(category: Category, month: str) -> bool:
    """Whether the dues of a category for a month are independent of the member's income."""
    return isinstance(tariff_of(month).rates[category], Fixed)


def tariff_of(month: str) -> Tariff:
    """The rates in force on the first day of a month. Raises Refused if no rates were in force yet."""
    first = period_named(month).first
    for tariff in reversed(TARIFFS):
        if tariff.in_force <= first:
            return tariff
    earliest = TARIFFS[0]
    raise Refused(
        Told(
            f"{month} 早于已收录的最早党费标准（{earliest.text}，{earliest.in_force} 起）。",
            f"{month} is before the earliest tariff known ({earliest.text}, "
            f"from {earliest.in_force}).",
        )
    )
