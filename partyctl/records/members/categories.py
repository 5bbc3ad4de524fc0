"""Record a member's category for dues (党员类别), such as employed or retired, from a certain month."""

from sqlmodel import Session, col, select

from partyctl.calendar import month_of
from partyctl.errors import Refused
from partyctl.language import say
from partyctl.ledger.tables.base import new
from partyctl.ledger.tables.people import Member
from partyctl.ledger.tables.periods import MemberCategory
from partyctl.records.common.voiding import void
from partyctl.terms import Category, Correction, stored_term


def category_in(session: Session, member: Member, month: str) -> Category:
    """A member's category in a month.

    The latest category recorded for this month or an earlier month applies. If no such category is
    recorded, the category in the member's record applies.
    """
    set_by_then = [each for each in _dated(session, member) if each.from_month <= month]
    return stored_term(Category, set_by_then[-1].category if set_by_then else member.category)


def set_category(session: Session, member: Member, category: Category, from_month: str) -> Category:
    """Record a member's category from a certain month on. Returns the category that applied before.

    A second category for the same month replaces the first. Raises Refused.
    """
    first = month_of(member.joined_on)
    if from_month < first:
        raise Refused(
            say(
                f"{member.name} {member.joined_on} 入党，{from_month} 还不是党员。",
                f"{member.name} joined on {member.joined_on} and was not a member in {from_month}.",
            ),
            f"--from {first}",
        )
    for each in _dated(session, member):
        if each.from_month == from_month:
            void(session, each, Correction.CATEGORY)
    session.flush()
    before = category_in(session, member, from_month)
    session.add(
        new(MemberCategory, member_id=member.number, from_month=from_month, category=category)
    )
    session.flush()
    return before


def _dated(session: Session, member: Member) -> list[MemberCategory]:
    query = (
        select(MemberCategory)
        .where(MemberCategory.member_id == member.number, col(MemberCategory.voided_at).is_(None))
        .order_by(col(MemberCategory.from_month))
    )
    return list(session.exec(query).all())
