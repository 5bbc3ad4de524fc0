"""Find the members of the leading group (党组). These members can belong to different branches."""

from datetime import date

from sqlmodel import Session, col, or_, select

from partyctl.ledger.tables.people import Member
from partyctl.ledger.tables.periods import Appointment
from partyctl.terms import LEADING_POSTS, Post


def members(session: Session, day: date) -> list[Member]:
    """The secretary and the members of the leading group on a day, the secretary first."""
    is_secretary = col(Appointment.post) == Post.LEADING_SECRETARY
    query = (
        select(Member)
        .join(Appointment, col(Appointment.member_id) == col(Member.id))
        .where(
            col(Appointment.post).in_(LEADING_POSTS),
            col(Appointment.voided_at).is_(None),
            col(Appointment.from_on) <= day,
            or_(col(Appointment.to_on).is_(None), col(Appointment.to_on) >= day),
            col(Member.voided_at).is_(None),
            or_(col(Member.left_on).is_(None), col(Member.left_on) > day),
        )
        .order_by(is_secretary.desc(), col(Member.id))
    )
    found = {member.number: member for member in session.exec(query).all()}
    return list(found.values())
