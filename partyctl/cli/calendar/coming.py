"""Print coming and overdue duties, and the duties that one meeting could satisfy together."""

import json
import sys
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import groupby

from partyctl.cli.check.judging import found
from partyctl.cli.session.reading import Reading
from partyctl.contract import rules as shapes
from partyctl.contract.overviews import Coming
from partyctl.language import comma_list, say, title_of
from partyctl.law.catalogue import CATALOGUE
from partyctl.law.engine.owed import EVERYTHING
from partyctl.law.engine.rule import Obligation
from partyctl.law.questions.coming import Gathering, months_until, opening_later, together
from partyctl.law.questions.remedies import short_months
from partyctl.law.questions.scoreboard import Item
from partyctl.show.board_rows import Row, Spoken, grouped_rows
from partyctl.show.obligation_json import as_json
from partyctl.show.scoreboard import worst_first
from partyctl.show.sections import Section, print_sections
from partyctl.show.tables import Line, print_json, print_table
from partyctl.terms import Status
from partyctl.typed import typed


def items_until(reading: Reading, until: date, branch: str | None) -> list[Item]:
    """Return the obligations whose first day or due date is on or before `until`.

    To find obligations that begin after `reading.on`, each later month, up to the month of `until`,
    is also judged as of its last day. From each month, only the obligations due in it are taken.
    """
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


def print_coming(
    reading: Reading, items: Sequence[Item], until: date, branch: str | None, *, as_json: bool
) -> None:
    """Print the coming duties by week, and the duties that are already overdue.

    At the end, print the groups of duties that a single meeting could satisfy.
    """
    on = reading.on
    open_ = [item for item in items if _is_coming(item.obligation, until)]
    gatherings = together((item.obligation for item in items), on, until)
    if as_json:
        _print_json(open_, gatherings, on, until)
        return
    spoken = Spoken(on, len(reading.judged(branch)) > 2, reading.shared_names, short_months(items))
    sys.stdout.write(f"{on} – {until}\n")
    ahead = [item for item in open_ if _week(item, on) != date.min]
    if not ahead:
        sys.stdout.write(say("这几周没有到期的事。\n", "No duty is due in these weeks.\n"))
    ordered = sorted(worst_first(ahead), key=lambda item: item.obligation.due or date.max)
    weeks = groupby(ordered, key=lambda item: _week(item, on))
    sections = [Section(_heading(week), _rows(group, spoken)) for week, group in weeks]
    over = worst_first(item for item in open_ if _week(item, on) == date.min)
    overdue = [Section(say("已经逾期", "Overdue already"), _rows(over, spoken))] if over else []
    print_sections([*sections, *overdue])
    if gatherings:
        told = say("一次活动可以同时满足", "One activity can satisfy all duties on the same line")
        names = (say("时间", "when"), say("对象", "whose"), say("事项", "duties"))
        sys.stdout.write("\n")
        print_table(("", "", ""), [_together(each) for each in gatherings], told, in_file=names)


def _rows(items: Iterable[Item], spoken: Spoken) -> list[Row]:
    """Return the rows of `check`, without the command or record that `check` prints below a row."""
    return [row._replace(below="") for row in grouped_rows(items, spoken)]


def _is_coming(owed: Obligation, until: date) -> bool:
    to_do = owed.status is Status.DUE or owed.is_missed
    return to_do and owed.due is not None and owed.due <= until


def _week(item: Item, on: date) -> date:
    """Return the Monday of the week of a due date, or date.min if the duty is overdue."""
    due = item.obligation.due
    assert due is not None
    return date.min if due < on else due - timedelta(days=due.weekday())


def _heading(week: date) -> str:
    return say(f"{week} 起的一周", f"The week of {week}")


def _together(each: Gathering) -> Line:
    what = comma_list(f"{title_of(duty.rule)} {duty.period}" for duty in each.duties)
    by = say(f"{each.by} 前", f"by {each.by}")
    return Line((by, each.subject.proper_name, what), Status.DUE, f"→ {typed(each.command)}")


def _print_json(
    items: Iterable[Item], gatherings: Iterable[Gathering], on: date, until: date
) -> None:
    owed: list[shapes.Obligation] = [json.loads(as_json(item, on)) for item in items]
    answer: Coming = {
        "as_of": str(on),
        "until": str(until),
        "obligations": sorted(owed, key=lambda each: each["due"] or ""),
        "together": [
            {
                "subject": each.subject.proper_name,
                "by": str(each.by),
                "kinds": [kind.value for kind in each.kinds],
                "rules": [duty.rule.id for duty in each.duties],
                "periods": [duty.period for duty in each.duties],
                "command": each.command,
            }
            for each in gatherings
        ],
    }
    print_json(answer)
