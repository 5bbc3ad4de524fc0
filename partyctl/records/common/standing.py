"""How a member was admitted, and when the membership ended."""

from datetime import date

from sqlmodel import Session

from partyctl.ledger.reading.known.admitted import Admitted, admitted
from partyctl.ledger.tables.people import Member
from partyctl.ledger.writing.session import driver_of


def admission_of(session: Session, member: Member) -> Admitted | None:
    """A member's admission, or None if the member has no valid application in this ledger."""
    session.flush()
    return admitted(driver_of(session), "member.id = ?", (member.id,)).get(member.number)


def ended_on(session: Session, member: Member) -> date | None:
    """The first day on which somebody was no longer a member, or None for a current member."""
    found = admission_of(session, member)
    if found is None:
        return member.left_on
    refused = found.standing.refused_on is not None
    ends = [member.left_on, member.joined_on if refused else None, found.standing.cancelled_on]
    return min((day for day in ends if day is not None), default=None)
