"""Record how many ballots (民主测评) a member got for each grade in a review."""

import re

from sqlmodel import Session

from partyctl.bilingual import many
from partyctl.errors import BadUsage, Refused
from partyctl.language import say
from partyctl.law.chapters.organisation_life import first_of
from partyctl.law.questions.reviewing import case_of
from partyctl.law.sources.clauses import BRANCH
from partyctl.ledger.tables.base import new
from partyctl.ledger.tables.people import Member
from partyctl.ledger.tables.reviews import Review, ReviewVotes
from partyctl.light import NamedTuple
from partyctl.records.reviews.reviews import known_of
from partyctl.terms import ReviewStep
from partyctl.text import half_width

CLAUSE = BRANCH["四3"]
TYPED = re.compile(r"(\d{1,5})/(\d{1,5})/(\d{1,5})/(\d{1,5})", re.ASCII)


class Ballots(NamedTuple):
    """The numbers of ballots that a member got for each grade, the best grade first."""

    excellent: int
    qualified: int
    basic: int
    unqualified: int


def read_ballots(text: str) -> Ballots:
    """Parse ballots typed as 28/3/1/0.

    Raises BadUsage for any other text, and Refused if all numbers are zero.
    """
    match = TYPED.fullmatch(half_width(text))
    if match is None:
        raise BadUsage(
            say(f"票数“{text}”读不出来。", f"Cannot read the ballots “{text}”."),
            say("写作 优秀/合格/基本合格/不合格，如 28/3/1/0", "write them as 28/3/1/0"),
        )
    ballots = Ballots(*map(int, match.groups()))
    if not sum(ballots):
        raise Refused(
            say(f"测评一张票也没有[{CLAUSE}]。", f"There are no ballots [{CLAUSE}]."),
            "--votes 28/3/1/0",
        )
    return ballots


def put(session: Session, review: Review, member: Member, ballots: Ballots) -> None:
    """Record or correct a member's ballots. Raises Refused if there are more ballots than voters.

    Each person on the roll on the meeting's day has one ballot for each member.
    """
    known = known_of(session, review)
    case = case_of(review.number, known)
    meeting = first_of(ReviewStep.MEETING, case, known) if case else None
    voters = len(known.serving("member", meeting.on)) if meeting else 0
    if meeting and sum(ballots) > voters:
        raise Refused(
            say(
                f"{member.name}的测评有 {sum(ballots)} 张票，{meeting.on} 在册的只有 {voters} 人"
                f"[{CLAUSE}]。",
                f"{member.name} has {many(sum(ballots), 'ballot')}, but the roll had only "
                f"{many(voters, 'member')} on {meeting.on} [{CLAUSE}].",
            ),
            f"partyctl member list --as-of {meeting.on}",
        )
    line = new(ReviewVotes, review_id=review.number, member_id=member.number, **ballots._asdict())
    session.merge(line)


def drop(session: Session, review: Review, member: Member) -> None:
    """Remove a member's ballots, if there are any."""
    line = session.get(ReviewVotes, (review.number, member.number))
    if line is not None:
        session.delete(line)
