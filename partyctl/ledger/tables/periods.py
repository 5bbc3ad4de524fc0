"""Tables of a member's dues categories, posts, times as a leading cadre, and times away."""

from datetime import date

from sqlalchemy import Index, Text, text
from sqlmodel import Field

from partyctl.ledger.tables import people
from partyctl.ledger.tables.base import Record, is_date, is_filled, is_month, is_one_of, is_ordered
from partyctl.terms import Category, Post

BELONGS_TO = (people.Member,)
"""Foreign keys in this module refer to this table, so the table must be imported first."""


class MemberCategory(Record, table=True):
    """A member's category for dues, and the month from which it applies.

    Before the member's first month in this table, `Member.category` applies.
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
    """A member's term in a post. The first and the last day are both included."""

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
