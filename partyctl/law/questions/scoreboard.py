"""The scoreboard of a period: the duties that belong to it, and those carried over into it.

The screen, JSON and reports all use this computation.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import groupby

from partyctl.calendar import Period, month_of
from partyctl.law.engine.obligations import falls_in, is_carried_over, is_wrong
from partyctl.law.engine.rule import Obligation
from partyctl.law.sources.clauses import CHAPTERS, NATIONAL, Chapter, chapter_of
from partyctl.light import NamedTuple
from partyctl.terms import Status

IN_ORDER = (*CHAPTERS, NATIONAL)


class Item(NamedTuple):
    """An obligation, its branch, and whether it was carried over from an earlier period."""

    obligation: Obligation
    branch: str
    carried_over: bool


class Part(NamedTuple):
    """The items of one chapter: either the items of the period itself, or the items carried over."""

    carried_over: bool
    chapter: Chapter
    items: list[Item]


Heat = dict[tuple[int, str], Counter[Status]]
"""The number of items for each status, by chapter (its index) and by month of the due date.

The month of items without a due date is "". Items carried over are left out. `Scoreboard.counts`
adds up these numbers for each status.
"""


def warm(heat: Heat, item: Item) -> None:
    """Add an item to the counts, unless it is carried over (such items are counted separately)."""
    if not item.carried_over:
        owed = item.obligation
        where = place_of_chapter(owed.rule.article), month_of(owed.due) if owed.due else ""
        if where not in heat:
            heat[where] = Counter()
        heat[where][owed.status] += 1


def heat_of(items: Iterable[Item]) -> Heat:
    """Count items by chapter, month and status."""
    heat: Heat = {}
    for item in items:
        warm(heat, item)
    return heat


def summary(heat: Heat) -> Counter[Status]:
    """The number of items for each status."""
    total: Counter[Status] = Counter()
    for counts in heat.values():
        for status, count in counts.items():
            total[status] += count
    return total


class Scoreboard(NamedTuple):
    """The items of a period, and those carried over into it; all items if `period` is None."""

    period: Period | None
    items: list[Item]

    @property
    def counts(self) -> dict[Status, int]:
        """The number of items for each status, without those carried over from earlier periods."""
        counts = summary(heat_of(self.items))
        return {status: counts[status] for status in Status}

    @property
    def carried_over(self) -> int:
        """The number of items carried over."""
        return sum(item.carried_over for item in self.items)

    def is_wrong(self, *, strict: bool = False) -> bool:
        """Whether any item is overdue or in breach. With `strict`, unmet advice counts too."""
        return any(is_wrong(item.obligation, strict=strict) for item in self.items)

    def by_chapter(self) -> list[Part]:
        """The items by chapter, in the order of the regulation; items carried over come last."""
        ordered = sorted(self.items, key=_place)
        return [
            Part(carried_over, IN_ORDER[chapter], list(items))
            for (carried_over, chapter), items in groupby(ordered, key=_place)
        ]


def placed(found: Iterable[Obligation], branch: str, period: Period | None) -> Iterator[Item]:
    """A branch's obligations on the scoreboard of a period; all obligations if `period` is None."""
    for owed in found:
        is_of_period = period is None or falls_in(owed, period)
        if is_of_period or (period is not None and is_carried_over(owed, period)):
            yield Item(owed, branch, not is_of_period)


@lru_cache(maxsize=512)
def place_of_chapter(article: str) -> int:
    """The index of a rule's chapter in the regulation."""
    return IN_ORDER.index(chapter_of(article))


def _place(item: Item) -> tuple[bool, int]:
    return item.carried_over, place_of_chapter(item.obligation.rule.article)
