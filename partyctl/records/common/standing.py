"""What admission made of a member: from when somebody is no more, and who brought it about."""

from datetime import date
from typing import NamedTuple

from sqlmodel import Session

from partyctl.ledger.tables.people import Member
from partyctl.ledger.writing.session import driver_of

STANDING = (
    "SELECT applicant_id, by_vote, refused_on, cancelled_on FROM standing WHERE member_id = ?"
)
ENDED = """
SELECT member_id FROM standing WHERE refused_on IS NOT NULL OR cancelled_on <= ?
"""


class Standing(NamedTuple):
    """Whose way it was, and whether it ended: refused, there never was a membership."""

    applicant: int
    by_vote: bool
    refused: bool
    cancelled_on: date | None


def standing_of(session: Session, member: Member) -> Standing | None:
    """A member's standing by admission; None for somebody who came on the roll otherwise."""
    session.flush()
    row = driver_of(session).execute(STANDING, (member.id,)).fetchone()
    if row is None:
        return None
    applicant, by_vote, refused_on, cancelled_on = row
    day = cancelled_on and date.fromisoformat(cancelled_on)
    return Standing(applicant, bool(by_vote), refused_on is not None, day)


def ended_on(session: Session, member: Member) -> date | None:
    """The first day on which a member was none any more, by leaving or by admission's end."""
    standing = standing_of(session, member)
    if standing is None:
        return member.left_on
    ends = [
        member.left_on,
        member.joined_on if standing.refused else None,
        standing.cancelled_on,
    ]
    return min((day for day in ends if day is not None), default=None)


def ended_by(session: Session, day: date) -> set[int]:
    """The members whom admission's end had taken off the roll by a day."""
    session.flush()
    return {number for (number,) in driver_of(session).execute(ENDED, (day.isoformat(),))}
