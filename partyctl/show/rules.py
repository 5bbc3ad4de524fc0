"""The JSON of a rule on a given day, for `rules show` and `check --explain`."""

from datetime import date
from typing import TYPE_CHECKING

from partyctl.language import bracketed, title_of, worded
from partyctl.law.changes.rulebook import (
    Rulebook,
    Satisfying,
    duty_in_words,
    satisfied_by,
    settable,
)
from partyctl.law.engine.rule import Rule
from partyctl.typed import typed

if TYPE_CHECKING:
    from partyctl.contract import rules as shapes


def satisfying(record: Satisfying) -> str:
    """Describe the record that satisfies a rule: its kind and its command, or the command alone."""
    command = typed(record.command)
    return command if record.kind is None else record.kind.label + bracketed(command)


def rule_object(rule: Rule, rulebook: Rulebook, on: date) -> "shapes.Rule":
    """Return the JSON of a rule on a given day."""
    version = rulebook.on(rule, on)
    shown = version or rule
    last = next((each for each in reversed(rulebook.of(rule)) if each.from_on <= on), None)
    return {
        "id": rule.id,
        "title": title_of(shown),
        "article": rule.article,
        "layer": rule.layer,
        "strength": shown.strength,
        "area": rule.area,
        "remedy": f"partyctl {rule.remedy}",
        "duty": worded(duty_in_words(shown)),
        "satisfied_by": satisfying(satisfied_by(shown)),
        "numbers": {
            name: f"{value[0]:02d}-{value[1]:02d}" if name == "by" else value
            for name, value in settable(shown).items()
            if name != "strength"
        },
        "enabled": version is not None and rule.since <= on < rule.until,
        "since": None if shown.since == date.min else str(shown.since),
        "last_change": {
            "id": last.id,
            "act": last.act,
            "from": str(last.from_on),
            "reason": last.reason,
        }
        if last
        else None,
    }
