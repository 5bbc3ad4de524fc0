"""A summary of the years before a question: only the months of the records are known.

For the older periods of a recurring duty, the months are enough, because the duty of a period is
done if there is a record in any month of that period.
"""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from partyctl.calendar import period_of
from partyctl.light import NamedTuple

Past = Mapping[tuple[str, str, int], str]
"""The months in which facts happened, such as 2024-03,2024-06, by kind of fact, kind of subject and
subject's number."""

NO_PAST: Past = {}


@lru_cache(maxsize=4096)
def periods_of(months: str, kind: str) -> frozenset[str]:
    """The names of the periods (of one kind) to which the months belong."""
    first_days = (date.fromisoformat(f"{month}-01") for month in months.split(",") if month)
    return frozenset(period_of(kind, day).name for day in first_days)


class ReviewInShort(NamedTuple):
    """A summary of a yearly review that has all its steps: its meeting, and its members by number.

    `commended`: the members who were commended by the day of the question.
    """

    number: int
    met_on: date
    summed_up: frozenset[int]
    grades: Mapping[int, str]
    commended: frozenset[int]
