"""Record one member's self-summary, rating and outcome in a review."""

from datetime import date

from sqlmodel import Session, select

from partyctl.errors import Refused
from partyctl.language import say
from partyctl.law.chapters.organisation_life import WANTED, due_a_rating, first_of
from partyctl.law.engine.facts import Fact
from partyctl.law.engine.known import Known
from partyctl.law.engine.owed import Proof
from partyctl.law.questions.reviewing import case_of
from partyctl.law.sources.clauses import BRANCH
from partyctl.ledger.tables.base import new
from partyctl.ledger.tables.meetings import Meeting
from partyctl.ledger.tables.people import Member
from partyctl.ledger.tables.reviews import Review, ReviewOutcome, ReviewRating, ReviewSelf
from partyctl.light import NamedTuple
from partyctl.records.common import finding
from partyctl.records.common.words import clean_text
from partyctl.records.meetings.held import held_on
from partyctl.records.meetings.meetings import kinds_of
from partyctl.records.reviews import ballots
from partyctl.records.reviews.reviews import command, known_of, not_rated, require_sense
from partyctl.terms import Grade, MeetingKind, OutcomeAct, ReviewStep, stored_term

CLAUSE = BRANCH["四4"]


class Outcome(NamedTuple):
    """The outcome of a rating: what the branch does and when, and the meeting that decided it."""

    act: OutcomeAct
    said: str
    meeting: int | None
    on: date | None


def sum_up(session: Session, review: Review, member: Member, on: date | None) -> None:
    """Record or correct the day of a member's self-summary.

    If no day is given, remove the self-summary.
    """
    if on is None:
        _drop(session, review, member, ReviewStep.SELF)
    else:
        finding.member_on(
            session, finding.stored(member.number), on, say("自我总结的党员", "reviewed")
        )
        line = new(ReviewSelf, review_id=review.number, member_id=member.number, handed_on=on)
        session.merge(line)
    require_sense(session, review)


def rate(session: Session, review: Review, member: Member, grade: Grade | None) -> bool:
    """Record or correct a member's grade; if no grade is given, remove the rating and the ballots.

    Returns whether the member's outcome was removed because it no longer fits the grade. Raises
    Refused if the review's meeting is not on record, or if the member could not be rated at this
    meeting.
    """
    known = known_of(session, review)
    case = case_of(review.number, known)
    assert case is not None
    meeting = require_meeting(session, review, case, known)
    if grade is None:
        _drop(session, review, member, ReviewStep.RATING)
        ballots.drop(session, review, member)
    elif member.number not in {each.id for each in due_a_rating(case, known)}:
        raise not_rated(member, meeting.on)
    else:
        line = new(ReviewRating, review_id=review.number, member_id=member.number, grade=grade)
        session.merge(line)
    outcome = session.get(ReviewOutcome, (review.number, member.number))
    unfit = outcome is not None and (grade is None or WANTED.get(grade) != outcome.act)
    if unfit:
        session.delete(outcome)
    require_sense(session, review)
    return unfit


def require_meeting(session: Session, review: Review, case: Fact, known: Known) -> Proof:
    """The meeting of a review.

    Raises Refused if the meeting is not on record, because nobody can be rated before the meeting.
    """
    meeting = first_of(ReviewStep.MEETING, case, known)
    if meeting is None:
        raise Refused(
            say(
                f"{review.year} 年的民主评议会还没有登记，不能评定等次[{BRANCH['四3']}]。",
                f"Nobody can be rated yet: the meeting of the review of {review.year} is "
                f"not on record [{BRANCH['四3']}].",
            ),
            f"{command(session, review)} review meeting {review.year} --on …",
        )
    return meeting


def settle(
    session: Session, review: Review, member: Member, outcome: Outcome, today: date
) -> ReviewOutcome:
    """Record or correct what the branch does after a rating.

    If the clerk gives no day, a recorded day is left unchanged. If no day was recorded before, the
    outcome gets the day of the meeting that voted on it, or today's date if no meeting voted.
    Raises Refused if the outcome does not fit the grade, or if the meeting was not a members'
    meeting.
    """
    _require_fit(session, review, member, outcome.act)
    earlier = session.get(ReviewOutcome, (review.number, member.number))
    meeting = None
    if outcome.meeting is not None:
        meeting = _members_meeting(session, review, outcome.meeting)
    voted = meeting or (
        session.get(Meeting, earlier.meeting_id) if earlier and earlier.meeting_id else None
    )
    day = outcome.on or (earlier.taken_on if earlier else None)
    line = new(
        ReviewOutcome,
        review_id=review.number,
        member_id=member.number,
        act=outcome.act,
        said=clean_text(outcome.said, outcome.act.label),
        meeting_id=voted.number if voted else None,
        taken_on=day or (voted.held_on if voted else None) or today,
    )
    kept = session.merge(line)
    require_sense(session, review)
    return kept


def require_fitting_outcomes(session: Session, review: Review) -> None:
    """Refuse outcomes that do not fit the grades, or whose meeting was not a members' meeting."""
    query = select(ReviewOutcome).where(ReviewOutcome.review_id == review.number)
    for outcome in session.exec(query).all():
        member = session.get_one(Member, outcome.member_id)
        _require_fit(session, review, member, stored_term(OutcomeAct, outcome.act))
        if outcome.meeting_id is not None:
            _members_meeting(session, review, outcome.meeting_id)


def drop_outcome(session: Session, review: Review, member: Member) -> None:
    """Remove the recorded outcome of a rating."""
    _drop(session, review, member, ReviewStep.OUTCOME)
    require_sense(session, review)


LINES: dict[ReviewStep, type[ReviewSelf | ReviewRating | ReviewOutcome]] = {
    ReviewStep.SELF: ReviewSelf,
    ReviewStep.RATING: ReviewRating,
    ReviewStep.OUTCOME: ReviewOutcome,
}


def _drop(session: Session, review: Review, member: Member, step: ReviewStep) -> None:
    line = session.get(LINES[step], (review.number, member.number))
    if line is None:
        raise Refused(
            say(
                f"{review.year} 年的民主评议没有{member.name}的“{step.chinese}”记录。",
                f"The review of {review.year} has no {step} of {member.name}.",
            ),
            f"{command(session, review)} review status {review.year}",
        )
    session.delete(line)


def _require_fit(session: Session, review: Review, member: Member, act: OutcomeAct) -> None:
    """Refuse an outcome that does not fit the rating: commendation for 优秀, measures for 不合格."""
    rating = session.get(ReviewRating, (review.number, member.number))
    if rating is None:
        raise Refused(
            say(
                f"{member.name}还没有评定等次，不能登记{act.chinese}[{CLAUSE}]。",
                f"{member.name} is not rated yet [{CLAUSE}].",
            ),
            f"partyctl review rate {review.year} '#{member.number}' …",
        )
    grade = stored_term(Grade, rating.grade)
    if WANTED.get(grade) is not act:
        fits = next(each for each, wanted in WANTED.items() if wanted is act)
        raise Refused(
            say(
                f"{member.name}评为{grade.chinese}，不是{fits.chinese}，不能登记{act.chinese}"
                f"[{CLAUSE}]。",
                f"{member.name} was rated {grade}, not {fits}, so the outcome “{act}” cannot be "
                f"recorded [{CLAUSE}].",
            ),
            f"partyctl review rate {review.year} '#{member.number}' {fits}",
        )


def _members_meeting(session: Session, review: Review, number: int) -> Meeting:
    """The meeting with this number; it must be a members' meeting that the branch held.

    Raises Refused.
    """
    meeting = finding.record(session, Meeting, number)
    is_members = MeetingKind.MEMBERS in kinds_of(session, meeting)
    if not is_members or meeting.branch_id != review.branch_id:
        raise Refused(
            say(
                f"会议 #{number} 不是本支部的党员大会：处理意见要交党员大会表决[{CLAUSE}]。",
                f"Meeting #{number} is not a members' meeting of this branch [{CLAUSE}].",
            ),
            "partyctl meeting list --kind members",
        )
    held_on(meeting, say(f"表决处理意见[{CLAUSE}]", f"vote on the outcome [{CLAUSE}]"))
    return meeting
