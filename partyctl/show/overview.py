"""The scoreboard of a quarter, half-year or year on one screen: chapters, problems, upcoming duties.

Each problem is listed with the names of the people and the command to run. Advice is listed in one
line per rule. If a rule has advice of this period and advice carried over from earlier periods,
there is one line for each. Upcoming duties are listed by day, with the number of times that each is
owed. Every mandatory duty that is not done is listed.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from partyctl.language import say, title_of
from partyctl.law.questions.scoreboard import IN_ORDER, Item, Scoreboard, heat_of, place_of_chapter
from partyctl.show.board_rows import Row, Spoken, grouped_rows
from partyctl.show.scoreboard import DONE, verdict, worst_first
from partyctl.show.sections import Section, print_sections
from partyctl.show.tables import Line, bar, print_table, write
from partyctl.terms import Status

WRONG = (Status.BREACH, Status.OVERDUE)
COLUMNS = (*WRONG, Status.ADVISED, Status.DUE)


def print_overview(board: Scoreboard, heading: str, spoken: Spoken) -> None:
    """Print the counts and a line per chapter, then problems, advice, and upcoming duties by day."""
    write(f"{heading} · {verdict(board)}")
    write("")
    headings = (
        say("章", "chapter"),
        say("已办/应办", "done/due"),
        *(each.label for each in COLUMNS),
        say("此前遗留", "carried over"),
    )
    print_table(headings, list(_chapters(board)))
    sections = [
        Section(say("逾期和不合规", "Overdue and in breach"), _spelled(board, spoken, WRONG)),
        Section(say("提示", "Advice"), _advice(board, spoken)),
        Section(say("待办", "To do"), _by_day(board.items, spoken.on)),
    ]
    print_sections([each for each in sections if each.rows])


def _chapters(board: Scoreboard) -> Iterable[Line]:
    counts: dict[int, Counter[Status]] = {}
    for (place, _), found in heat_of(board.items).items():
        counts[place] = counts.get(place, Counter()) + found
    left = Counter(
        place_of_chapter(each.obligation.rule.article) for each in board.items if each.carried_over
    )
    for place in sorted({*counts, *left}):
        found, chapter = counts.get(place, Counter()), IN_ORDER[place]
        worst = next((status for status in Status if found[status]), Status.OVERDUE)
        yield Line(
            (
                title_of(chapter),
                bar(sum(found[each] for each in DONE), sum(found.values())),
                *(str(found[each] or "") for each in COLUMNS),
                str(left[place] or ""),
            ),
            worst.value,
        )


def _spelled(board: Scoreboard, spoken: Spoken, statuses: tuple[Status, ...]) -> list[Row]:
    some = (each for each in board.items if each.obligation.status in statuses)
    return grouped_rows(worst_first(some), spoken)


def _advice(board: Scoreboard, spoken: Spoken) -> list[Row]:
    return [row._replace(below="") for row in _spelled(board, spoken, (Status.ADVISED,))]


def _by_day(items: Iterable[Item], on: date) -> list[Row]:
    """Return a row per day of upcoming duties: each duty, and how many times it is owed."""
    days: dict[date | None, Counter[str]] = {}
    for each in items:
        owed = each.obligation
        if owed.status is Status.DUE:
            days.setdefault(owed.due, Counter())[title_of(owed.rule)] += 1
    return [_day(day, days[day], on) for day in sorted(days, key=lambda day: day or date.max)]


def _day(day: date | None, duties: Counter[str], on: date) -> Row:
    told = (f"{name} × {count}" if count > 1 else name for name, count in duties.items())
    left = "" if day is None else say(f" 剩 {(day - on).days} 天", f" in {(day - on).days} d")
    total = sum(duties.values())
    return Row(
        Status.DUE,
        f"{Status.DUE.label}{left}",
        day.isoformat() if day else say("无期限", "no date"),
        say(f"共 {total} 项", f"{total} in all"),
        "",
        "",
        names=say("；", "; ").join(told),
    )
