"""Create the record of a probationary member when a meeting votes to admit an applicant."""

from datetime import date

from sqlmodel import Session, col, select

from partyctl.errors import Refused
from partyctl.language import say
from partyctl.law.sources.clauses import BRANCH
from partyctl.ledger.tables.admission import Admission, Applicant
from partyctl.ledger.tables.base import new
from partyctl.ledger.tables.people import Member
from partyctl.records.common.voiding import void

CLAUSE = BRANCH["六9"]


def make_member(session: Session, applicant: Applicant, voted_on: date) -> Member:
    """Add the applicant to the roll as a probationary member, on the day of the vote. [支部·六9].

    If the person already has a member record (from a voided vote, or typed by hand), this record is
    used.
    """
    _require_same_day(session, applicant, voted_on)
    member = _made_before(session, applicant) or _entered_by_hand(session, applicant, voted_on)
    if member is None:
        member = new(
            Member,
            branch_id=applicant.branch_id,
            name=applicant.name,
            joined_on=voted_on,
            probationary=True,
            on_roll_from=voted_on,
            birth_on=applicant.birth_on,
        )
    member.joined_on = member.on_roll_from = voted_on
    member.voided_at = member.void_reason = None
    session.add(member)
    session.flush()
    link = new(Admission, member_id=member.number, applicant_id=applicant.number)
    session.merge(link)
    session.flush()
    return member


def _require_same_day(session: Session, applicant: Applicant, voted_on: date) -> None:
    """Refuse a vote if, according to the roll, the person joined on another day."""
    query = (
        select(Member)
        .join(Admission, col(Admission.member_id) == col(Member.id))
        .where(Admission.applicant_id == applicant.number, col(Admission.by_vote).is_(False))
    )
    member = session.exec(query).first()
    if member is not None and member.joined_on != voted_on:
        raise Refused(
            say(
                f"{member.name}在名册上是 {member.joined_on} 入党，大会不会在 {voted_on}[{CLAUSE}]。",
                f"{member.name} joined on {member.joined_on}: "
                f"there cannot be a vote on {voted_on} [{CLAUSE}].",
            ),
            f"partyctl applicant step '#{applicant.number}' vote --on {member.joined_on}",
        )


def _made_before(session: Session, applicant: Applicant) -> Member | None:
    """The member record that an earlier vote created (the vote may be voided), or None."""
    query = (
        select(Member)
        .join(Admission, col(Admission.member_id) == col(Member.id))
        .where(Admission.applicant_id == applicant.number, col(Admission.by_vote).is_(True))
    )
    return session.exec(query).first()


def _entered_by_hand(session: Session, applicant: Applicant, voted_on: date) -> Member | None:
    """The applicant's record as a probationary member, if it was typed by hand; otherwise None."""
    query = select(Member).where(
        Member.branch_id == applicant.branch_id,
        Member.name == applicant.name,
        Member.joined_on == voted_on,
        col(Member.probationary).is_(True),
        col(Member.full_on).is_(None),
        col(Member.voided_at).is_(None),
    )
    return session.exec(query).first()


def end_membership(session: Session, applicant: Applicant, reason: str) -> None:
    """Void the member record that a vote created or took over, because the vote is voided."""
    member = _made_before(session, applicant)
    if member is not None:
        void(session, member, reason)


def require_untouched(session: Session, member: Member, changes: dict[str, object]) -> None:
    """Refuse to edit the days of joining and full membership if the member has an application."""
    link = _link_of(session, member)
    own = {"joined_on", "on_roll_from", "full_on", "probationary"}
    if link is None or not own & changes.keys():
        return
    raise Refused(
        say(
            f"{member.name}的入党、转正由发展党员的步骤决定，不能直接改[{CLAUSE}]。",
            f"{member.name} joins and becomes a full member only by steps of admission [{CLAUSE}].",
        ),
        f"partyctl applicant show '#{link.applicant_id}'",
    )


def require_not_admitted(session: Session, member: Member) -> None:
    """Refuse to void a member whom a vote admitted: the vote must be voided instead."""
    link = _link_of(session, member)
    if link is not None and link.by_vote:
        raise Refused(
            say(
                f"{member.name}由大会表决接收，作废的是表决[{CLAUSE}]。",
                f"{member.name} became a member by a vote: void the vote [{CLAUSE}].",
            ),
            f"partyctl applicant step '#{link.applicant_id}' vote --void …",
        )


def _link_of(session: Session, member: Member) -> Admission | None:
    """The link from a member to a valid application, or None."""
    query = (
        select(Admission)
        .join(Applicant, col(Applicant.id) == col(Admission.applicant_id))
        .where(Admission.member_id == member.number, col(Applicant.voided_at).is_(None))
    )
    return session.exec(query).first()
