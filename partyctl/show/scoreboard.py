"""What is owed, on the screen: by chapter, worst first, with the command that puts it right."""

import sys
from collections.abc import Iterable
from datetime import date
from itertools import groupby

from partyctl.language import say, speaks_english
from partyctl.law.clauses import CHAPTERS, chapter_of
from partyctl.law.rule import Obligation
from partyctl.show.obligations import Item, days_left, days_overdue, title
from partyctl.show.tables import Line, print_table
from partyctl.terms import Noun, Status, stored_term

SHOWN = 12
"""How many lines of a chapter are shown before the rest is only counted."""

WORST_FIRST = {status: place for place, status in enumerate(Status)}


def print_scoreboard(
    items: Iterable[Item], on: date, heading: str, *, everything: bool, branches: int
) -> None:
    """A table for each chapter in which something is owed, then the verdict in one line."""
    sys.stdout.write(f"{heading}\n")
    ordered = by_chapter(items)
    for place, group in groupby(ordered, key=lambda item: _chapter(item.obligation)):
        chapter = CHAPTERS[place]
        lines = [_line(item, on, several=branches > 1) for item in group]
        shown = lines if everything else lines[:SHOWN]
        name = chapter.english if speaks_english() else chapter.title
        sys.stdout.write("\n")
        print_table(("",) * len(shown[0].cells), shown, name)
        if hidden := len(lines) - len(shown):
            sys.stdout.write(
                say(
                    f"    …另有 {hidden} 项：partyctl check --all\n",
                    f"    … {hidden} more: partyctl check --all\n",
                )
            )
    sys.stdout.write(f"\n{verdict(item.obligation for item in ordered)}\n")


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


def by_chapter(items: Iterable[Item]) -> list[Item]:
    """In the order of the regulation's chapters, and in each the worst first."""
    return sorted(items, key=lambda item: (_chapter(item.obligation), _urgency(item)))


def worst_first(items: Iterable[Item]) -> list[Item]:
    """The worst first, whatever the chapter."""
    return sorted(items, key=_urgency)


def _chapter(obligation: Obligation) -> int:
    return CHAPTERS.index(chapter_of(obligation.rule.article))


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
    cells = (_state(owed, on), due, what, whose, owed.rule.article)
    return Line(cells, owed.status, _below(owed))


def _state(owed: Obligation, on: date) -> str:
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
