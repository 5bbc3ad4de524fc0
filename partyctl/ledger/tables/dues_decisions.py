"""Entries of the dues book that are decisions: exemptions, and steps of the lapse procedure."""

from datetime import date

from sqlalchemy import CheckConstraint, Text
from sqlmodel import Field

from partyctl.ledger.tables import dues
from partyctl.ledger.tables.base import Base, is_date, is_month, is_one_of
from partyctl.terms import LapseStep

BELONGS_TO = (dues.DuesEntry,)
"""Foreign keys in this module refer to this table, so the table must be imported first."""


class Exemption(Base, table=True):
    """The months for which a member is exempt from dues, and the day of the decision."""

    __tablename__ = "dues_exemption"
    __table_args__ = (
        is_month("from_month"),
        is_month("to_month"),
        is_date("decided_on"),
        CheckConstraint("from_month <= to_month", name="months_in_order"),
    )

    entry_id: int = Field(primary_key=True, foreign_key="dues_entry.id")
    from_month: str = Field(sa_type=Text)
    to_month: str = Field(sa_type=Text)
    decided_on: date
    reason: str = Field(sa_type=Text)
    approved_by: str = Field(sa_type=Text)


class Lapse(Base, table=True):
    """A step of the procedure after six months without dues: education, decision or approval."""

    __tablename__ = "dues_lapse"
    __table_args__ = (is_one_of("step", LapseStep), is_date("taken_on"))

    entry_id: int = Field(primary_key=True, foreign_key="dues_entry.id")
    step: LapseStep = Field(sa_type=Text)
    taken_on: date
    note: str | None = Field(default=None, sa_type=Text)
