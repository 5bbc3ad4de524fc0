"""Answer `partyctl check --explain RULE`: explain how a rule was judged.

The explanation says how the days were counted and which records were considered.
"""

import json
from datetime import date

from partyctl.calendar import Period
from partyctl.cli.check.judging import found
from partyctl.cli.session import current
from partyctl.contract import overviews as shapes
from partyctl.contract import rules as rule_shapes
from partyctl.errors import FOUND, NoSuchRecord
from partyctl.language import say, worded
from partyctl.law.changes.rulebook import Rulebook
from partyctl.law.engine.obligations import is_wrong
from partyctl.law.engine.owed import EVERYTHING
from partyctl.law.engine.rule import Obligation, Rule
from partyctl.law.questions.explaining import Explanation, explain
from partyctl.law.questions.scoreboard import Item
from partyctl.show.explanations import print_explanations, worded_would
from partyctl.show.obligation_json import as_json as item_as_json
from partyctl.show.rules import rule_object
from partyctl.show.tables import print_json

MOST = 10
"""The maximum number of obligations to explain for a branch if no subject and no period is named."""

Why = tuple[Item, Explanation]


def answer_why(
    rule: Rule, on: date, subject: str | None, period: Period | None, *, as_json: bool
) -> int:
    """Explain the obligations under a rule.

    Return 3 if one of the explained obligations is overdue or in breach, and 0 if none is.
    """
    with current.reading(on) as reading:
        told: list[Why] = []
        for branch in reading.judged(current.branch()):
            known = reading.known(branch)
            items = list(found(reading, [branch], [rule], None, EVERYTHING))
            told += [
                (item, explain(item.obligation, known)) for item in _asked(items, subject, period)
            ]
        shown = rule_object(rule, reading.rulebook or Rulebook([]), on)
    if not told and subject is not None:
        raise NoSuchRecord(
            say(
                f"{subject} 没有“{rule.title}”这项义务。",
                f"{subject} owes nothing under {rule.id}.",
            ),
            f"partyctl check --explain {rule.id}",
        )
    if as_json:
        answer: shapes.Explained = {
            "as_of": str(on),
            "rule": shown,
            "explanations": [_plainly(item, why, on) for item, why in told],
        }
        print_json(answer)
    else:
        print_explanations(shown, told, on)
    return FOUND if any(is_wrong(item.obligation) for item, _ in told) else 0


def _asked(items: list[Item], subject: str | None, period: Period | None) -> list[Item]:
    """Return the obligations to explain.

    If a subject is given, return only the obligations of that subject. If a period is given, return
    only the obligations of that period.

    If no subject and no period is given, return the last obligations that are open, at most `MOST`.
    If no obligation is open, return the last obligations, again at most `MOST`.
    """
    some = [
        item
        for item in items
        if (subject is None or _is_of(item.obligation, subject))
        and (period is None or _is_in(item.obligation, period))
    ]
    if subject is not None or period is not None:
        return some
    still_open = [item for item in some if item.obligation.is_open]
    return (still_open or some)[-MOST:]


def _is_of(owed: Obligation, text: str) -> bool:
    subject, named = owed.subject, text.strip().replace("＃", "#")
    if named in (worded(subject.name), f"#{subject.id}", f"{subject.kind}#{subject.id}"):
        return True
    return subject.other_id is not None and named in subject.proper_name.split("、")


def _is_in(owed: Obligation, period: Period) -> bool:
    if owed.period is not None:
        return owed.period == period.name
    return period.first <= (owed.due or owed.opens) <= period.last


def _plainly(item: Item, why: Explanation, on: date) -> "shapes.Explanation":
    plain: rule_shapes.Obligation = json.loads(item_as_json(item, on))
    return {
        **plain,
        "counted": [
            {"day": str(each.day) if each.day else None, "how": worded(each.how)}
            for each in why.counted
        ],
        "considered": [
            {
                "kind": each.fact.record_kind,
                "id": each.fact.record_id,
                "on": str(each.fact.on),
                "counts": each.counts,
                "why": worded(each.why),
            }
            for each in why.considered
        ],
        "would": worded_would(why.would),
    }
