"""What is owed, on the screen: by chapter, worst first, with the command that puts it right."""

import sys
from collections.abc import Iterable
from datetime import date
from itertools import groupby

from partyctl.language import say, speaks_english
from partyctl.law.engine.obligations import days_left, days_overdue
from partyctl.law.engine.rule import Obligation
from partyctl.law.sources.clauses import CHAPTERS, NATIONAL, chapter_of
from partyctl.show.obligations import Item, title
from partyctl.show.tables import Line, print_table
from partyctl.terms import Noun, Status, stored_term

SHOWN = 12
"""How many lines of a chapter are shown before the rest is only counted."""

IN_ORDER = (*CHAPTERS, NATIONAL)
WORST_FIRST = {status: place for place, status in enumerate(Status)}


def print_scoreboard(
    items: Iterable[Item], on: date, heading: str, *, everything: bool, branches: int
) -> None:
    """A table for each chapter in which something is owed, then the verdict in one line.

    What an earlier month left behind stands apart, below the month's own.
    """
    ordered = sorted(items, key=_place)
    sys.stdout.write(f"{heading}\n")
    for (left_behind, chapter), group in groupby(ordered, key=lambda item: _place(item)[:2]):
        found = list(group)
        shown = found if everything else found[:SHOWN]
        lines = [_line(item, on, several=branches > 1) for item in shown]
        name = IN_ORDER[chapter].english if speaks_english() else IN_ORDER[chapter].title
        apart = say("此前遗留 · ", "Left behind · ") if left_behind else ""
        sys.stdout.write("\n")
        print_table(("",) * len(lines[0].cells), lines, apart + name, in_file=in_file())
        if hidden := len(found) - len(shown):
            more = say(
                f"另有 {hidden} 项：partyctl check --all", f"{hidden} more: partyctl check --all"
            )
            sys.stdout.write(f"    …{more}\n")
    sys.stdout.write(f"\n{verdict(item.obligation for item in ordered)}\n")


def in_file() -> tuple[str, ...]:
    """What a file calls the columns that need no names on the screen."""
    return (
        *(say("状态", "status"), say("期限", "due"), say("事项", "duty")),
        *(say("对象", "whose"), say("条款", "clause")),
    )


def verdict(found: Iterable[Obligation]) -> str:
    """The state of things in one line."""
    counts = dict.fromkeys(Status, 0)
    for obligation in found:
        counts[obligation.status] += 1
    named = [f"{status.label} {counts[status]}" for status in Status if counts[status]]
    wrong = counts[Status.OVERDUE] + counts[Status.BREACH]
    if not wrong:
        rest = f"（{'，'.join(named)}）" if named else ""
        return say(f"结论：没有逾期，没有不合规{rest}。", f"Nothing overdue, no breach. {rest}")
    return say(f"结论：{'，'.join(named)}。", f"Found: {', '.join(named)}.")


def worst_first(items: Iterable[Item]) -> list[Item]:
    """The worst first, whatever the chapter."""
    return sorted(items, key=_urgency)


def _place(item: Item) -> tuple[bool, int, tuple[int, date, str, str]]:
    chapter = IN_ORDER.index(chapter_of(item.obligation.rule.article))
    return item.carried_over, chapter, _urgency(item)


def _urgency(item: Item) -> tuple[int, date, str, str]:
    owed = item.obligation
    due = owed.due or date.max
    return WORST_FIRST[owed.status], due, owed.rule.id, owed.subject.name


def _line(item: Item, on: date, *, several: bool) -> Line:
    owed = item.obligation
    whose = owed.subject.name
    if several and owed.subject.kind != Noun.BRANCH:
        whose = f"{item.branch} {whose}"
    what = " ".join(filter(None, (title(owed.rule), owed.period or owed.note)))
    due = owed.due.isoformat() if owed.due else say("无期限", "no date")
    cells = (state_of(owed, on), due, what, whose, owed.rule.article)
    return Line(cells, owed.status, _below(owed))


def state_of(owed: Obligation, on: date) -> str:
    """The status, with the days that are left or gone by."""
    if (late := days_overdue(owed, on)) is not None:
        return say(f"{owed.status.chinese} {late} 天", f"{owed.status} {late} d")
    if (left := days_left(owed, on)) is not None:
        return say(f"{owed.status.chinese} 剩 {left} 天", f"{owed.status} in {left} d")
    return owed.status.label


def _below(owed: Obligation) -> str | None:
    if owed.remedy:
        return f"→ {owed.remedy}"
    if owed.proof:
        kind = stored_term(Noun, owed.proof.kind).label
        return f"✓ {kind} #{owed.proof.id} {owed.proof.on}"
    return None
