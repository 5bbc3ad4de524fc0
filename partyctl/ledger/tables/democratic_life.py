"""Democratic-life meetings (民主生活会): planning days, steps and rectification items."""

from datetime import date

from sqlalchemy import CheckConstraint, Index, Text
from sqlmodel import Field

from partyctl.ledger.tables import base, meetings, people
from partyctl.terms import LifeStep, PackagePart

BELONGS_TO = (people.Member, meetings.Meeting)
"""Foreign keys in this module refer to these tables, so the tables must be imported first."""


class MeetingPlan(base.Base, table=True):
    """The day on which the plan for a meeting was made, if that day is known."""

    __tablename__ = "meeting_plan"
    __table_args__ = (base.is_date("made_on"),)

    meeting_id: int = Field(primary_key=True, foreign_key="meeting.id")
    made_on: date


class MeetingStep(base.Record, table=True):
    """A step before or after a democratic-life meeting. `half_days`: how long a study step took."""

    __tablename__ = "meeting_step"
    __table_args__ = (
        base.is_one_of("step", LifeStep),
        base.is_one_of("part", PackagePart),
        base.is_date("taken_on"),
        base.is_whole("half_days", 1),
        CheckConstraint("(step = 'package') = (part IS NOT NULL)", name="part_of_package"),
        Index("ix_meeting_step_meeting_id_step", "meeting_id", "step"),
    )

    meeting_id: int = Field(foreign_key="meeting.id")
    step: LifeStep = Field(sa_type=Text)
    taken_on: date
    member_id: int | None = Field(default=None, foreign_key="member.id")
    half_days: int | None = None
    part: PackagePart | None = Field(default=None, sa_type=Text)
    note: str | None = Field(default=None, sa_type=Text)


class Rectification(base.Record, table=True):
    """A problem to be rectified.

    `due_on`: the day by which the problem must be rectified. `closed_on`: the day on which the
    problem was rectified.
    """

    __tablename__ = "rectification"
    __table_args__ = (
        base.is_filled("problem"),
        *(base.is_date(day) for day in ("set_on", "due_on", "closed_on")),
        base.is_ordered("set_on", "due_on"),
        base.is_ordered("set_on", "closed_on"),
    )

    problem: str = Field(sa_type=Text)
    measure: str | None = Field(default=None, sa_type=Text)
    source: str | None = Field(default=None, sa_type=Text)
    owner_id: int = Field(foreign_key="member.id")
    meeting_id: int | None = Field(default=None, foreign_key="meeting.id")
    set_on: date
    due_on: date
    closed_on: date | None = None
