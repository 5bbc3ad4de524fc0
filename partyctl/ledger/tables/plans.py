"""What is drawn up at the start of a year."""

from datetime import date

from sqlalchemy import Index, Text, text
from sqlmodel import Field

from partyctl.ledger.tables import people
from partyctl.ledger.tables.base import Record, is_date, is_one_of, is_whole
from partyctl.terms import PlanKind

BELONGS_TO = (people.Branch,)
"""The tables that the foreign keys below need; imported so that they exist."""


class Plan(Record, table=True):
    """A plan adopted for a year."""

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
    )

    branch_id: int = Field(foreign_key="branch.id")
    kind: PlanKind = Field(sa_type=Text)
    year: int
    adopted_on: date
