"""Answering `partyctl check`, without the command line's library: cron comes here directly."""

import sys
from collections import Counter
from datetime import date, timedelta
from typing import NamedTuple

from partyctl.calendar import Period, period_named, period_of
from partyctl.cli.check.judging import Question, found, side_by_side
from partyctl.cli.input.dates import read_month, today
from partyctl.cli.session import current
from partyctl.cli.session.reading import Reading
from partyctl.language import say
from partyctl.law.catalogue import CATALOGUE, rule_named
from partyctl.law.engine.obligations import is_wrong
from partyctl.law.engine.owed import EVERYTHING, ONLY_OPEN, Wanted
from partyctl.law.engine.rule import Obligation, Rule
from partyctl.show.papers import printed_head
from partyctl.terms import Noun, Status, read_term

RUNNING = "running"
SOON = timedelta(days=7)
FOUND = 3


class Asked(NamedTuple):
    """What `check` is asked: a month or everything, on a day, which rules, how strictly."""

    month: str | None = None
    as_of: date | None = None
    everything: bool = False
    strict: bool = False
    area: Noun | None = None
    rule: str | None = None
    as_json: bool = False


def read_area(text: str) -> Noun:
    """The part of the regulation's work that is asked about, by its command."""
    return read_term(Noun, text, of=say("范围", "area"))


def read_running_month(text: str) -> str:
    """A month, or the running one."""
    return text if text == RUNNING else read_month(text)


def with_running_month(args: list[str]) -> list[str]:
    """The arguments, with a value for a --month that stands alone."""
    filled = []
    for place, arg in enumerate(args):
        filled.append(arg)
        is_last = place + 1 == len(args)
        if arg == "--month" and (is_last or args[place + 1].startswith("-")):
            filled.append(RUNNING)
    return filled


def answer(asked: Asked) -> int:
    """Print what is owed; the exit code: 3 where something is overdue or in breach."""
    on = asked.as_of or today()
    month = period_of("month", on) if asked.month == RUNNING else None
    if asked.month and month is None:
        month = period_named(asked.month)
    rules = [rule_named(asked.rule)] if asked.rule else list(CATALOGUE)
    chosen = [rule for rule in rules if asked.area in (None, rule.area)]
    whole = month is None and (asked.everything or asked.as_json)
    with current.reading(on, None if whole else month or period_of("month", on)) as reading:
        if asked.as_json:
            question = Question(tuple(rule.id for rule in chosen), month, asked.strict)
            wrong = _print_json(reading, question)
        else:
            wrong = _print_table(reading, chosen, month, asked)
    return FOUND if wrong else 0


def _print_json(reading: Reading, question: Question) -> bool:
    from partyctl.show.tables import json_text, speak_utf_8

    branches = reading.judged(current.branch())
    parts = side_by_side(reading, branches, current.ledger_path(), question)
    counts = sum((part.counts for part in parts), Counter[str]())
    wrong = any(part.wrong for part in parts)
    head = {
        "as_of": reading.on.isoformat(),
        "month": question.month and question.month.name,
        "ok": not wrong,
        "summary": {status.value: counts[status.value] for status in SUMMARY},
    }
    speak_utf_8()
    sys.stdout.write(json_text(head)[:-1] + ', "obligations": [')
    for place, text in enumerate(filter(None, (part.text for part in parts))):
        sys.stdout.write(f",\n{text}" if place else text)
    sys.stdout.write("]}\n")
    return wrong


SUMMARY = (
    *(Status.MET, Status.LATE, Status.DUE, Status.OVERDUE),
    *(Status.BREACH, Status.ADVISED, Status.WAIVED),
)


def _print_table(reading: Reading, rules: list[Rule], month: Period | None, asked: Asked) -> bool:
    from partyctl.show.scoreboard import print_scoreboard

    wanted = ONLY_OPEN
    if month or asked.everything:
        wanted = Wanted(month.first, month.last) if month else EVERYTHING
    judged = reading.judged(current.branch())
    branches = [each for each in judged if each != reading.group]
    items = list(found(reading, judged, rules, month, wanted))
    wrong = any(is_wrong(item.obligation, strict=asked.strict) for item in items)
    if not month and not asked.everything:
        items = [item for item in items if is_pressing(item.obligation, reading.on)]
    names = branches[0].name if len(branches) == 1 else reading.organ.name
    paper = [month.name, printed_head(reading.ledger)] if month else []
    heading = " · ".join([reading.on.isoformat(), names, *paper])
    print_scoreboard(
        items, reading.on, heading, everything=asked.everything, branches=len(branches)
    )
    return wrong


def is_pressing(obligation: Obligation, on: date) -> bool:
    """Whether something is wrong, or due within the running month or the next seven days."""
    if obligation.status is not Status.DUE or obligation.due is None:
        return obligation.is_open
    return obligation.due <= max(period_of("month", on).last, on + SOON)
