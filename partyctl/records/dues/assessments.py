"""Record the dues that a member owes each month, beginning with a certain month.

Amounts are in 分.
"""

from sqlmodel import Session, col, select

from partyctl.errors import PartyctlError
from partyctl.language import say
from partyctl.law.dues.tariff import Assessed, assess
from partyctl.ledger.tables.base import new
from partyctl.ledger.tables.dues import Assessment, DuesEntry
from partyctl.ledger.tables.people import Member
from partyctl.light import NamedTuple
from partyctl.records.common import finding
from partyctl.records.common.words import text_if_given
from partyctl.records.dues.book import open_entry, require_member_by
from partyctl.terms import Category, DuesAct


class MissingReason(Exception):
    """Raised if an assessment replaces another in the middle of a year and no reason was given."""


def record_assessment(
    session: Session,
    text: str,
    *,
    from_month: str,
    base: int | None,
    category: Category | None,
    chosen: int | None,
    reason: str | None,
) -> tuple[DuesEntry, Assessed]:
    """Record a member's monthly dues, computed with the rates in force in `from_month`. [支部·七3].

    The amount applies from `from_month` on. If no category is given, the category on record for
    `from_month` applies. A given category is recorded and applies from `from_month` on. Raises
    MissingReason if the assessment replaces another in the middle of a year and no reason is given,
    BadUsage if the base is missing, and Refused for a month that `require_member_by` refuses.
    """
    # Imported here, because `payments` imports this module but does not need categories.
    from partyctl.records.members.categories import category_in, set_category

    member = finding.member(session, text)
    require_member_by(member, from_month)
    in_force = category_in(session, member, from_month)
    category = category or in_force
    assessed = assess(category, base, from_month, chosen)
    if reason is None and _changes_a_year(session, member, from_month):
        raise MissingReason
    if category is not in_force:
        set_category(session, member, category, from_month)
    entry = open_entry(session, member, DuesAct.ASSESSMENT)
    session.add(
        new(
            Assessment,
            member_id=member.number,
            entry_id=entry.number,
            category=category,
            base=base,
            from_month=from_month,
            amount=assessed.amount,
            working=assessed.working.chinese,
            reason=text_if_given(reason, say("原因", "the reason")),
        )
    )
    return entry, assessed


def _changes_a_year(session: Session, member: Member, from_month: str) -> bool:
    """Whether an assessment replaces another in the middle of a year, even by the same amount.

    An amount is set once a year and normally stays the same for that year (组电明字〔2017〕5号). If
    the replaced assessment begins in the same month as the new one, this counts as the middle of a
    year, even in January.
    """
    before = [month for month, _ in _assessments(session, member) if month <= from_month]
    if not before:
        return False
    return from_month in before or not from_month.endswith("-01")


def _assessments(session: Session, member: Member) -> list[tuple[str, int]]:
    query = (
        select(Assessment.from_month, Assessment.amount)
        .join(DuesEntry, col(DuesEntry.id) == col(Assessment.entry_id))
        .where(Assessment.member_id == member.number, col(DuesEntry.voided_at).is_(None))
        .order_by(col(Assessment.from_month), col(Assessment.entry_id))
    )
    return [(month, amount) for month, amount in session.exec(query).all()]


def assessed_for(session: Session, member: Member, month: str) -> int | None:
    """A member's assessed dues for a month, in 分; None if the dues are not assessed."""
    amounts = [amount for start, amount in _assessments(session, member) if start <= month]
    return amounts[-1] if amounts else None


class Effect(NamedTuple):
    """The monthly dues in 分 before and after a change of category."""

    before: int
    after: int


def effect_of_category(
    session: Session, member: Member, category: Category, month: str
) -> Effect | None:
    """The member's dues for a month: as assessed, and as they would be in another category.

    None if the member was not assessed, or if the recorded income base does not fit the category.
    """
    query = (
        select(Assessment)
        .join(DuesEntry, col(DuesEntry.id) == col(Assessment.entry_id))
        .where(
            Assessment.member_id == member.number,
            Assessment.from_month <= month,
            col(DuesEntry.voided_at).is_(None),
        )
        .order_by(col(Assessment.from_month).desc(), col(Assessment.entry_id).desc())
    )
    latest = session.exec(query).first()
    if latest is None:
        return None
    chosen = latest.amount if category is Category.FARMER else None
    try:
        return Effect(latest.amount, assess(category, latest.base, month, chosen).amount)
    except PartyctlError:  # the recorded income base does not fit the new category
        return None
