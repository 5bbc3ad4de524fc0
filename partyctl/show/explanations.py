"""Explain the status of an obligation: print its clause, days, records and remedy."""

import sys
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from partyctl.errors import Run
from partyctl.language import say, with_colon, worded
from partyctl.law.changes.rulebook import Satisfying
from partyctl.law.questions.explaining import Considered, Explanation, Would
from partyctl.law.questions.scoreboard import Item
from partyctl.show.obligations import state_of
from partyctl.show.rules import satisfying
from partyctl.terms import Layer, Noun, Strength, stored_term
from partyctl.text import printable
from partyctl.typed import typed

if TYPE_CHECKING:
    from partyctl.contract import rules as shapes


def print_explanations(
    rule: "shapes.Rule", told: Sequence[tuple[Item, Explanation]], on: date
) -> None:
    """Print the rule and the obligations under it, each with its reasons."""
    layer, strength = stored_term(Layer, rule["layer"]), stored_term(Strength, rule["strength"])
    head = (
        f"{rule['title']} [{rule['article']}] · {layer.label} · {strength.label}",
        say(f"要求：{rule['duty']}", f"Requires: {rule['duty']}"),
        say(f"什么算数：{rule['satisfied_by']}", f"Satisfied by: {rule['satisfied_by']}"),
    )
    _print(0, *head)
    if not told:
        off = say("这条规则当天没有启用。", "The rule is not in force on that day.")
        nobody = say(
            f"到 {on} 为止，没有谁因这条规则有事要办。",
            f"Up to {on}, nobody had a duty under this rule.",
        )
        _print(0, nobody if rule["enabled"] else off)
    for item, why in told:
        sys.stdout.write("\n")
        _print_one(item, why, on)


def _print_one(item: Item, why: Explanation, on: date) -> None:
    owed = item.obligation
    about = " ".join(filter(None, (worded(owed.subject.name), owed.period)))
    _print(0, with_colon(about, state_of(owed, on)))
    for day, how in why.counted:
        _print(2, f"{day or '—'}  {worded(how)}")
    if owed.note:
        _print(2, worded(owed.note))
    if not why.considered:
        _print(2, say("没有看到相关记录", "no record was found"))
    for each in why.considered:
        _print(2, _record(each))
    _print(2, f"→ {typed(worded_would(why.would))}")


def worded_would(would: Would) -> str:
    """Say in the user's language what would satisfy an obligation."""
    if isinstance(would, Satisfying):
        return satisfying(would)
    return would if isinstance(would, Run) else worded(would)


def _record(each: Considered) -> str:
    fact = each.fact
    noun = next((noun.label for noun in Noun if noun == fact.record_kind), fact.record_kind)
    day = f" {fact.on}" if fact.on > date.min else ""
    return with_colon(
        f"{'✓' if each.counts else '✗'} {noun} #{fact.record_id}{day}", worded(each.why)
    )


def _print(indent: int, *lines: str) -> None:
    for line in lines:
        sys.stdout.write(f"{' ' * indent}{printable(line, lines=False)}\n")
