"""Making up a period (补办): which records can, and when."""

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
    """The rules as they were changed until now."""
    return Rulebook(rule_changes(driver_of(session)))


def require_fit(session: Session, kinds: Sequence[Term], period: Period, day: date) -> None:
    """Refuse to make up a period that the kinds do not have, or that is not over. [2]."""
    from partyctl.law.catalogue import cadences  # only a make-up asks for the rules

    rulebook = rulebook_of(session)
    for kind in kinds:
        known = cadences(kind, rulebook)
        if known and period.kind not in known:
            raise Refused(
                say(
                    f"{kind.chinese}不按这样的期间办理，不能补 {period}。",
                    f"{kind} does not come round by such periods: it cannot make up {period}.",
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
