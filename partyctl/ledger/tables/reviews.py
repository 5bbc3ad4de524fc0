"""The yearly review of the members (民主评议党员): steps, self-summaries, ratings, outcomes."""

from datetime import date

from sqlalchemy import Index, Text, text
from sqlmodel import Field

from partyctl.ledger.tables import meetings, people
from partyctl.ledger.tables.base import Base, Record, is_date, is_filled, is_one_of, is_whole
from partyctl.terms import Grade, OutcomeAct, ReviewStep

BELONGS_TO = (people.Branch, people.Member, meetings.Meeting)
"""Foreign keys in this module refer to these tables, so the tables must be imported first."""


class Review(Record, table=True):
    """The yearly review of a branch's members."""

    __tablename__ = "review"
    __table_args__ = (
        is_whole("year", 1900),
        Index(
            "ix_review_one_a_year",
            "branch_id",
            "year",
            unique=True,
            sqlite_where=text("voided_at IS NULL"),
        ),
    )

    branch_id: int = Field(foreign_key="branch.id")
    year: int


class ReviewStepLine(Base, table=True):
    """The day on which the branch took a step of a review: open, study, meeting or close."""

    __tablename__ = "review_step"
    __table_args__ = (
        is_one_of("step", ReviewStep),
        is_date("taken_on"),
        {"sqlite_with_rowid": False},
    )

    review_id: int = Field(primary_key=True, foreign_key="review.id")
    step: ReviewStep = Field(primary_key=True, sa_type=Text)
    taken_on: date


class ReviewSelf(Base, table=True):
    """A member's own summary of the year."""

    __tablename__ = "review_self"
    __table_args__ = (is_date("handed_on"), {"sqlite_with_rowid": False})

    review_id: int = Field(primary_key=True, foreign_key="review.id")
    member_id: int = Field(primary_key=True, foreign_key="member.id")
    handed_on: date


class ReviewRating(Base, table=True):
    """The grade that a member got at the review's meeting."""

    __tablename__ = "review_rating"
    __table_args__ = (is_one_of("grade", Grade), {"sqlite_with_rowid": False})

    review_id: int = Field(primary_key=True, foreign_key="review.id")
    member_id: int = Field(primary_key=True, foreign_key="member.id")
    grade: Grade = Field(sa_type=Text)


class ReviewVotes(Base, table=True):
    """How many ballots (民主测评) a member got for each grade."""

    __tablename__ = "review_votes"
    __table_args__ = (
        *(is_whole(grade) for grade in ("excellent", "qualified", "basic", "unqualified")),
        {"sqlite_with_rowid": False},
    )

    review_id: int = Field(primary_key=True, foreign_key="review.id")
    member_id: int = Field(primary_key=True, foreign_key="member.id")
    excellent: int
    qualified: int
    basic: int
    unqualified: int


class ReviewOutcome(Base, table=True):
    """What the branch decided about a member after the rating.

    `meeting_id`: the meeting that voted on the outcome.
    """

    __tablename__ = "review_outcome"
    __table_args__ = (
        is_one_of("act", OutcomeAct),
        is_filled("said"),
        is_date("taken_on"),
        {"sqlite_with_rowid": False},
    )

    review_id: int = Field(primary_key=True, foreign_key="review.id")
    member_id: int = Field(primary_key=True, foreign_key="member.id")
    act: OutcomeAct = Field(sa_type=Text)
    said: str = Field(sa_type=Text)
    meeting_id: int | None = Field(default=None, foreign_key="meeting.id")
    taken_on: date
