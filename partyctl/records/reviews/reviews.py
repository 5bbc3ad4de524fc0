"""Open a yearly review of members, record its steps, and close it when it is complete."""

from datetime import date

from sqlmodel import Session, col, select

from partyctl.errors import Refused
from partyctl.language import say, worded
from partyctl.law.chapters.organisation_life import due_a_rating
from partyctl.law.engine.facts import Fact
from partyctl.law.engine.known import Known
from partyctl.law.questions.reviewing import case_of, outstanding, told
from partyctl.law.sources.clauses import BRANCH
from partyctl.ledger.tables.base import new
from partyctl.ledger.tables.meetings import Meeting
from partyctl.ledger.tables.people import Branch, Member
from partyctl.ledger.tables.reviews import Review, ReviewOutcome, ReviewRating, ReviewStepLine
from partyctl.ledger.views.sources import REVIEWS
from partyctl.records.common import finding, known_facts
from partyctl.records.common.making_up import rulebook_of
from partyctl.terms import Noun, ReviewStep

CLAUSE = BRANCH["四"]


def open_review(session: Session, branch: Branch, year: int, on: date) -> Review:
    """Open a branch's review of a year.

    Raises Refused if the branch already has a review of the year.
    """
    if year > on.year:
        raise Refused(
            say(
                f"{on} 时 {year} 年还没有开始，不能评议[{CLAUSE}]。",
                f"{year} had not begun on {on}: nothing to review yet [{CLAUSE}].",
            ),
            f"partyctl review open {on.year} --on {on}",
        )
    if (number := finding.review_number(session, branch, year)) is not None:
        earlier = session.get_one(Review, number)
        raise Refused(
            say(
                f"{year} 年的民主评议已经开始（#{earlier.number}），每年一次[{CLAUSE}]。",
                f"The review of {year} is on record (#{earlier.number}): a branch has one review "
                f"a year [{CLAUSE}].",
            ),
            f"{command(session, earlier)} review edit {year} --on {on}",
        )
    review = new(Review, branch_id=branch.number, year=year)
    session.add(review)
    session.flush()
    _set_step(session, review, ReviewStep.OPEN, on)
    return review


def of_year(session: Session, branch: Branch, year: int) -> Review:
    """A branch's review of a year. Raises NoSuchRecord."""
    return numbered(session, finding.number(session, Noun.REVIEW, str(year), branch))


def numbered(session: Session, number: int) -> Review:
    """The review that has this number.

    Raises NoSuchRecord if the review does not exist, and Refused if it was voided.
    """
    return finding.record(session, Review, number)


def of_person(session: Session, member: Member, branch_name: str | None, year: int) -> Review:
    """The review of a year in a member's branch.

    Raises Refused if --branch names a branch to which the member does not belong.
    """
    branch = session.get_one(Branch, member.branch_id)
    if branch_name is not None and finding.branch(session, branch_name).id != branch.id:
        raise Refused(
            say(
                f"{member.name}是{branch.name}的党员，在那里参加评议[{CLAUSE}]。",
                f"{member.name} belongs to {branch.name} and is reviewed there [{CLAUSE}].",
            ),
            f"partyctl --branch {branch.number} review status {year}",
        )
    return of_year(session, branch, year)


def take_step(session: Session, review: Review, step: ReviewStep, on: date | None) -> None:
    """Record or correct the day of a step; if no day is given, remove the step.

    Raises Refused if the days are in the wrong order, or if the review is closed although one of
    its steps is missing.
    """
    if on is None:
        _take_back(session, review, step)
    else:
        _set_step(session, review, step, on)
    require_sense(session, review, closing=step is ReviewStep.CLOSE)


def _set_step(session: Session, review: Review, step: ReviewStep, on: date) -> None:
    session.merge(new(ReviewStepLine, review_id=review.number, step=step, taken_on=on))
    session.flush()


def _take_back(session: Session, review: Review, step: ReviewStep) -> None:
    line = session.get(ReviewStepLine, (review.number, step))
    if line is None:
        raise Refused(
            say(
                f"{review.year} 年的民主评议没有“{step.chinese}”这一步的记录。",
                f"In the review of {review.year}, the step {step} is not recorded.",
            ),
            f"{command(session, review)} review status {review.year}",
        )
    query = select(ReviewRating).where(ReviewRating.review_id == review.number)
    if step is ReviewStep.MEETING and session.exec(query).first():
        raise Refused(
            say(
                f"已按 {line.taken_on} 的评议会评定了等次，不能取消这次会。",
                f"Members were rated at the meeting of {line.taken_on}: it cannot be removed.",
            ),
            f"{command(session, review)} review meeting {review.year} --on …",
        )
    session.delete(line)


def known_of(session: Session, review: Review, on: date = date.max) -> Known:
    """What is known about a branch's reviews on a day, including changes by the running command."""
    return known_facts.known_of(session, review.branch_id, *REVIEWS, on=on)


def command(session: Session, review: Review) -> str:
    """The first words of a suggested command, with --branch if the ledger has several branches."""
    return known_facts.command(session, review.branch_id)


def require_sense(session: Session, review: Review, *, closing: bool = False) -> None:
    """Refuse a review whose days are out of order, or that rates somebody who cannot be rated.

    Also refuse a closed review if one of its steps is missing.
    """
    known = known_of(session, review)
    case = case_of(review.number, known)
    assert case is not None
    if case.on.year < review.year:
        raise _too_early(say("开始评议", "the opening"), case.on, str(review.year))
    for step in ReviewStep:
        for fact in known.of_case(step, case):
            if fact.on < case.on:
                raise _too_early(step.label, fact.on, say(f"开始评议 {case.on}", f"{case.on}"))
    _require_meeting_first(session, review, case, known)
    for closed in known.of_case(ReviewStep.CLOSE, case):
        _require_whole(session, review, closed.on, closing=closing)


def _require_meeting_first(session: Session, review: Review, case: Fact, known: Known) -> None:
    """Refuse an outcome dated before the meeting, and a rating of a person who could not be rated."""
    for meeting in known.of_case(ReviewStep.MEETING, case):
        when = say(f"民主评议会 {meeting.on}", f"the meeting of {meeting.on}")
        for outcome in known.of_case(ReviewStep.OUTCOME, case):
            if outcome.on < meeting.on:
                raise _too_early(ReviewStep.OUTCOME.label, outcome.on, when)
        for held in _votes(session, review):
            if held < meeting.on:
                raise _too_early(say("党员大会表决", "the vote"), held, when)
        rated = {member.id for member in due_a_rating(case, known)}
        for rating in known.of_case(ReviewStep.RATING, case):
            if rating.subject_id not in rated:
                raise not_rated(session.get_one(Member, rating.subject_id), meeting.on)


def _votes(session: Session, review: Review) -> list[date]:
    """The days of the members' meetings that voted on an outcome."""
    query = (
        select(Meeting)
        .join(ReviewOutcome, col(ReviewOutcome.meeting_id) == col(Meeting.id))
        .where(ReviewOutcome.review_id == review.number, col(Meeting.voided_at).is_(None))
    )
    return [meeting.held_on for meeting in session.exec(query).all() if meeting.held_on]


def not_rated(member: Member, day: date) -> Refused:
    """The error for a person who cannot be rated.

    Such a person was not on the roll on the day of the meeting, or was still probationary.
    """
    left = member.left_on is not None and member.left_on <= day
    if member.on_roll_from > day or left or member.voided_at:
        why = say(
            f"{member.name} {day} 不在名册上（{member.on_roll_from}–{member.left_on or ''}）",
            f"{member.name} was not on the roll on {day}",
        )
    else:
        why = say(f"{member.name} {day} 还是预备党员", f"{member.name} was probationary on {day}")
    return Refused(
        say(f"{why}，不评定等次[{CLAUSE}]。", f"{why} and is not rated [{CLAUSE}]."),
        f"partyctl member show '#{member.number}'",
    )


def _too_early(what: str, day: date, than: str) -> Refused:
    return Refused(
        say(f"{what} {day} 早于{than}[{CLAUSE}]。", f"{what}: {day} is before {than} [{CLAUSE}]."),
        say("核对日期再试", "check the dates, then run the command again"),
    )


def _require_whole(session: Session, review: Review, closed_on: date, *, closing: bool) -> None:
    """Refuse a closed review if one of its four steps is missing."""
    missing = outstanding(review.number, known_of(session, review, closed_on), rulebook_of(session))
    if not missing:
        return
    lacking = worded(told(missing))
    if closing:
        raise Refused(
            say(
                f"{review.year} 年的民主评议到 {closed_on} 还缺：{lacking}[{CLAUSE}]。",
                f"The review of {review.year} still lacks on {closed_on}: {lacking} [{CLAUSE}].",
            ),
            missing[0].remedy,
        )
    raise Refused(
        say(
            f"民主评议已于 {closed_on} 结束，这样改就缺：{lacking}[{CLAUSE}]。",
            f"The review was closed on {closed_on}; with this change it would lack: {lacking} "
            f"[{CLAUSE}].",
        ),
        f"{command(session, review)} review close {review.year} --on {say('无', 'none')}",
    )
