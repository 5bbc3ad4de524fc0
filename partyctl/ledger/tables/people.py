"""The leading group, its branches and cells, their members and staff, and members' posts."""

from datetime import date

from sqlalchemy import CheckConstraint, Index, Text, text
from sqlmodel import Field

from partyctl.ledger.tables.base import (
    Base,
    Record,
    is_date,
    is_filled,
    is_month,
    is_one_of,
    is_ordered,
)
from partyctl.terms import Category, Gender, LeaveReason, Post, Superior


class Organ(Base, table=True):
    """The leading group (党组) that owns the ledger, and the ledger's first day. The table has one row."""

    __tablename__ = "organ"
    __table_args__ = (
        CheckConstraint("id = 1", name="only_one"),
        is_filled("name"),
        is_date("since"),
    )

    id: int = Field(default=1, primary_key=True)
    name: str = Field(sa_type=Text)
    since: date


class SuperiorBody(Base, table=True):
    """A superior Party organisation of the branches (上级党组织), at most one of each kind."""

    __tablename__ = "superior"
    __table_args__ = (is_one_of("kind", Superior), is_filled("name"))

    kind: Superior = Field(primary_key=True, sa_type=Text)
    name: str = Field(sa_type=Text)


class Branch(Record, table=True):
    """A Party branch (党支部). `elected_on`: the day on which the branch last elected its committee."""

    __tablename__ = "branch"
    __table_args__ = (
        is_filled("name"),
        is_date("founded_on"),
        is_date("elected_on"),
        Index("ix_branch_name", "name", unique=True, sqlite_where=text("voided_at IS NULL")),
    )

    name: str = Field(sa_type=Text)
    founded_on: date | None = None
    has_committee: bool = True
    elected_on: date | None = None


class BranchCommittee(Record, table=True):
    """A day from which a branch has, or no longer has, a committee.

    Before the first of these days, `Branch.has_committee` applies.
    """

    __tablename__ = "branch_committee"
    __table_args__ = (
        is_date("from_on"),
        Index(
            "ix_branch_committee_one_a_day",
            "branch_id",
            "from_on",
            unique=True,
            sqlite_where=text("voided_at IS NULL"),
        ),
    )

    branch_id: int = Field(foreign_key="branch.id")
    from_on: date
    has_committee: bool


class Cell(Record, table=True):
    """A Party cell (党小组) of a branch."""

    __tablename__ = "cell"
    __table_args__ = (is_filled("name"), is_date("founded_on"))

    branch_id: int = Field(foreign_key="branch.id", index=True)
    name: str = Field(sa_type=Text)
    founded_on: date | None = None


class Member(Record, table=True):
    """A Party member, who is on a branch's roll from `on_roll_from` until the day before `left_on`.

    `dues_paid_to`: the last month whose dues are paid, according to the previous branch's letter.
    `left_dues_to`: the last month whose dues are paid, according to our letter to the next branch.
    """

    __tablename__ = "member"
    __table_args__ = (
        is_filled("name"),
        *(is_date(day) for day in ("joined_on", "full_on", "on_roll_from", "birth_on", "left_on")),
        *(is_month(month) for month in ("dues_paid_to", "left_dues_to")),
        is_one_of("gender", Gender),
        is_one_of("category", Category),
        is_one_of("left_reason", LeaveReason),
        is_ordered("joined_on", "on_roll_from"),
        is_ordered("joined_on", "full_on"),
        is_ordered("on_roll_from", "left_on"),
    )

    branch_id: int = Field(foreign_key="branch.id", index=True)
    cell_id: int | None = Field(default=None, foreign_key="cell.id")
    name: str = Field(sa_type=Text, index=True)
    joined_on: date
    full_on: date | None = None
    probationary: bool = False
    on_roll_from: date
    dues_paid_to: str | None = Field(default=None, sa_type=Text)
    gender: Gender | None = Field(default=None, sa_type=Text)
    birth_on: date | None = None
    id_number: str | None = Field(default=None, sa_type=Text)
    phone: str | None = Field(default=None, sa_type=Text)
    category: Category = Field(default=Category.EMPLOYED, sa_type=Text)
    left_on: date | None = None
    left_reason: LeaveReason | None = Field(default=None, sa_type=Text)
    left_to: str | None = Field(default=None, sa_type=Text)
    left_dues_to: str | None = Field(default=None, sa_type=Text)


class MemberCategory(Record, table=True):
    """A member's category for dues, and the month from which it applies.

    Before the first of these months, `Member.category` applies.
    """

    __tablename__ = "member_category"
    __table_args__ = (
        is_month("from_month"),
        is_one_of("category", Category),
        Index(
            "ix_member_category_one_a_month",
            "member_id",
            "from_month",
            unique=True,
            sqlite_where=text("voided_at IS NULL"),
        ),
    )

    member_id: int = Field(foreign_key="member.id")
    from_month: str = Field(sa_type=Text)
    category: Category = Field(sa_type=Text)


class Appointment(Record, table=True):
    """A member's term in a post. Its first and last day belong to it."""

    __tablename__ = "appointment"
    __table_args__ = (
        is_one_of("post", Post),
        is_date("from_on"),
        is_date("to_on"),
        is_ordered("from_on", "to_on"),
    )

    member_id: int = Field(foreign_key="member.id", index=True)
    post: Post = Field(sa_type=Text)
    from_on: date
    to_on: date | None = None


class Leadership(Record, table=True):
    """A member's period as a leading cadre (党员领导干部), both days included."""

    __tablename__ = "leadership"
    __table_args__ = (is_date("from_on"), is_date("to_on"), is_ordered("from_on", "to_on"))

    member_id: int = Field(foreign_key="member.id", index=True)
    from_on: date
    to_on: date | None = None


class Away(Record, table=True):
    """A period in which a member is away (on leave, seconded, elsewhere); the end can be open."""

    __tablename__ = "member_away"
    __table_args__ = (
        is_date("from_on"),
        is_date("to_on"),
        is_ordered("from_on", "to_on"),
        is_filled("reason"),
    )

    member_id: int = Field(foreign_key="member.id", index=True)
    from_on: date
    to_on: date | None = None
    reason: str = Field(sa_type=Text)


class Staff(Record, table=True):
    """A staff member who is not a Party member (干部职工)."""

    __tablename__ = "staff"
    __table_args__ = (is_filled("name"),)

    name: str = Field(sa_type=Text, index=True)
    title: str | None = Field(default=None, sa_type=Text)
