"""The JSON of obligations, with the fields that scripts rely on."""

import json
from datetime import date
from functools import lru_cache
from json.encoder import encode_basestring as quoted  # like ensure_ascii=False

from partyctl.language import title_of, worded
from partyctl.law.engine.obligations import days_left, days_overdue
from partyctl.law.questions.scoreboard import Item


@lru_cache(maxsize=512)
def _rule_fields(name: str, article: str, layer: str, strength: str, title: str) -> str:
    """Return the JSON of the fields that all obligations under a rule share.

    The results are cached, keyed by the arguments. The arguments are single values instead of the
    rule, because hashing a whole rule takes longer than formatting the rest of an obligation.
    """
    fields = {
        "rule": name,
        "article": article,
        "layer": layer,
        "strength": strength,
        "title": title,
    }
    return json.dumps(fields, ensure_ascii=False)[1:-1]


def as_json(item: Item, on: date) -> str:
    """Return an obligation as JSON text.

    The text is built by hand, because a large ledger has a hundred thousand obligations and the
    JSON encoder would take four times as long.
    """
    owed = item.obligation
    rule, subject, proof = owed.rule, owed.subject, owed.proof
    whose = quoted(worded(subject.name))
    of_rule = _rule_fields(
        rule.id, rule.article, rule.layer.value, rule.strength.value, title_of(rule)
    )
    proved = (
        f'{{"kind": "{proof.kind}", "id": {proof.id}, "on": "{proof.on}"}}' if proof else "null"
    )
    note = f', "note": {quoted(worded(owed.note))}' if owed.note else ""
    if owed.provisional:
        note += ', "provisional": true'
    return (
        f"{{{of_rule}"
        f', "subject": {{"kind": "{subject.kind}", "id": {subject.id}, "name": {whose}}}'
        f', "branch": {quoted(item.branch)}'
        f', "period": {_text(owed.period)}'
        f', "opens": "{owed.opens}"'
        f', "due": {_text(str(owed.due) if owed.due else None)}'
        f', "status": "{owed.status.value}"'
        f', "days_overdue": {_number(days_overdue(owed, on))}'
        f', "days_left": {_number(days_left(owed, on))}'
        f', "proof": {proved}'
        f', "remedy": {_text(owed.remedy)}'
        f', "carried_over": {"true" if item.carried_over else "false"}'
        f"{note}}}"
    )


def _text(value: str | None) -> str:
    return "null" if value is None else quoted(value)


def _number(value: int | None) -> str:
    return "null" if value is None else str(value)
