"""Integrity-risk cases (廉政风险防范): the warning letter, the steps that follow, and the talks."""

from datetime import date

from sqlalchemy import CheckConstraint, Index, Text, text
from sqlmodel import Field

from partyctl.ledger.tables import people
from partyctl.ledger.tables.base import Base, Record, is_date, is_filled, is_one_of, is_whole
from partyctl.terms import WarningLevel, WarningStep

BELONGS_TO = (people.Member, people.Staff)
"""Foreign keys in this module refer to these tables, so the tables must be imported first."""


class WarningCase(Record, table=True):
    """A warning letter to a member or to another official of the bureau (防范·一).

    `category`: the number of the matter in 防范·三. `scope`: the area of prevention (防范·二), as
    typed. `post`: the person's title on the day of issue, typed by the clerk or copied from the
    staff list. The title is stored here, because the staff list contains only the present title. A
    member's posts in the Party are not stored here, because the ledger has them for every day.
    """

    __tablename__ = "warning"
    __table_args__ = (
        is_one_of("level", WarningLevel),
        is_whole("category", 1),
        CheckConstraint("category <= 9", name="category_is_one_of_nine"),
        is_filled("facts"),
        is_date("issued_on"),
        is_date("approved_on"),
        CheckConstraint("(member_id IS NULL) <> (staff_id IS NULL)", name="one_person"),
        CheckConstraint(
            "(approver_id IS NULL) = (approved_on IS NULL)", name="approved_by_somebody"
        ),
    )

    member_id: int | None = Field(default=None, foreign_key="member.id", index=True)
    staff_id: int | None = Field(default=None, foreign_key="staff.id", index=True)
    post: str | None = Field(default=None, sa_type=Text)
    level: WarningLevel = Field(sa_type=Text)
    category: int
    scope: str | None = Field(default=None, sa_type=Text)
    source: str | None = Field(default=None, sa_type=Text)
    facts: str = Field(sa_type=Text)
    issued_on: date
    approver_id: int | None = Field(default=None, foreign_key="member.id")
    approved_on: date | None = None


class WarningStepLine(Record, table=True):
    """A step of a case. `volume`: where the dossier is kept."""

    __tablename__ = "warning_step"
    __table_args__ = (
        is_one_of("step", WarningStep),
        is_date("taken_on"),
        CheckConstraint("(step = 'archive') = (volume IS NOT NULL)", name="archived_in_a_volume"),
        CheckConstraint(
            "(step = 'register') = (promise IS NOT NULL OR demand IS NOT NULL)",
            name="registered_something",
        ),
        Index(
            "ix_warning_step_once",
            "warning_id",
            "step",
            unique=True,
            sqlite_where=text("voided_at IS NULL AND step <> 'register'"),
        ),
    )

    warning_id: int = Field(foreign_key="warning.id", index=True)
    step: WarningStep = Field(sa_type=Text)
    taken_on: date
    note: str | None = Field(default=None, sa_type=Text)
    promise: str | None = Field(default=None, sa_type=Text)
    demand: str | None = Field(default=None, sa_type=Text)
    volume: str | None = Field(default=None, sa_type=Text)


class PreventiveTalk(Record, table=True):
    """A talk with the person who got the letter (防范谈话).

    `lead_reason`: why somebody other than the secretary led the talk.
    """

    __tablename__ = "warning_talk"
    __table_args__ = (is_date("held_on"), is_date("notified_on"))

    warning_id: int = Field(foreign_key="warning.id", index=True)
    held_on: date
    notified_on: date | None = None
    place: str | None = Field(default=None, sa_type=Text)
    outline: str | None = Field(default=None, sa_type=Text)
    unclear: bool = False
    lead_reason: str | None = Field(default=None, sa_type=Text)


class Talker(Base, table=True):
    """One of the people who held the talk. The person with `position` 1 led the talk."""

    __tablename__ = "warning_talker"
    __table_args__ = (
        is_whole("position", 1),
        CheckConstraint("(member_id IS NULL) <> (staff_id IS NULL)", name="one_person"),
        {"sqlite_with_rowid": False},
    )

    talk_id: int = Field(primary_key=True, foreign_key="warning_talk.id")
    position: int = Field(primary_key=True)
    warning_id: int = Field(foreign_key="warning.id")
    member_id: int | None = Field(default=None, foreign_key="member.id")
    staff_id: int | None = Field(default=None, foreign_key="staff.id")
