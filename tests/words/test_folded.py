"""Texts wrapped to the width of a terminal."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partyctl.text import folded, width


@pytest.mark.parametrize(
    ("text", "columns", "lines"),
    [
        ("", 5, [""]),
        ("支委会每月一次", 14, ["支委会每月一次"]),
        ("支委会每月一次", 8, ["支委会每", "月一次"]),
        # no line begins with a closing bracket or ends with an opening one
        ("报党总支、机关党委", 8, ["报党总", "支、机关", "党委"]),
        ("每月（本局）一次", 6, ["每月", "（本", "局）一", "次"]),
        ("参加谈话 2026-Q2，64 项", 17, ["参加谈话", "2026-Q2，64 项"]),
        ("甲乙丙 ，丁戊", 7, ["甲乙", "丙 ，丁", "戊"]),
        # a number, a word or a span of periods is not divided between two lines
        ("谈心谈话每季度 2026-Q2–Q3", 20, ["谈心谈话每季度", "2026-Q2–Q3"]),
        ("陈建国 40.70、林秀英 41.10", 12, ["陈建国", "40.70、林秀", "英 41.10"]),
        ("one two three", 8, ["one two", "three"]),
        # there is no better place for a line break
        ("aaaaaaaa", 5, ["aaaaa", "aaa"]),
        ("，，，", 4, ["，，", "，"]),
        ("字", 1, ["字"]),
    ],
)
def test_a_line_breaks_where_a_reader_expects_it(text: str, columns: int, lines: list[str]):
    assert folded(text, columns) == lines


@given(st.text(alphabet="支部·（）、，2026-Q a–.", max_size=60), st.integers(2, 40))
def test_nothing_is_cut_off_and_every_line_fits(text: str, columns: int):
    lines = folded(text, columns)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(width(line) <= columns for line in lines)
