"""Branches and cells, their members, and the staff who are not members.

Most other tables refer to these tables, so nearly every command that writes loads this module.
Values that apply to a branch or a member only from a certain day are in `organisation` and
`periods`.
"""

from datetime import date

from sqlalchemy import Index, Text, text
from sqlmodel import Field

from partyctl.ledger.tables.base import Record, is_date, is_filled, is_month, is_one_of, is_ordered
from partyctl.terms import Category, Gender, LeaveReason


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


class Staff(Record, table=True):
    """A staff member who is not a Party member (干部职工)."""

    __tablename__ = "staff"
    __table_args__ = (is_filled("name"),)

    name: str = Field(sa_type=Text, index=True)
    title: str | None = Field(default=None, sa_type=Text)
