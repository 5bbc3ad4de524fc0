"""The heat map, which has a row for each chapter and a column for each month.

Each cell shows the number of its duties, how many of them are done, and their worst status.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from partyctl.bilingual import Told, alike
from partyctl.calendar import Period, months_between
from partyctl.language import bracketed, say, title_of, worded
from partyctl.law.engine.owed import OPEN
from partyctl.law.questions.scoreboard import (
    IN_ORDER,
    Heat,
    Item,
    heat_of,
    place_of_chapter,
    summary,
)
from partyctl.light import NamedTuple
from partyctl.terms import Status

DONE = (Status.MET, Status.LATE, Status.WAIVED)
MARKS = {
    Status.BREACH: Told("违", "B"),
    Status.OVERDUE: Told("逾", "O"),
    Status.ADVISED: Told("提", "A"),
    Status.DUE: Told("待", "D"),
    Status.LATE: Told("补", "L"),
    Status.MET: alike("✓"),
    Status.WAIVED: Told("免", "W"),
}
"""One character per status, so that the map can be read in grey print and by colour-blind people."""

NO_DATE, BEFORE = "", "before"
TOLD = 8
"""A cell's tooltip shows at most this many duties."""


class Cell(NamedTuple):
    """A cell: its duties' worst status, how many are done, how many there are, and the tooltip."""

    status: Status | None = None
    done: int = 0
    total: int = 0
    told: str = ""

    @property
    def mark(self) -> str:
        """The character that stands for the worst status in the cell."""
        return mark_of(self.status) if self.status else ""


class Column(NamedTuple):
    """A column for a month, for items without a due date, or for items carried over.

    A column has a long and a short name.
    """

    key: str
    name: str
    short: str
    is_now: bool = False


class Line(NamedTuple):
    """A row of the map: a chapter and its cells."""

    chapter: str
    short: str
    cells: tuple[Cell, ...]


class Heatmap(NamedTuple):
    """The map: chapters that have duties, the columns, and the number of duties per status.

    Every month of the period has a column, even if the column is empty.
    """

    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    counts: dict[Status, int]


def mark_of(status: Status) -> str:
    """Return the character of a status in the user's language."""
    return worded(MARKS[status])


def heatmap(items: Sequence[Item], period: Period, now: str) -> Heatmap:
    """Return the map of a period's items. `now` is the current month.

    The numbers of duties per status are the same as in the answer of `check`.
    """
    heat = heat_of(items)
    left = heat_of(each._replace(carried_over=False) for each in items if each.carried_over)
    before: Heat = {}
    for (chapter, _), found in left.items():
        before[chapter, BEFORE] = before.get((chapter, BEFORE), Counter()) + found
    told = _told(items)
    every = heat | before
    columns = tuple(
        each for each in _columns(period, now) if any(key == each.key for _, key in every)
    )
    columns = tuple(
        c for c in _columns(period, now) if c in columns or c.key not in (NO_DATE, BEFORE)
    )
    lines = tuple(
        Line(
            title_of(chapter),
            _short(title_of(chapter)),
            tuple(_cell(every.get((place, c.key)), told[place, c.key]) for c in columns),
        )
        for place, chapter in enumerate(IN_ORDER)
        if any(place == of for of, _ in every)
    )
    counts = summary(heat)
    return Heatmap(columns, lines, {status: counts[status] for status in Status})


def _columns(period: Period, now: str) -> Iterable[Column]:
    yield Column(BEFORE, say("此前", "before"), say("前", "‹"))
    for month in months_between(period.first.isoformat()[:7], period.last.isoformat()[:7]):
        number = str(int(month[5:]))
        yield Column(month, say(f"{number}月", MONTHS[int(number) - 1]), number, month == now)
    yield Column(NO_DATE, say("无期限", "no date"), say("无", "–"))


MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def _cell(found: Counter[Status] | None, told: list[str]) -> Cell:
    if found is None:
        return Cell()
    worst = next(status for status in Status if found[status])
    done, total = sum(found[status] for status in DONE), sum(found.values())
    more = [say(f"……共 {len(told)} 项", f"… {len(told)} in all")] if len(told) > TOLD else []
    return Cell(worst, done, total, "\n".join([*told[:TOLD], *more]))


def _told(items: Iterable[Item]) -> defaultdict[tuple[int, str], list[str]]:
    """Return the open duties of each cell, as text.

    If several people have the same open duty, one line shows the duty and the number of people.
    """
    found: defaultdict[tuple[int, str], Counter[tuple[Status, str, str]]] = defaultdict(Counter)
    for item in items:
        owed = item.obligation
        if owed.status in OPEN:
            month = owed.due.isoformat()[:7] if owed.due else NO_DATE
            key = BEFORE if item.carried_over else month
            name = title_of(owed.rule)
            found[place_of_chapter(owed.rule.article), key][
                owed.status, name, owed.rule.article
            ] += 1
    told: defaultdict[tuple[int, str], list[str]] = defaultdict(list)
    worst_first = {status: place for place, status in enumerate(Status)}
    for cell, counts in found.items():
        for (status, name, article), count in sorted(
            counts.items(), key=lambda each: (worst_first[each[0][0]], each[0][1])
        ):
            times = f" × {count}" if count > 1 else ""
            told[cell].append(f"{status.label} {name}{times}" + bracketed(article))
    return told


def _short(title: str) -> str:
    """Shorten a chapter's title for narrow screens, for example by removing 制度."""
    for ending in ("工作责任制度", "工作制度", "制度", "（提示）", " (advice)"):
        title = title.removesuffix(ending)
    return title
