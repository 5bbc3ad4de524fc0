"""A summary of earlier months: it has only the months with records, not the records themselves.

The months are enough for the older periods of a recurring duty, because the duty of a period is
done if any month of the period has a record.
"""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from partyctl.calendar import period_named, period_of
from partyctl.light import NamedTuple

Past = Mapping[tuple[str, str, int], str]
"""The months in which facts happened, such as 2024-03,2024-06.

The keys are the kind of fact, the kind of subject and the number of the subject.
"""

NO_PAST: Past = {}


@lru_cache(maxsize=4096)
def periods_of(months: str, kind: str) -> frozenset[str]:
    """The names of the periods of the given kind that contain the given months."""
    return frozenset(_period_with(month, kind) for month in months.split(",") if month)


@lru_cache(maxsize=4096)
def _period_with(month: str, kind: str) -> str:
    return period_of(kind, period_named(month).first).name


class ReviewInShort(NamedTuple):
    """A summary of a yearly review whose steps were all done.

    Members are represented by their numbers. `met_on`: the day of the meeting. `summed_up`: the
    members who handed in a self-summary. `commended`: the members who were commended by the day of
    the question.
    """

    number: int
    met_on: date
    summed_up: frozenset[int]
    grades: Mapping[int, str]
    commended: frozenset[int]


class Settled(NamedTuple):
    """The earlier months that a member paid plainly; their payments were not read.

    A month is paid plainly if it has one payment of exactly the assessed dues, and no rule objects
    to this payment. `amount`: the sum of these payments, in 分. `complete`: whether `months` has
    every earlier month for which the member owes dues.
    """

    months: tuple[str, ...]
    amount: int
    complete: bool
