"""Applications for membership: add, correct and close them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session, col, select

from partyctl.errors import Refused
from partyctl.language import say
from partyctl.law.admission.journey import Journey, journeys
from partyctl.law.sources.clauses import BRANCH
from partyctl.ledger.tables.admission import Admission, Applicant, ApplicantStep
from partyctl.ledger.tables.base import new
from partyctl.ledger.tables.people import Branch, Member
from partyctl.ledger.views.sources import ADMISSION
from partyctl.records.common import finding
from partyctl.records.common.known_facts import known_of
from partyctl.records.common.words import clean_name, clean_text
from partyctl.terms import AdmissionStep, Noun, Stage, stored_term

CLAUSE = BRANCH["六1"]


@dataclass(frozen=True, kw_only=True)
class Application:
    """The values that the clerk typed for an applicant."""

    name: str
    applied_on: date
    birth_on: date | None = None


def add(session: Session, said: Application, branch_name: str | None) -> Applicant:
    """Add an applicant.

    If exactly one probationary member without an application has the applicant's name, the new
    application continues that member's admission. Raises Refused for impossible dates, and if the
    branch already has an open application under this name.
    """
    name = clean_name(said.name, say("姓名", "A name"))
    member = _probationer(session, name, branch_name)
    branch = session.get_one(Branch, member.branch_id) if member else None
    branch = branch or finding.branch(session, branch_name)
    _require_first(session, branch.number, name)
    applicant = new(
        Applicant,
        branch_id=branch.number,
        name=name,
        applied_on=said.applied_on,
        birth_on=said.birth_on or (member and member.birth_on),
    )
    _require_order(applicant, member)
    session.add(applicant)
    session.flush()
    if member is not None:
        link = new(Admission, member_id=member.number, applicant_id=applicant.number, by_vote=False)
        session.merge(link)  # the member can still have a link to a voided application
    return applicant


def _probationer(session: Session, name: str, branch_name: str | None) -> Member | None:
    """The only probationary member with this name and without a valid application, or None."""
    has_one = (
        select(Admission)
        .join(Applicant, col(Applicant.id) == col(Admission.applicant_id))
        .where(col(Admission.member_id) == col(Member.id), col(Applicant.voided_at).is_(None))
        .correlate(Member)
    )
    query = select(Member).where(
        Member.name == name,
        col(Member.voided_at).is_(None),
        col(Member.left_on).is_(None),
        col(Member.probationary).is_(True),
        col(Member.full_on).is_(None),
        ~has_one.exists(),
    )
    if branch_name is not None:
        query = query.where(Member.branch_id == finding.branch(session, branch_name).number)
    found = session.exec(query).all()
    return found[0] if len(found) == 1 else None


def require_sense(session: Session, applicant: Applicant) -> None:
    """Refuse an application on an impossible day, or a second open one under the same name."""
    if not way_of(session, applicant).is_over:
        _require_first(session, applicant.branch_id, applicant.name, but=applicant.number)
    _require_order(applicant, member_of(session, applicant))


def _require_first(session: Session, branch: int, name: str, but: int | None = None) -> None:
    """Refuse an application while the branch has an open one under the same name.

    `but`: the number of an application that is not looked at.
    """
    for way in journeys(known_of(session, branch, *ADMISSION)):
        if way.subject.name == name and not way.is_over and way.subject.id != but:
            raise Refused(
                say(
                    f"{name}的入党申请已登记（#{way.subject.id}，{way.case.on}）[{CLAUSE}]。",
                    f"{name} applied on {way.case.on} (#{way.subject.id}) [{CLAUSE}].",
                ),
                f"partyctl applicant show '#{way.subject.id}'",
            )


def _require_order(applicant: Applicant, member: Member | None = None) -> None:
    """Refuse an application on an impossible day.

    Nobody can apply before birth, after joining the Party, or after the application was closed.
    """
    born, applied, closed = applicant.birth_on, applicant.applied_on, applicant.closed_on
    pairs = (
        (say("出生", "birth"), born, say("申请", "the application"), applied),
        (say("申请", "the application"), applied, say("终止", "the end"), closed),
        (say("申请", "the application"), applied, say("入党", "joining"), _joined(member)),
    )
    for first, earlier, second, later in pairs:
        if earlier is not None and later is not None and later < earlier:
            raise Refused(
                say(
                    f"{second} {later} 早于{first} {earlier}，不可能[{CLAUSE}]。",
                    f"{second} on {later} cannot come before {first} on {earlier} [{CLAUSE}].",
                ),
                say("核对日期再试", "check the dates, then run the command again"),
            )


def _joined(member: Member | None) -> date | None:
    return member.joined_on if member else None


def edit(session: Session, applicant: Applicant, changes: dict[str, Any]) -> None:
    """Correct an applicant's record. `signed_on`: when the secretary signed the resolution."""
    if "signed_on" in changes:
        _sign(session, applicant, changes.pop("signed_on"))
    if "name" in changes:
        changes["name"] = clean_name(changes["name"], say("姓名", "A name"))
    if "closed_on" in changes:
        _require_closed(applicant, changes["closed_on"])
        changes |= {"close_reason": applicant.close_reason if changes["closed_on"] else None}
    # Read the member before the changes below: a query after them would write the applicant to the
    # ledger before the changes are checked.
    member = member_of(session, applicant)
    for column, value in changes.items():
        setattr(applicant, column, value)
    _require_order(applicant, member)
    _require_application_first(session, applicant)
    session.add(applicant)


def _require_closed(applicant: Applicant, on: date | None) -> None:
    """Refuse to correct the closing day of an application that is still open.

    Only `applicant close` can close an application, because this command also records the reason.
    """
    if on is not None and applicant.closed_on is None:
        raise Refused(
            say(
                f"{applicant.name}没有终止，不能更正终止日期[{CLAUSE}]。",
                f"{applicant.name}'s admission has not ended, so no last day can be "
                f"corrected [{CLAUSE}].",
            ),
            f"partyctl applicant close '#{applicant.number}' --on {on} --reason …",
        )


def _sign(session: Session, applicant: Applicant, on: date | None) -> None:
    """Record the day on which the secretary signed the resolution of the vote. [支部·六9]."""
    clause = BRANCH["六9"]
    vote = next((f for f in steps_of(session, applicant) if f.step == AdmissionStep.VOTE), None)
    if vote is None:
        raise Refused(
            say(
                f"{applicant.name}还没有接收预备党员的大会表决[{clause}]。",
                f"No vote on {applicant.name} is on record [{clause}].",
            ),
            f"partyctl applicant step '#{applicant.number}' vote --on … --votes …",
        )
    require_signed_after(vote.taken_on, on)
    vote.signed_on = on
    session.add(vote)


def require_signed_after(voted: date, signed: date | None) -> None:
    """Refuse a signature that is dated before the meeting that passed the resolution."""
    if signed is not None and signed < voted:
        raise Refused(
            say(
                f"签名 {signed} 早于大会 {voted}[{BRANCH['六9']}]。",
                f"The signature of {signed} is before the meeting of {voted} [{BRANCH['六9']}].",
            ),
            f"--signed-on {voted}",
        )


def _require_application_first(session: Session, applicant: Applicant) -> None:
    """Refuse an application dated after one of its steps, or closed before one of its steps."""
    steps = steps_of(session, applicant)
    if steps and steps[0].taken_on < applicant.applied_on:
        first = steps[0]
        step = stored_term(AdmissionStep, first.step)
        raise Refused(
            say(
                f"“{step.chinese}”是 {first.taken_on}，申请不能晚到 {applicant.applied_on}"
                f"[{CLAUSE}]。",
                f"The step {step} was on {first.taken_on}, so the day of the application "
                f"cannot be {applicant.applied_on} [{CLAUSE}].",
            ),
            f"partyctl applicant edit '#{applicant.number}' --applied {first.taken_on}",
        )
    if steps and applicant.closed_on is not None and steps[-1].taken_on > applicant.closed_on:
        last = steps[-1]
        step = stored_term(AdmissionStep, last.step)
        raise Refused(
            say(
                f"“{step.chinese}”是 {last.taken_on}，不能早在 {applicant.closed_on} 终止[{CLAUSE}]。",
                f"The step {step} was on {last.taken_on}, so the admission cannot have "
                f"ended on {applicant.closed_on} [{CLAUSE}].",
            ),
            f"partyctl applicant edit '#{applicant.number}' --closed {last.taken_on}",
        )


def close(session: Session, applicant: Applicant, on: date, reason: str) -> None:
    """Close an application because the applicant will not become a member. Raises Refused.

    The reason can be that the applicant withdrew or moved away. For an applicant who has become a
    member, use `member leave` instead.
    """
    way = way_of(session, applicant)
    if way.is_over or way.reached.stage is Stage.PROBATIONARY or on < way.reached.since:
        stage, since = way.reached
        raise Refused(
            say(
                f"{applicant.name} {since} 起是{stage.chinese}，{on} 不能终止发展[{CLAUSE}]。",
                f"{applicant.name} has the stage {stage} since {since}, so the admission "
                f"cannot end on {on} [{CLAUSE}].",
            ),
            f"partyctl member leave {way.known.addressed(way.member or way.subject)} --on {on}"
            if stage is Stage.PROBATIONARY
            else f"partyctl applicant show '#{applicant.number}'",
        )
    applicant.closed_on = on
    applicant.close_reason = clean_text(reason, say("终止原因", "the reason"))
    session.add(applicant)


def require_not_voted(session: Session, applicant: Applicant) -> None:
    """Refuse to void an application with a valid vote if the applicant is on record as a member."""
    votes = [step for step in steps_of(session, applicant) if step.step == AdmissionStep.VOTE]
    if votes and member_of(session, applicant) is not None:
        raise Refused(
            say(
                f"{applicant.name}已由 {votes[0].taken_on} 的大会接收为预备党员，先作废表决"
                f"[{BRANCH['六9']}]。",
                f"{applicant.name} is a member by the vote of {votes[0].taken_on} "
                f"[{BRANCH['六9']}].",
            ),
            f"partyctl applicant step '#{applicant.number}' vote --void …",
        )


def steps_of(session: Session, applicant: Applicant) -> list[ApplicantStep]:
    """The valid steps of an application, in order."""
    query = (
        select(ApplicantStep)
        .where(
            ApplicantStep.applicant_id == applicant.number,
            col(ApplicantStep.voided_at).is_(None),
        )
        .order_by(col(ApplicantStep.taken_on), col(ApplicantStep.id))
    )
    return list(session.exec(query).all())


def member_of(session: Session, applicant: Applicant) -> Member | None:
    """The applicant's record as a member, or None if that record does not exist or was voided."""
    query = (
        select(Member)
        .join(Admission, col(Admission.member_id) == col(Member.id))
        .where(Admission.applicant_id == applicant.number, col(Member.voided_at).is_(None))
    )
    return session.exec(query).first()


def way_of(session: Session, applicant: Applicant) -> Journey:
    """An applicant's whole admission, including changes that the running command has made."""
    known = known_of(session, applicant.branch_id, *ADMISSION)
    return next(way for way in journeys(known) if way.subject.id == applicant.number)


def found(session: Session, text: str) -> Applicant:
    """The applicant that has this name or number.

    If several applicants have the name, the one with an open application is returned, or the newest
    if no application is open. Raises NoSuchRecord.
    """
    number = finding.number(session, Noun.APPLICANT, text)
    return finding.record(session, Applicant, number, elsewhere=True)
