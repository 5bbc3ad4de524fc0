"""Votes: sums, quorum and majority, with numbers calculated by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partyctl.law.engine.values import AdmissionAct
from partyctl.law.engine.votes import Votes, Written


@pytest.mark.parametrize(
    ("votes", "ordinary", "to_admit", "to_elect", "carried"),
    [
        # Even and odd numbers of voters, just below and just above each limit
        (Votes(10, 5, 5, 0, 0), True, False, False, False),
        (Votes(10, 6, 6, 0, 0), True, True, False, True),
        (Votes(10, 8, 5, 3, 0), True, True, True, False),
        (Votes(10, 7, 6, 0, 1), True, True, False, True),
        (Votes(11, 5, 5, 0, 0), False, False, False, False),
        (Votes(11, 6, 6, 0, 0), True, True, False, True),
        (Votes(11, 8, 5, 3, 0), True, True, False, False),
        (Votes(11, 9, 9, 0, 0), True, True, True, True),
        (Votes(5, 4, 3, 1, 0), True, True, True, True),
        (Votes(1, 1, 1, 0, 0), True, True, True, True),
        # Written votes count as votes, but not as attendance
        (Votes(10, 5, 5, 0, 0, Written(approve=1)), True, False, False, True),
        (Votes(10, 6, 5, 1, 0, Written(oppose=2)), True, True, False, False),
    ],
    ids=str,
)
def test_the_bounds_are_whole_numbers(votes, ordinary, to_admit, to_elect, carried):
    assert votes.adds_up
    found = (votes.is_quorate, votes.is_quorate_to_admit, votes.is_quorate_to_elect)
    assert found == (ordinary, to_admit, to_elect)
    assert votes.is_carried is carried


@pytest.mark.parametrize(
    "votes",
    [
        Votes(10, 11, 11, 0, 0),
        Votes(10, 9, 8, 0, 0),
        Votes(10, 9, 8, 1, 1),
        Votes(10, 9, 9, 0, 0, Written(1, 1, 0)),
    ],
    ids=str,
)
def test_votes_that_cannot_be_do_not_add_up(votes):
    assert not votes.adds_up


counts = st.integers(0, 40)


@given(st.builds(Votes, counts, counts, counts, counts, counts, st.builds(Written, *[counts] * 3)))
def test_a_step_holds_the_votes_whole(votes):
    numbers = votes._asdict() | {
        f"written_{name}": n for name, n in votes.written._asdict().items()
    }
    del numbers["written"]
    assert AdmissionAct(line_id=1, **numbers).votes == votes


def test_a_step_without_votes_has_none():
    assert AdmissionAct(line_id=1).votes is None
