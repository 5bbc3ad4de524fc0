"""Record self-summaries and ratings of several members in a review."""

from collections.abc import Sequence
from datetime import date

from sqlmodel import Session

from partyctl.language import say
from partyctl.law.chapters.organisation_life import due_a_rating, reviewed, summed_up
from partyctl.law.questions.reviewing import case_of
from partyctl.ledger.tables.people import Member
from partyctl.ledger.tables.reviews import Review, ReviewRating
from partyctl.light import NamedTuple
from partyctl.records.common.several import LeftAlone, address, for_each, members_named
from partyctl.records.reviews import ratings
from partyctl.records.reviews.reviews import known_of
from partyctl.terms import Grade


class Rated(NamedTuple):
    """A recorded rating.

    `dropped`: whether the member's outcome was removed because it no longer fits the grade.
    """

    member: Member
    grade: Grade | None
    dropped: bool


def sum_up(
    session: Session, review: Review, members: Sequence[Member], on: date | None
) -> list[Member]:
    """Record the day of several members' self-summaries.

    If no day is given, remove the self-summaries.
    """

    def one(member: Member) -> Member:
        ratings.sum_up(session, review, member, on)
        return member

    return for_each(members, one, named=lambda member: address(session, member))


def without_summary(
    session: Session, review: Review, excepted: Sequence[str], on: date
) -> tuple[list[Member], list[LeftAlone]]:
    """The members without a self-summary, and those who are skipped because they have one."""
    known = known_of(session, review, on)
    case = case_of(review.number, known)
    out = {member.number for member in members_named(session, excepted)}
    if case is None:
        return [], []
    taking_part = [each for each in reviewed(case, known) if each.id not in out]
    done = {each.id for each in taking_part if summed_up(case, each, known_of(session, review))}
    members = {each.id: session.get_one(Member, each.id) for each in taking_part}
    reason = say("已登记", "on record already")
    left_alone = [LeftAlone(address(session, members[number]), reason) for number in sorted(done)]
    return [member for number, member in members.items() if number not in done], left_alone


def rate(
    session: Session, review: Review, members: Sequence[Member], grade: Grade | None
) -> list[Rated]:
    """Record the same grade for several members; if no grade is given, remove their ratings."""
    return for_each(
        members,
        lambda member: Rated(member, grade, ratings.rate(session, review, member, grade)),
        named=lambda member: address(session, member),
    )


def rate_rest(session: Session, review: Review, grade: Grade) -> list[Rated]:
    """Record the same grade for everybody who is not rated yet."""
    known = known_of(session, review)
    case = case_of(review.number, known)
    assert case is not None
    ratings.require_meeting(session, review, case, known)
    rest = [
        session.get_one(Member, each.id)
        for each in due_a_rating(case, known)
        if session.get(ReviewRating, (review.number, each.id)) is None
    ]
    return rate(session, review, rest, grade)
