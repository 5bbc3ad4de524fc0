"""The JSON of obligations, with the fields that scripts rely on."""

import json
from datetime import date
from functools import lru_cache
from json.encoder import encode_basestring as quoted  # like ensure_ascii=False

from partyctl.language import title_of, worded
from partyctl.law.engine.obligations import days_left, days_overdue
from partyctl.law.questions.scoreboard import Item
from partyctl.text import printable


@lru_cache(maxsize=512)
def _rule_fields(name: str, article: str, layer: str, strength: str, title: str) -> str:
    # The arguments are single values instead of the rule, because hashing a whole rule takes longer
    # than formatting the rest of an obligation.
    fields = {
        "rule": name,
        "article": article,
        "layer": layer,
        "strength": strength,
        "title": title,
    }
    return printable(json.dumps(fields, ensure_ascii=False)[:-1])


def as_json(item: Item, on: date) -> str:
    """Return an obligation as JSON text.

    The text is built by hand, because a large ledger has a hundred thousand obligations and the
    JSON encoder would take four times as long.
    """
    owed = item.obligation
    rule, subject, proof = owed.rule, owed.subject, owed.proof
    of_rule = _rule_fields(
        rule.id, rule.article, rule.layer.value, rule.strength.value, title_of(rule)
    )
    proved = (
        f'{{"kind": "{proof.kind}", "id": {proof.id}, "on": {_day(proof.on)}}}' if proof else "null"
    )
    note = f', "note": {_text(worded(owed.note))}' if owed.note else ""
    if owed.provisional:
        note += ', "provisional": true'
    return (
        f'{of_rule}, "subject": {{"kind": "{subject.kind}", "id": {subject.id}'
        f', "name": {_text(worded(subject.name))}}}'
        f', "branch": {_text(item.branch)}'
        f', "period": {_text(owed.period)}'
        f', "opens": {_day(owed.opens)}'
        f', "due": {_day(owed.due)}'
        f', "status": "{owed.status.value}"'
        f', "days_overdue": {_number(days_overdue(owed, on))}'
        f', "days_left": {_number(days_left(owed, on))}'
        f', "proof": {proved}'
        f', "remedy": {_text(owed.remedy)}'
        f', "carried_over": {"true" if item.carried_over else "false"}'
        f"{note}}}"
    )


@lru_cache(maxsize=4096)
def _text(value: str | None) -> str:
    return "null" if value is None else printable(quoted(value))


@lru_cache(maxsize=4096)
def _day(value: date | None) -> str:
    return f'"{value}"' if value else "null"


def _number(value: int | None) -> str:
    return "null" if value is None else str(value)
