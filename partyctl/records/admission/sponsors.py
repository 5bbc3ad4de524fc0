"""Check the people who take part in a step.

People who take part in a step must be on the roll; for some steps, they must be full members.
A person who is not eligible is refused, even if the clerk gives a reason to override conditions.
"""

from collections.abc import Sequence
from datetime import date

from sqlmodel import Session

from partyctl.errors import NoSuchRecord, Refused
from partyctl.language import say
from partyctl.law.admission.steps import Step
from partyctl.law.engine.known import Known
from partyctl.ledger.tables.admission import Applicant
from partyctl.ledger.tables.people import Member
from partyctl.records.admission.applicants import member_of
from partyctl.records.common import finding
from partyctl.text import spellings


def bearers(
    session: Session,
    applicant: Applicant,
    row: Step,
    names: Sequence[str],
    on: date,
    known: Known,
) -> list[Member]:
    """The members with the given names.

    Raises NoSuchRecord for an unknown name, and Refused if a member is not eligible or is named
    twice.
    """
    found = [_member(session, applicant, name, row) for name in names]
    for member in found:
        reason = _unfit(session, applicant, member, on, known, full=row.parts > 0)
        if found.count(member) > 1:
            reason = say("写了两次", "is named twice")
        if reason is not None:
            raise _refused(member.name, row, on, reason, f"partyctl member show '#{member.number}'")
    return found


def _member(session: Session, applicant: Applicant, name: str, row: Step) -> Member:
    """The member that has this name. If the name is the applicant's own, the error says so."""
    try:
        member = finding.member(session, name)
    except NoSuchRecord:
        if applicant.name not in spellings(name) or finding.is_member(session, name):
            raise
        member = None
    own = member_of(session, applicant)
    if member is None or (own is not None and own.id == member.id):
        itself = say("就是本人", "is the applicant")
        raise _refused(applicant.name, row, None, itself, "partyctl member list")
    return member


def _unfit(
    session: Session, applicant: Applicant, member: Member, on: date, known: Known, *, full: bool
) -> str | None:
    """Why a member is not eligible on a day, or None if the member is eligible."""
    if member.branch_id != applicant.branch_id:
        return say("是别的支部的党员", "belongs to another branch")
    if not _is_on_roll(session, member, on, known):
        return say("当天不在名册上", "was not on the roll")
    if full and _is_probationary(member, on, known):
        return say("当天还不是正式党员", "was not a full member")
    if full and known.holds(member.number, "sanctioned", on):
        return say("当天在受处分期间", "was under sanction")
    return None


def _is_on_roll(session: Session, member: Member, on: date, known: Known) -> bool:
    """Whether a member was on the roll on a day.

    For days before the ledger's first day, the roll is not known. A member who was on the roll by
    the ledger's first day counts as on the roll on an earlier day, if the member had joined the
    Party by that day and had not left.
    """
    if on >= known.since or member.on_roll_from > known.since:
        return known.holds(member.number, "member", on)
    return member.joined_on <= on and not (member.left_on is not None and member.left_on <= on)


def _is_probationary(member: Member, on: date, known: Known) -> bool:
    if on >= known.since:
        return known.holds(member.number, "probationary", on)
    return member.probationary or (member.full_on is not None and member.full_on > on)


def _refused(name: str, row: Step, on: date | None, reason: str, remedy: str) -> Refused:
    day = f" {on} " if on else ""
    return Refused(
        say(
            f"{name}{day}{reason}，不能参加“{row.step.chinese}”[{row.clause}]。",
            f"{name}{day} {reason}: cannot take part in {row.step} [{row.clause}].",
        ),
        remedy,
    )
