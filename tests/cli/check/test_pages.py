"""Long answers are compressed in memory; every line comes back, in order."""

import pickle

from hypothesis import given
from hypothesis import strategies as st

from partyctl.cli.check import pages
from partyctl.cli.check.pages import Pages

LINE = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=50)


@given(st.lists(LINE), st.integers(1, 60))
def test_lines_come_back_as_they_were_put_in(lines: list[str], full: int):
    kept = Pages()
    usual, pages.FULL = pages.FULL, full
    try:
        for line in lines:
            kept.add(line)
    finally:
        pages.FULL = usual
    assert list(kept.lines()) == lines
    assert list(pickle.loads(pickle.dumps(kept)).lines()) == lines  # from another process


def test_what_is_long_is_kept_in_little_room():
    kept = Pages()
    for number in range(20_000):
        kept.add(
            f'{{"rule": "dues-monthly", "subject": {{"id": {number}}}, "title": "每月交纳党费"}}'
        )
    said = sum(map(len, kept.lines()))
    assert said > 1_000_000
    assert len(pickle.dumps(kept)) < said / 3
