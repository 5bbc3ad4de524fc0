"""Obligations as JSON: the fields that scripts rely on."""

import json
from datetime import date
from typing import NamedTuple

from partyctl.language import speaks_english
from partyctl.law.rule import Obligation, Rule
from partyctl.terms import Status


class Item(NamedTuple):
    """An obligation with the branch it belongs to, and whether an earlier month left it behind."""

    obligation: Obligation
    branch: str
    carried_over: bool


def title(rule: Rule) -> str:
    """The duty in a few words of this run's language."""
    return rule.english if speaks_english() else rule.title


def days_left(obligation: Obligation, on: date) -> int | None:
    """The days until something is due; None where it is not open, or has no due date."""
    if obligation.status is not Status.DUE or obligation.due is None:
        return None
    return (obligation.due - on).days


def days_overdue(obligation: Obligation, on: date) -> int | None:
    """The days since something was due; None where nothing is overdue."""
    if obligation.due is None or obligation.due >= on or not obligation.is_missed:
        return None
    return (on - obligation.due).days


def as_json(item: Item, on: date) -> str:
    """One obligation as JSON text."""
    owed = item.obligation
    rule, proof = owed.rule, owed.proof
    fields = {
        "rule": rule.id,
        "article": rule.article,
        "layer": rule.layer,
        "strength": rule.strength,
        "title": title(rule),
        "subject": {"kind": owed.subject.kind, "id": owed.subject.id, "name": owed.subject.name},
        "branch": item.branch,
        "period": owed.period,
        "opens": owed.opens.isoformat(),
        "due": owed.due and owed.due.isoformat(),
        "status": owed.status,
        "days_overdue": days_overdue(owed, on),
        "days_left": days_left(owed, on),
        "proof": proof and {"kind": proof.kind, "id": proof.id, "on": proof.on.isoformat()},
        "remedy": owed.remedy,
        "carried_over": item.carried_over,
    }
    if owed.note:
        fields["note"] = owed.note
    return json.dumps(fields, ensure_ascii=False)
