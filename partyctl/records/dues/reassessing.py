"""Reassess a whole branch: apply the rates of a month to each member's recorded income base."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from partyctl.errors import PartyctlError, Refused
from partyctl.language import say
from partyctl.law.dues.tariff import Assessed, Fixed, tariff_of
from partyctl.law.sources.clauses import BRANCH
from partyctl.ledger.tables.dues import Assessment, DuesEntry
from partyctl.ledger.tables.people import Member
from partyctl.light import NamedTuple
from partyctl.records.common import finding
from partyctl.records.common.several import LeftAlone, address, for_each, members_named
from partyctl.records.dues.assessments import record_assessment
from partyctl.records.dues.pages import pages_of
from partyctl.records.members.categories import category_in
from partyctl.terms import Category, stored_term

CLAUSE = BRANCH["七3"]


class Anew(NamedTuple):
    """A member's new assessment."""

    member: Member
    entry: DuesEntry
    assessed: Assessed


def assess_all(
    session: Session,
    branch_name: str | None,
    excepted: Sequence[str],
    *,
    from_month: str,
    reason: str | None,
) -> tuple[list[Anew], list[LeftAlone]]:
    """Assess the dues of everybody in a branch who owes dues for a month.

    The amounts are computed from the recorded income bases. Returns the new assessments, and the
    members who were skipped.

    Raises MissingReason if an assessment replaces another in the middle of a year and no reason is
    given, and Together if the dues of some members cannot be computed from the records.
    """
    branch = finding.branch(session, branch_name)
    out = {member.number for member in members_named(session, excepted)}
    pages = pages_of(session, {branch.number})
    owing = [
        session.get_one(Member, number)
        for number, page in pages.items()
        if number not in out and page.owes(from_month)
    ]
    done = {m.number for m in owing if _latest(session, m, from_month, exactly=True)}
    left_alone = [
        LeftAlone(
            address(session, member),
            say(f"{from_month} 起已核定", f"already assessed from {from_month} on"),
        )
        for member in owing
        if member.number in done
    ]
    assessed = for_each(
        [member for member in owing if member.number not in done],
        lambda member: _assess(session, member, from_month, reason),
        named=lambda member: address(session, member),
        everybody=True,
    )
    return assessed, left_alone


def _latest(
    session: Session, member: Member, month: str, *, exactly: bool = False
) -> Assessment | None:
    """The assessment that applies to a month, or None.

    With `exactly`, an assessment that started in an earlier month is not returned.
    """
    query = (
        select(Assessment)
        .join(DuesEntry, col(DuesEntry.id) == col(Assessment.entry_id))
        .where(
            Assessment.member_id == member.number,
            col(DuesEntry.voided_at).is_(None),
            Assessment.from_month == month if exactly else Assessment.from_month <= month,
        )
        .order_by(col(Assessment.from_month).desc(), col(Assessment.entry_id).desc())
    )
    return session.exec(query).first()


def _assess(session: Session, member: Member, from_month: str, reason: str | None) -> Anew:
    """Assess a member's dues from the recorded income base.

    Raises Refused if the amount cannot be computed from the records, for example after a change of
    category.
    """
    earlier = _latest(session, member, from_month)
    category = category_in(session, member, from_month)
    rates = tariff_of(from_month).rates[category]
    if earlier is None and not (isinstance(rates, Fixed) and rates.least == rates.most):
        raise _unclear(member, from_month, say("还没有核定过", "was never assessed"))
    if earlier is not None and stored_term(Category, earlier.category) is not category:
        before = stored_term(Category, earlier.category).label
        raise _unclear(
            member,
            from_month,
            say(
                f"上次按{before}核定，现在是{category.label}",
                f"was assessed as {before} and is {category.label} now",
            ),
        )
    entry, assessed = record_assessment(
        session,
        finding.stored(member.number),
        from_month=from_month,
        base=earlier.base if earlier else None,
        category=None,
        chosen=earlier.amount if earlier and isinstance(rates, Fixed) else None,
        reason=reason,
    )
    return Anew(member, entry, assessed)


def _unclear(member: Member, from_month: str, why: str) -> PartyctlError:
    return Refused(
        say(f"{member.name}{why}，须写明基数[{CLAUSE}]。", f"{member.name} {why} [{CLAUSE}]."),
        f"partyctl dues assess '#{member.number}' --base … --from {from_month}",
    )
