"""Amounts of money, compared with exact fractions; no calculation uses a float."""

import ast
import random
from fractions import Fraction
from math import floor
from pathlib import Path

import pytest

import partyctl
from partyctl.errors import BadUsage
from partyctl.law.dues.tariff import assess
from partyctl.money import print_yuan, read_yuan, share
from partyctl.terms import Category
from tests.law.dues.test_tariff import HALF, random_amounts


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
    # The message does not show the typed text, because the text can be somebody's income.
    assert refused.value.sentence.startswith("金额读不出来：")


def test_the_refusal_of_an_amount_says_how_many_digits_it_can_have():
    for typed in ("1234567890", "76.505"):
        with pytest.raises(BadUsage, match="整数最多九位、小数最多两位"):
            read_yuan(typed)


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


# No float, in literals or in calculations

PACKAGE = Path(partyctl.__file__).parent
PURE = sorted([PACKAGE / "money.py", PACKAGE / "calendar.py", *(PACKAGE / "law").rglob("*.py")])


def makes_a_float(node: ast.AST) -> bool:
    match node:
        case ast.Constant():
            return isinstance(node.value, float)
        case ast.Div() | ast.Name(id="float" | "round" | "Decimal"):
            return True
    return False


@pytest.mark.parametrize("path", PURE, ids=lambda path: str(path.relative_to(PACKAGE)))
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
