"""Short texts for obligations."""

from datetime import date

from partyctl.language import say, worded
from partyctl.law.engine.obligations import days_left, days_overdue
from partyctl.law.engine.rule import Obligation
from partyctl.terms import Status


def noted(owed: Obligation) -> str | None:
    """Return the remark on an obligation in the user's language."""
    return owed.note and worded(owed.note)


def state_of(owed: Obligation, on: date) -> str:
    """Return the status, with the number of days left or overdue."""
    if (late := days_overdue(owed, on)) is not None:
        gone = "已过 " if owed.status is Status.ADVISED else ""
        return say(f"{owed.status.chinese} {gone}{late} 天", f"{owed.status} {late} d")
    if (left := days_left(owed, on)) is not None:
        return say(f"{owed.status.chinese} 剩 {left} 天", f"{owed.status} in {left} d")
    return owed.status.label
