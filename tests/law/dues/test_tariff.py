"""The tariff, compared with the table of the 2008 rules and with exact fractions."""

import random
from datetime import date
from fractions import Fraction
from math import floor

import pytest

from partyctl.errors import BadUsage, Refused
from partyctl.law.dues import tariff
from partyctl.law.dues.tariff import DUES_RULES_2008, TARIFFS, assess, tariff_of
from partyctl.money import read_yuan
from partyctl.terms import Category

HALF = Fraction(1, 2)


def random_amounts(count: int, seed: int) -> list[int]:
    """Amounts in 分: mostly ordinary incomes, some tiny amounts, and some above any income."""
    dice = random.Random(seed)
    return [dice.randrange(10 ** dice.choice((3, 5, 6, 7, 7, 7, 11))) for _ in range(count)]


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
    """The rate of the table in per cent, for an income in 分; the highest bracket is tried first."""
    yuan = Fraction(base, 100)
    if category is Category.RETIRED:
        return Fraction(1) if yuan > 5000 else HALF
    if yuan > 10000:
        return Fraction(2)
    if yuan > 5000:
        return Fraction(3, 2)
    return Fraction(1) if yuan > 3000 else HALF


def test_the_rate_of_the_bracket_applies_to_the_whole_base():
    for base in random_amounts(2_000, seed=4):
        for category in (Category.EMPLOYED, Category.RETIRED):
            exact = base * rate_of(category, base) / 100
            assert assess(category, base, "2026-01").amount == floor(exact + HALF)


def test_the_working_of_an_assessment_says_base_rate_and_result():
    assessed = assess(Category.EMPLOYED, 510000, "2026-01")
    for words in assessed.working:
        assert words.startswith("5100.00 × 1.5% = 76.50")
        assert DUES_RULES_2008.text in words
    assert "× 0.5% =" in assess(Category.EMPLOYED, 300000, "2026-01").working.english
    assert "× 2.0% =" in assess(Category.EMPLOYED, 5000000, "2026-01").working.chinese


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


def test_the_rate_is_known_where_the_amount_depends_on_a_base():
    assert tariff.rate_of(Category.EMPLOYED, 5000_00, "2026-01") == 100
    assert tariff.rate_of(Category.EMPLOYED, 5000_01, "2026-01") == 150
    assert tariff.rate_of(Category.RETIRED, 5000_01, "2026-01") == 100
    assert tariff.rate_of(Category.EMPLOYED, None, "2026-01") is None
    assert tariff.rate_of(Category.STUDENT, 100, "2026-01") is None
    assert tariff.is_fixed(Category.STUDENT, "2026-01")
    assert not tariff.is_fixed(Category.EMPLOYED, "2026-01")


def test_a_refusal_names_the_earliest_tariff():
    with pytest.raises(Refused, match="中组发〔2008〕3号，2008-04-01 起"):
        tariff_of("2008-03")
