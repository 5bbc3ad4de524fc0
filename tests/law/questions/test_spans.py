"""Periods written in a short form."""

import pytest

from partyctl.law.questions.grouping import spans


@pytest.mark.parametrize(
    ("names", "words"),
    [
        ([], ""),
        (["2026-02"], "2026-02"),
        (["2026-02", "2026-03", "2026-04"], "2026-02–04"),
        (["2026-02", "2026-04"], "2026-02、2026-04"),
        (["2026-02", "2026-04", "2026-05"], "2026-02、2026-04–05"),
        (["2026-01", "2026-Q1", "2026-Q2"], "2026-01、2026-Q1–Q2"),
        (["2025-12", "2026-01"], "2025-12–2026-01"),
        (["2026-Q1", "2026-Q2"], "2026-Q1–Q2"),
        (["2026-H1", "2026-H2"], "2026-H1–H2"),
        (["2025", "2026"], "2025–2026"),
    ],
)
def test_periods_that_follow_each_other_are_one_span(names: list[str], words: str):
    assert spans(names) == (words, words.replace("、", ", "))
