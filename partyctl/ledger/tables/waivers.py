"""Waivers: decisions that a duty does not apply to one particular body, person or record."""

from datetime import date

from sqlalchemy import Text
from sqlmodel import Field

from partyctl.ledger.tables.base import Record, is_date, is_filled


class Waiver(Record, table=True):
    """A waiver: the rule, the subject (a body, person or record), the period, the reason, who decided it."""

    __tablename__ = "waiver"
    __table_args__ = (is_filled("reason"), is_date("decided_on"))

    rule: str = Field(sa_type=Text)
    subject_kind: str = Field(sa_type=Text)
    subject_id: int
    period: str | None = Field(default=None, sa_type=Text)
    reason: str = Field(sa_type=Text)
    decided_on: date
    decided_by: str | None = Field(default=None, sa_type=Text)
