"""The leading group, the superior Party organisations, and when a branch has a committee."""

from datetime import date

from sqlalchemy import CheckConstraint, Index, Text, text
from sqlmodel import Field

from partyctl.ledger.tables import people
from partyctl.ledger.tables.base import Base, Record, is_date, is_filled, is_one_of
from partyctl.terms import Superior

BELONGS_TO = (people.Branch,)
"""Foreign keys in this module refer to this table, so it must be imported first."""


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


class BranchCommittee(Record, table=True):
    """A day from which a branch has, or no longer has, a committee.

    Before the branch's first day in this table, `Branch.has_committee` applies.
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
