"""Money and the tariff against exact fractions; nothing on the way is ever a float."""

import ast
import random
from datetime import date
from fractions import Fraction
from math import floor
from pathlib import Path

import pytest

import partyctl
from partyctl.errors import BadUsage, Refused
from partyctl.law.dues.tariff import DUES_RULES_2008, TARIFFS, assess, tariff_of
from partyctl.money import print_yuan, read_yuan, share
from partyctl.terms import Category

HALF = Fraction(1, 2)


def random_amounts(count: int, seed: int) -> list[int]:
    """Amounts in 分, most of them incomes, some tiny and some beyond any income."""
    dice = random.Random(seed)
    return [dice.randrange(10 ** dice.choice((3, 5, 6, 7, 7, 7, 11))) for _ in range(count)]


@pytest.mark.parametrize(
    ("typed", "fen"),
    [
        ("76.50", 7650),
        ("76.5", 7650),
        ("76", 7600),
        ("0", 0),
        ("0.01", 1),
        ("0.1", 10),
        ("007", 700),
        (" 76.50 ", 7650),
        ("１２．５", 1250),
        ("７6.５0", 7650),
        ("\u300012", 1200),
        ("999999999.99", 99_999_999_999),
    ],
)
def test_an_amount_is_read_as_fen(typed, fen):
    assert read_yuan(typed) == fen


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        ".",
        "1e3",
        "76.505",
        "-5",
        "+5",
        "-0",
        "5.",
        ".5",
        "1.2.3",
        "7,650",
        "7，650",
        "76 .50",
        "7_650",
        "0x10",
        "nan",
        "inf",
        "1/2",
        "五",
        "76元",
        "¥76",
        "1234567890",
        "5²",
        "①",
        "½",
        "٣",
        "७",
        "76.50\n76.50",
        "76.5\u200b0",
        "１２．５０５",
        "－5",
        "None",
    ],
)
def test_what_is_no_plain_amount_is_refused(typed):
    with pytest.raises(BadUsage) as refused:
        read_yuan(typed)
    assert refused.value.sentence.startswith("金额读不出来：")  # whose income it may be


def test_what_is_typed_is_exactly_what_is_stored():
    for fen in random_amounts(20_000, seed=1):
        yuan = Fraction(fen, 100)
        for typed in {f"{floor(yuan)}.{fen % 100:02d}", print_yuan(fen)}:
            assert Fraction(read_yuan(typed), 100) == Fraction(typed) == yuan


@pytest.mark.parametrize(
    ("fen", "printed"),
    [(7650, "76.50"), (0, "0.00"), (1, "0.01"), (10, "0.10"), (-5, "-0.05"), (-7650, "-76.50")],
)
def test_an_amount_is_printed_with_two_decimals(fen, printed):
    assert print_yuan(fen) == printed


def test_a_share_is_the_exact_fraction_rounded_half_up():
    dice = random.Random(2)
    for fen in random_amounts(100_000, seed=3):
        rate = dice.choice((50, 100, 150, 200, dice.randrange(10_001)))
        assert share(fen, rate) == floor(Fraction(fen * rate, 10_000) + HALF)


def test_half_a_fen_is_rounded_up():
    assert share(100, 50) == 1  # 0.5 分
    assert share(99, 50) == 0
    assert share(300, 50) == 2  # 1.5 分
    assert share(510000, 150) == 7650


# The tariff: the table of the 2008 rules, value by value


@pytest.mark.parametrize(
    ("base", "due"),
    [
        ("3000", "15.00"),
        ("3000.01", "30.00"),
        ("4900", "49.00"),
        ("5000", "50.00"),
        ("5000.01", "75.00"),
        ("5100", "76.50"),
        ("10000", "150.00"),
        ("10000.01", "200.00"),
        ("50000", "1000.00"),
        ("0", "0.00"),
        ("0.01", "0.00"),
        ("1", "0.01"),
    ],
)
def test_the_dues_of_the_employed(base, due):
    assert assess(Category.EMPLOYED, read_yuan(base), "2026-01").amount == read_yuan(due)


@pytest.mark.parametrize(
    ("base", "due"),
    [
        ("3000", "15.00"),
        ("4900", "24.50"),
        ("5000", "25.00"),
        ("5000.01", "50.00"),
        ("5100", "51.00"),
        ("10000", "100.00"),
        ("10000.01", "100.00"),
        ("50000", "500.00"),
    ],
)
def test_the_dues_of_the_retired(base, due):
    assert assess(Category.RETIRED, read_yuan(base), "2026-01").amount == read_yuan(due)


def rate_of(category: Category, base: int) -> Fraction:
    """The rate of the table, per cent, read from the top bracket down."""
    yuan = Fraction(base, 100)
    if category is Category.RETIRED:
        return Fraction(1) if yuan > 5000 else HALF
    if yuan > 10000:
        return Fraction(2)
    if yuan > 5000:
        return Fraction(3, 2)
    return Fraction(1) if yuan > 3000 else HALF


def test_the_rate_of_the_bracket_applies_to_the_whole_base():
    for base in random_amounts(20_000, seed=4):
        for category in (Category.EMPLOYED, Category.RETIRED):
            exact = base * rate_of(category, base) / 100
            assert assess(category, base, "2026-01").amount == floor(exact + HALF)


def test_the_working_of_an_assessment_says_base_rate_and_result():
    assessed = assess(Category.EMPLOYED, 510000, "2026-01")
    assert assessed.working.startswith("5100.00 × 1.5% = 76.50")
    assert DUES_RULES_2008.text in assessed.working
    assert "× 0.5% =" in assess(Category.EMPLOYED, 300000, "2026-01").working
    assert "× 2.0% =" in assess(Category.EMPLOYED, 5000000, "2026-01").working


@pytest.mark.parametrize("category", [Category.STUDENT, Category.UNEMPLOYED])
def test_students_and_the_unemployed_pay_twenty_fen_whatever_their_income(category):
    assert assess(category, None, "2026-01").amount == 20
    assert assess(category, 800000, "2026-01").amount == 20
    with pytest.raises(Refused):
        assess(category, None, "2026-01", chosen=21)


def test_farmers_pay_between_twenty_fen_and_one_yuan():
    assert assess(Category.FARMER, None, "2026-01").amount == 20
    assert assess(Category.FARMER, None, "2026-01", chosen=20).amount == 20
    assert assess(Category.FARMER, None, "2026-01", chosen=100).amount == 100
    for chosen in (0, 19, 101):
        with pytest.raises(Refused):
            assess(Category.FARMER, None, "2026-01", chosen=chosen)


@pytest.mark.parametrize("category", [Category.EMPLOYED, Category.RETIRED])
def test_without_an_income_the_dues_are_unknown_and_never_zero(category):
    with pytest.raises(BadUsage):
        assess(category, None, "2026-01")


def test_no_amount_is_worked_out_for_a_month_before_the_first_tariff():
    assert tariff_of("2008-04") is DUES_RULES_2008
    with pytest.raises(Refused):
        tariff_of("2008-03")


def test_the_tariffs_stand_in_the_order_in_which_they_came_into_force():
    assert DUES_RULES_2008.in_force == date(2008, 4, 1)
    assert [tariff.in_force for tariff in TARIFFS] == sorted(t.in_force for t in TARIFFS)
    assert all(set(tariff.rates) == set(Category) for tariff in TARIFFS)


# No float, neither written nor made on the way

PACKAGE = Path(partyctl.__file__).parent
PURE = sorted([PACKAGE / "money.py", PACKAGE / "calendar.py", *(PACKAGE / "law").glob("*.py")])


def makes_a_float(node: ast.AST) -> bool:
    match node:
        case ast.Constant():
            return isinstance(node.value, float)
        case ast.Div() | ast.Name(id="float" | "round" | "Decimal"):
            return True
    return False


@pytest.mark.parametrize("path", PURE, ids=lambda path: path.name)
def test_the_law_contains_no_float(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert [node for node in ast.walk(tree) if makes_a_float(node)] == []


def test_every_amount_is_a_whole_number():
    amounts = [
        read_yuan("76.5"),
        share(510000, 150),
        assess(Category.EMPLOYED, 510000, "2026-01").amount,
        assess(Category.FARMER, None, "2026-01").amount,
    ]
    assert [type(amount) for amount in amounts] == [int] * 4
