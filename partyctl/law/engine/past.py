"""What happened before the years of a question: the months alone, not the records.

A recurring duty needs nothing else, if its older periods are not asked for: a period with a record is done.
"""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from partyctl.calendar import period_of
from partyctl.light import NamedTuple

Past = Mapping[tuple[str, str, int], str]
"""By kind of fact and subject (kind and number): the months with such a fact, like 2024-03,2024-06."""

NO_PAST: Past = {}


@lru_cache(maxsize=4096)
def periods_of(months: str, kind: str) -> frozenset[str]:
    """The periods of a kind in which these months lie, by name."""
    first_days = (date.fromisoformat(f"{month}-01") for month in months.split(",") if month)
    return frozenset(period_of(kind, day).name for day in first_days)


class ReviewInShort(NamedTuple):
    """A yearly review that was studied for, held and closed: its number, its meeting, members by number.

    `commended`: those commended by the day of the question.
    """

    number: int
    met_on: date
    summed_up: frozenset[int]
    grades: Mapping[int, str]
    commended: frozenset[int]
