"""Yearly plans: their targets and responsibilities."""

from datetime import date

from sqlalchemy import Index, Text, text
from sqlmodel import Field

from partyctl.ledger.tables import people
from partyctl.ledger.tables.base import (
    Base,
    Record,
    is_date,
    is_filled,
    is_one_of,
    is_ordered,
    is_whole,
)
from partyctl.terms import PlanKind, Role

BELONGS_TO = (people.Branch, people.Member)
"""Foreign keys in this module refer to these tables, so the tables must be imported first."""


class Plan(Record, table=True):
    """A plan for a year. A plan without a branch belongs to the leading group."""

    __tablename__ = "plan"
    __table_args__ = (
        is_one_of("kind", PlanKind),
        is_whole("year", 1900),
        is_date("adopted_on"),
        Index(
            "ix_plan_one_a_year",
            "branch_id",
            "kind",
            "year",
            unique=True,
            sqlite_where=text("voided_at IS NULL"),
        ),
        Index(
            "ix_plan_one_a_year_of_the_group",
            "kind",
            "year",
            unique=True,
            sqlite_where=text("branch_id IS NULL AND voided_at IS NULL"),
        ),
    )

    branch_id: int | None = Field(default=None, foreign_key="branch.id")
    kind: PlanKind = Field(sa_type=Text)
    year: int
    adopted_on: date


class PlanItem(Record, table=True):
    """A target (目标任务) of a plan. `owner_id`: the member who is responsible for the target."""

    __tablename__ = "plan_item"
    __table_args__ = (
        is_filled("target"),
        *(is_date(day) for day in ("set_on", "due_on", "done_on")),
        is_ordered("set_on", "due_on"),
        is_ordered("set_on", "done_on"),
    )

    plan_id: int = Field(foreign_key="plan.id", index=True)
    target: str = Field(sa_type=Text)
    owner_id: int = Field(foreign_key="member.id")
    set_on: date
    due_on: date
    done_on: date | None = None


class PlanRole(Base, table=True):
    """The member who has one of the responsibilities named in a yearly plan."""

    __tablename__ = "plan_role"
    __table_args__ = (is_one_of("role", Role), {"sqlite_with_rowid": False})

    plan_id: int = Field(primary_key=True, foreign_key="plan.id")
    role: Role = Field(primary_key=True, sa_type=Text)
    member_id: int = Field(foreign_key="member.id")
