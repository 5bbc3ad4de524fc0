"""Long answers are stored in memory in pages; every item is read back, in its order."""

import pickle
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partyctl.cli.check import pages
from partyctl.cli.check.pages import BETWEEN, Pages

ITEM = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=50)


@given(st.lists(ITEM), st.integers(1, 60), st.integers(0, 3))
def test_items_come_back_as_they_were_put_in(items: list[str], full: int, plain: int):
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(pages, "FULL", full)
        patched.setattr(pages, "PLAIN", plain)
        kept = Pages()
        for item in items:
            kept.add(item)
    assert BETWEEN.join(kept.texts()) == BETWEEN.join(items)
    again = pickle.loads(pickle.dumps(kept))  # as one process sends pages to another
    assert list(again.texts()) == list(kept.texts())


def test_what_is_very_long_is_kept_in_little_room(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(pages, "PLAIN", 1)
    kept = Pages()
    for number in range(40_000):
        kept.add(f'{{"rule": "dues-monthly", "title": "每月交纳党费", "id": {number}}}')
    said = sum(map(len, kept.texts()))
    assert said > 2_000_000
    assert len(pickle.dumps(kept)) < said / 3


def test_the_pages_that_are_not_compressed_take_less_than_thirty_megabytes():
    page = "党" * pages.FULL
    assert pages.PLAIN * sys.getsizeof(page) < 30_000_000
