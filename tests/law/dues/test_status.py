"""A member's dues and payments over some months, calculated by hand."""

from datetime import date

from partyctl.calendar import period_named
from partyctl.law.dues.book import books
from partyctl.law.dues.status import Standing, standings
from tests.law.chapters.test_cases import History


def paid(month: str, yuan: str, on: str, until: str | None = None) -> dict:
    told = {"on": date.fromisoformat(on), "what": "党费交纳", "who": "张三"}
    return told | {"month": month, "yuan": yuan} | ({"until": until} if until else {})


ASSESSED = {"what": "党费核定", "who": "张三", "month": "2026-02", "yuan": "50"}
EXEMPT = {
    "on": date(2026, 4, 1),
    "what": "党费免交",
    "who": "张三",
    "month": "2026-04",
    "until": "2026-04",
}


def of(on: str, span: str | None, *facts: dict, received: dict[int, int] | None = None) -> Standing:
    """What the member owes and has paid, as known on a day."""
    case = {
        "rule": "dues-monthly",
        "since": date(2026, 1, 1),
        "scope": [{"role": "党员", "who": "张三"}],
        "facts": facts,
    }
    known = History(case).known(date.fromisoformat(on))
    (standing,) = standings(known, period_named(span) if span else None, received or {})
    return standing


def test_an_amount_is_unknown_while_one_of_the_months_was_never_assessed():
    assert of("2026-03-01", None, ASSESSED).owed is None
    assert of("2026-04-01", "2026-Q1", ASSESSED).owed is None
    assert of("2026-04-01", "2026-03", ASSESSED).owed == 5000


def test_an_exempt_month_is_neither_owed_nor_unpaid():
    standing = of("2026-07-01", "2026-Q2", ASSESSED, EXEMPT, paid("2026-05", "20", "2026-05-10"))

    assert (standing.owed, standing.paid) == (10000, 2000)
    assert (standing.unpaid_months, standing.underpaid_months) == (["2026-06"], ["2026-05"])
    assert standing.longest_unpaid_run == 1


def test_a_month_that_is_asked_for_counts_before_it_has_ended_a_year_does_not():
    assert of("2026-03-10", "2026-03", ASSESSED).unpaid_months == ["2026-03"]
    assert of("2026-03-10", "2026", ASSESSED).unpaid_months == ["2026-01", "2026-02"]
    assert of("2026-03-10", None, ASSESSED).unpaid_months == ["2026-01", "2026-02"]
    assert of("2026-04-01", None, ASSESSED).longest_unpaid_run == 3


def test_a_month_paid_to_its_last_fen_is_neither_short_nor_unpaid():
    standing = of("2026-03-01", "2026-02", ASSESSED, paid("2026-02", "50", "2026-02-10"))
    assert (standing.unpaid_months, standing.underpaid_months) == ([], [])
    standing = of("2026-03-01", "2026-02", ASSESSED, paid("2026-02", "0.01", "2026-02-10"))
    assert (standing.unpaid_months, standing.underpaid_months) == ([], ["2026-02"])


def test_what_was_paid_for_a_month_before_the_ledger_is_paid_although_it_is_not_owed():
    arrears = paid("2025-12", "50", "2026-01-05")
    standing = of("2026-01-10", "2025-12", ASSESSED, arrears)
    assert (standing.owed, standing.paid, standing.prepaid) == (0, 5000, 0)
    standing = of("2026-02-10", None, ASSESSED, arrears, received={1: 5000})
    assert (standing.owed, standing.paid, standing.received) == (None, 5000, 5000)
    assert of("2026-02-10", "2026", ASSESSED, arrears).paid == 0


AHEAD = paid("2026-02", "150", "2026-02-10", until="2026-04")
"""A payment, made on one day, of 150 yuan for each of three months."""


def test_what_was_paid_ahead_is_for_months_after_those_that_are_asked_for():
    assert of("2026-02-28", None, ASSESSED, AHEAD).prepaid == 45000
    assert of("2026-03-01", None, ASSESSED, AHEAD).prepaid == 30000
    assert of("2026-02-28", "2026-02", ASSESSED, AHEAD).prepaid == 30000
    assert of("2026-06-01", "2026-02", ASSESSED, AHEAD).prepaid == 30000
    assert of("2026-06-01", "2026-Q1", ASSESSED, AHEAD).prepaid == 15000
    assert of("2026-06-01", "2026-01", ASSESSED, AHEAD).prepaid == 0  # paid in February
    assert of("2026-03-15", "2026", ASSESSED, AHEAD).prepaid == 30000


def test_money_that_came_in_is_shown_even_of_whoever_owes_nothing():
    assert of("2026-01-10", None, received={1: 700}).received == 700
    assert of("2026-02-01", None).received == 0


def test_somebody_who_left_and_came_back_owes_the_months_of_both_times():
    case = {
        "rule": "dues-monthly",
        "since": date(2026, 1, 1),
        "scope": [
            {"role": "党员", "who": "张三", "to": date(2026, 2, 9)},
            {"role": "党员", "who": "张三", "from": date(2026, 4, 15)},
        ],
    }
    (book,) = books(History(case).known(date(2026, 6, 1))).values()
    assert book.months == ("2026-01", "2026-02", "2026-05", "2026-06")
    assert [book.owes(month) for month in ("2026-02", "2026-03", "2026-04", "2026-05")] == [
        True,
        False,
        False,
        True,
    ]


def test_whoever_left_and_came_back_owes_the_months_of_both_times():
    case = {
        "rule": "dues-monthly",
        "since": date(2026, 1, 1),
        "scope": [
            {"role": "党员", "who": "张三", "to": date(2026, 2, 28)},
            {"role": "党员", "who": "张三", "from": date(2026, 6, 1)},
        ],
    }
    (book,) = books(History(case).known(date(2026, 8, 31))).values()
    months = [f"2026-{month:02d}" for month in range(1, 10)]
    owed = [month for month in months if book.owes(month)]
    assert owed == [*months[:3], *months[5:]]
