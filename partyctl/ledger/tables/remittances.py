"""Dues that a branch remitted to its superior."""

from datetime import date

from sqlalchemy import Text
from sqlmodel import Field

from partyctl.ledger.tables import people
from partyctl.ledger.tables.base import Record, is_date, is_filled, is_whole

BELONGS_TO = (people.Branch,)
"""Foreign keys in this module refer to this table, so the table must be imported first."""


class Remittance(Record, table=True):
    """Dues that a branch remitted to its superior (上缴), for a month, quarter, half-year or year."""

    __tablename__ = "dues_remittance"
    __table_args__ = (is_filled("period"), is_whole("amount", 1), is_date("remitted_on"))

    branch_id: int = Field(foreign_key="branch.id", index=True)
    period: str = Field(sa_type=Text)
    amount: int
    remitted_on: date
    remitted_to: str | None = Field(default=None, sa_type=Text)
    receipt: str | None = Field(default=None, sa_type=Text)
