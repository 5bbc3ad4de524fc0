"""Which members are away on a day, and why (leave, secondment, work elsewhere)."""

from datetime import date

from sqlmodel import Session, col, or_, select

from partyctl.ledger.tables.periods import Away


def away_on(session: Session, day: date) -> dict[int, str]:
    """The members who are away on a day, each with the reason, keyed by the member's number."""
    query = select(Away).where(
        col(Away.voided_at).is_(None),
        Away.from_on <= day,
        or_(col(Away.to_on).is_(None), col(Away.to_on) >= day),
    )
    return {each.member_id: each.reason for each in session.exec(query.order_by(col(Away.id)))}
