"""Record rule changes.

Each change has a first day and a reason. The earlier rule continues to apply to duties before the
first day of the change.
"""

from collections.abc import Sequence

from sqlmodel import Session

from partyctl.language import say
from partyctl.law.changes.changes import Change
from partyctl.law.questions.changing import require_sense
from partyctl.ledger.tables.base import new
from partyctl.ledger.tables.rule_changes import RuleChange
from partyctl.records.common.making_up import rulebook_of
from partyctl.records.common.words import clean_text


def record(session: Session, changes: Sequence[Change]) -> list[RuleChange]:
    """Record rule changes; if one is refused, none is recorded.

    Raises BadUsage if a change sets a number (such as a number of days) that the rule does not
    have, and Refused if a change leaves the rule as it was.
    """
    stored = []
    for change in changes:
        require_sense(change, rulebook_of(session))
        stored.append(_store(session, change))
    return stored


def _store(session: Session, change: Change) -> RuleChange:
    numbers = change.numbers.given()
    by = numbers.pop("by", None)
    row = new(
        RuleChange,
        rule=change.rule,
        act=change.act,
        from_on=change.from_on,
        reason=clean_text(change.reason, say("变更原因", "the reason")),
        by_day=None if by is None else f"{by[0]:02d}-{by[1]:02d}",
        **numbers,
    )
    session.add(row)
    session.flush()
    return row
