"""The cash of a branch: receipts, remittances and balance, calculated by hand."""

from datetime import date

from partyctl.calendar import period_named
from partyctl.law.dues.cash import Cash, Movement, by_month, counts, lowest_from, opening

MOVEMENTS = [
    Movement(date(2025, 12, 31), 100),
    Movement(date(2026, 1, 1), 500),
    Movement(date(2026, 1, 31), 1),
    Movement(date(2026, 1, 31), -600),
    Movement(date(2026, 3, 1), 70),
    Movement(date(2026, 3, 2), -30),
]


def test_what_was_there_before_a_span_is_its_opening():
    assert opening(MOVEMENTS, period_named("2026-Q1")) == 100
    assert opening(MOVEMENTS, period_named("2026-02")) == 1
    assert opening(MOVEMENTS, period_named("2025")) == 0


def test_each_month_that_has_begun_has_its_line_and_its_balance():
    assert by_month(MOVEMENTS, period_named("2026-Q1"), date(2026, 3, 1)) == [
        Cash("2026-01", 501, 600, 1),
        Cash("2026-02", 0, 0, 1),
        Cash("2026-03", 70, 30, 41),
    ]
    assert [
        line.month for line in by_month(MOVEMENTS, period_named("2026"), date(2026, 2, 28))
    ] == ["2026-01", "2026-02"]
    assert by_month(MOVEMENTS, period_named("2025-12"), date(2026, 3, 1)) == [
        Cash("2025-12", 100, 0, 100)
    ]


def test_the_lowest_balance_is_that_of_the_end_of_a_day():
    assert lowest_from(MOVEMENTS, date(2025, 12, 1)) == 0
    assert lowest_from(MOVEMENTS, date(2025, 12, 31)) == 1
    assert lowest_from(MOVEMENTS, date(2026, 3, 1)) == 41
    assert lowest_from([Movement(date(2026, 1, 1), -5)], date(2026, 1, 2)) == -5
    assert lowest_from([], date(2026, 1, 1)) == 0


def test_what_is_handed_on_counts_for_periods_that_end_within_the_ledgers_time():
    since = date(2026, 1, 31)
    assert counts("2026-01", since)
    assert counts("2025", date(2025, 12, 31))
    assert not counts("2025-12", since)
