"""Making up a missed period (补办): the conditions for the record and the period."""

from collections.abc import Sequence
from datetime import date

from sqlmodel import Session

from partyctl.calendar import Period
from partyctl.errors import Refused
from partyctl.language import say
from partyctl.law.changes.rulebook import Rulebook
from partyctl.ledger.reading.rules.changes import rule_changes
from partyctl.ledger.writing.session import driver_of
from partyctl.terms import Term


def rulebook_of(session: Session) -> Rulebook:
    """The rules with all changes recorded so far."""
    return Rulebook(rule_changes(driver_of(session)))


def require_fit(session: Session, kinds: Sequence[Term], period: Period, day: date) -> None:
    """Refuse to make up a period that is not over, or one that these kinds do not use (exit code 2)."""
    from partyctl.law.catalogue import cadences  # rules are loaded only when something is made up

    rulebook = rulebook_of(session)
    for kind in kinds:
        known = cadences(kind, rulebook)
        if known and period.kind not in known:
            raise Refused(
                say(
                    f"{kind.chinese}不按这样的期间办理，不能补 {period}。",
                    f"{kind} does not recur in such periods: it cannot make up {period}.",
                ),
                say("换成它的期间，如 2026-03 或 2026-Q1", "its own period, as 2026-03 or 2026-Q1"),
            )
    if period.last >= day:
        raise Refused(
            say(
                f"{period} 到 {day} 还没有结束，不必补。",
                f"{period} was not over on {day}: there is nothing to make up.",
            ),
            say("去掉 --makes-up", "leave out --makes-up"),
        )
