"""The coming weeks on the screen: what falls due, and what one gathering could satisfy together."""

import json
import sys
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from partyctl.cli.check.judging import found
from partyctl.cli.session.reading import Reading
from partyctl.language import say
from partyctl.law.catalogue import CATALOGUE
from partyctl.law.engine.owed import EVERYTHING
from partyctl.law.engine.rule import Obligation
from partyctl.law.questions.coming import Gathering, months_until, opening_later, together
from partyctl.law.questions.scoreboard import Item
from partyctl.show.obligations import as_json, state_of, title
from partyctl.show.tables import Line, print_json, print_table
from partyctl.terms import Status


def items_until(reading: Reading, until: date, branch: str | None) -> list[Item]:
    """What is owed on the day of the reading, in every status, and what will be by another day."""
    judged = reading.judged(branch)
    rules = list(CATALOGUE)
    items = list(found(reading, judged, rules, None, EVERYTHING))
    for month in months_until(reading.on, until):
        later = Reading(reading.ledger, month.last)
        for item in found(later, judged, rules, None, EVERYTHING):
            opening = opening_later([item.obligation], month, reading.on)
            items += [item._replace(obligation=owed) for owed in opening]
    return [each for each in items if _opens_by(each.obligation, until)]


def _opens_by(owed: Obligation, until: date) -> bool:
    return (owed.due or owed.opens) <= until or owed.opens <= until


def print_coming(items: Sequence[Item], on: date, until: date, *, as_json: bool) -> None:
    """What falls due by a day, week by week, and what is overdue already."""
    open_ = [item for item in items if _is_coming(item.obligation, until)]
    gatherings = together((item.obligation for item in items), on, until)
    if as_json:
        _print_json(open_, gatherings, on, until)
        return
    sys.stdout.write(f"{on} – {until}\n")
    ordered = sorted(open_, key=lambda item: (_week(item, on), item.obligation.due or date.max))
    for week, group in groupby(ordered, key=lambda item: _week(item, on)):
        sys.stdout.write("\n")
        lines = [_line(item, on) for item in group]
        print_table(("",) * len(lines[0].cells), lines, _heading(week), in_file=_in_file())
    if not open_:
        sys.stdout.write(say("这几周没有到期的事。\n", "Nothing falls due.\n"))
    if gatherings:
        told = say("一次活动可以同时满足", "One gathering could satisfy together")
        names = (say("时间", "when"), say("对象", "whose"), say("事项", "duties"))
        sys.stdout.write("\n")
        print_table(("", "", ""), [_together(each) for each in gatherings], told, in_file=names)


def _in_file() -> tuple[str, ...]:
    """What a file calls the columns that need no names on the screen."""
    return (
        *(say("期限", "due"), say("状态", "status"), say("事项", "duty")),
        *(say("对象", "whose"), say("条款", "clause")),
    )


def _is_coming(owed: Obligation, until: date) -> bool:
    to_do = owed.status is Status.DUE or owed.is_missed
    return to_do and owed.due is not None and owed.due <= until


def _week(item: Item, on: date) -> date:
    """The Monday of the week in which something is due; date.min for what is over."""
    due = item.obligation.due
    assert due is not None
    return date.min if due < on else due - timedelta(days=due.weekday())


def _heading(week: date) -> str:
    if week == date.min:
        return say("已经逾期", "Overdue already")
    return say(f"{week} 起的一周", f"The week of {week}")


def _line(item: Item, on: date) -> Line:
    owed = item.obligation
    what = " ".join(filter(None, (title(owed.rule), owed.period or owed.note)))
    cells = (str(owed.due), state_of(owed, on), what, owed.subject.name, owed.rule.article)
    return Line(cells, owed.status)


def _together(each: Gathering) -> Line:
    what = "、".join(f"{title(duty.rule)} {duty.period}" for duty in each.duties)
    by = say(f"{each.by} 前", f"by {each.by}")
    return Line((by, each.subject.name, what), Status.DUE, f"→ {command_of(each)}")


def command_of(gathering: Gathering) -> str:
    """The command that records such a gathering."""
    kinds = ",".join(gathering.kinds)
    return f"partyctl meeting add {kinds} --on … --chair …"


def _print_json(
    items: Iterable[Item], gatherings: Iterable[Gathering], on: date, until: date
) -> None:
    owed: list[Any] = [json.loads(as_json(item, on)) for item in items]
    print_json(
        {
            "as_of": str(on),
            "until": str(until),
            "obligations": sorted(owed, key=lambda each: each["due"]),
            "together": [
                {
                    "subject": each.subject.name,
                    "by": str(each.by),
                    "kinds": each.kinds,
                    "rules": [duty.rule.id for duty in each.duties],
                    "periods": [duty.period for duty in each.duties],
                    "command": command_of(each),
                }
                for each in gatherings
            ],
        }
    )
