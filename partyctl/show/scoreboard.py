"""Print the scoreboard: the counts, then a line per group, in blocks by status or by chapter."""

from collections.abc import Iterable
from datetime import date

from partyctl.bilingual import Told
from partyctl.language import say, title_of, worded
from partyctl.law.questions.scoreboard import Item, Scoreboard
from partyctl.law.usual import RULES
from partyctl.show.board_rows import Row, Spoken, grouped_rows, single_rows
from partyctl.show.sections import Section, print_sections
from partyctl.show.tables import is_kept, write
from partyctl.terms import Status
from partyctl.text import width

WORST_FIRST = {status: place for place, status in enumerate(Status)}
PLACES = {rule.id: place for place, rule in enumerate(RULES)}

DONE = (Status.LATE, Status.MET, Status.WAIVED)
"""The statuses of settled obligations."""

BLOCKS: tuple[tuple[tuple[Status, ...], Told], ...] = (
    ((Status.BREACH, Status.OVERDUE), Told("逾期和不合规", "Overdue and in breach")),
    ((Status.DUE,), Told("待办", "To do")),
    ((Status.ADVISED,), Told("提示", "Advice")),
    (DONE, Told("已办结", "Settled")),
)
"""The blocks on the screen, each with its statuses."""


def print_board(
    board: Scoreboard, heading: str, spoken: Spoken, *, everything: bool, chapters: bool
) -> None:
    """Print the counts in the first line, then the blocks or the chapters.

    `everything`: print each item separately. Items carried over into a period come last.
    """
    write(f"{heading} · {verdict(board)}")
    arranged = by_chapter if chapters else by_block
    sections = arranged(board, spoken, everything=everything)
    print_sections(sections if is_kept() else _named_once(sections))


MANY_NAMES = 60
"""If a list of names has at most this width, every row with these names prints the whole list.

A wider list is printed only once.
"""


def _named_once(sections: Iterable[Section]) -> list[Section]:
    """Return the sections with each long list of people only once; later rows refer to the first row."""
    named: dict[str, str] = {}
    found = []
    for section in sections:
        rows = []
        for row in section.rows:
            above = named.get(row.names)
            if above is not None:
                names = say(f"人员同上（{above}）", f"the same people as above ({above})")
                rows.append(row._replace(names=names))
                continue
            if width(row.names) > MANY_NAMES:
                named[row.names] = row.duty
            rows.append(row)
        found.append(Section(section.heading, rows))
    return found


def by_block(board: Scoreboard, spoken: Spoken, *, everything: bool) -> list[Section]:
    """Return a section for each block: problems, tasks, advice and settled items."""
    found = []
    for carried_over in (False, True):
        own = [item for item in board.items if item.carried_over == carried_over]
        for statuses, name in BLOCKS:
            some = [item for item in own if item.obligation.status in statuses]
            if some:
                heading = _apart(worded(name), carried_over=carried_over)
                found.append(Section(heading, _rows(some, spoken, everything=everything)))
    return found


def by_chapter(board: Scoreboard, spoken: Spoken, *, everything: bool) -> list[Section]:
    """Return a section for each chapter's items, then one for each chapter's carried-over items."""
    return [
        Section(
            _apart(
                title_of(part.chapter),
                carried_over=part.carried_over,
            ),
            _rows(part.items, spoken, everything=everything),
        )
        for part in board.by_chapter()
    ]


def _apart(heading: str, *, carried_over: bool) -> str:
    return say("此前遗留 · ", "Carried over · ") + heading if carried_over else heading


def _rows(items: Iterable[Item], spoken: Spoken, *, everything: bool) -> list[Row]:
    ordered = worst_first(items)
    return single_rows(ordered, spoken) if everything else grouped_rows(ordered, spoken)


def verdict(board: Scoreboard) -> str:
    """Summarise how many items have each status."""
    counts = board.counts
    in_order = [status for statuses, *_ in BLOCKS for status in statuses]
    named = [f"{status.label} {counts[status]}" for status in in_order if counts[status]]
    if not counts[Status.OVERDUE] + counts[Status.BREACH]:
        named.insert(0, say("没有逾期，没有不合规", "nothing overdue, no breach"))
    if left := board.carried_over:
        named.append(say(f"此前遗留 {left}", f"carried over {left}"))
    return say("，", ", ").join(named)


def worst_first(items: Iterable[Item]) -> list[Item]:
    """Sort the items by status, the worst first; then by due day, rule and record number."""
    found = list(items)
    places = _places(found)

    def urgency(item: Item) -> tuple[int, date, int, int, int]:
        owed = item.obligation
        due, place = owed.due or date.max, places[owed.rule.id]
        return WORST_FIRST[owed.status], due, place, owed.subject.id, owed.subject.other_id or 0

    return sorted(found, key=urgency)


def _places(items: Iterable[Item]) -> dict[str, int]:
    """Return the place of each rule in the order of the regulation."""
    if all(item.obligation.rule.id in PLACES for item in items):
        return PLACES
    from partyctl.law.catalogue import CATALOGUE  # loads all chapters

    return {rule.id: place for place, rule in enumerate(CATALOGUE)}
