"""Check whether a record can make up for a missed period (补办)."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from sqlmodel import Session

from partyctl.calendar import Period
from partyctl.errors import Refused
from partyctl.language import say
from partyctl.ledger.writing.session import driver_of
from partyctl.terms import Term

if TYPE_CHECKING:
    from partyctl.law.changes.rulebook import Rulebook


def rulebook_of(session: Session) -> "Rulebook":
    """The rules with all changes recorded so far."""
    from partyctl.law.changes.rulebook import Rulebook  # rarely needed
    from partyctl.ledger.reading.rules.changes import rule_changes

    return Rulebook(rule_changes(driver_of(session)))


def require_fit(session: Session, kinds: Sequence[Term], period: Period, day: date) -> None:
    """Check that records of these kinds can make up for a period.

    The period must end before `day`, and must be as long as the periods in which these records are
    due. For example, a record that is due every month can make up for a month. For records that are
    not due in periods, the period can have any length.

    Raises Refused.
    """
    # Imported here, because `catalogue` loads all rules, which takes time.
    from partyctl.law.catalogue import cadences

    rulebook = rulebook_of(session)
    for kind in kinds:
        known = cadences(kind, rulebook)
        if known and period.kind not in known:
            raise Refused(
                say(
                    f"{kind.chinese}不按这样的期间办理，不能补 {period}。",
                    f"{kind} does not recur in periods of this length, so it cannot make up for "
                    f"{period}.",
                ),
                say(
                    "换成它的期间，如 2026-03 或 2026-Q1",
                    "give a period of the right kind, such as 2026-03 or 2026-Q1",
                ),
            )
    if period.last >= day:
        raise Refused(
            say(
                f"{period} 到 {day} 还没有结束，不必补。",
                f"{period} was not over on {day}: there is nothing to make up for.",
            ),
            say("去掉 --makes-up", "leave out --makes-up"),
        )
