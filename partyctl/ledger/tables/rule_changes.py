"""The changes that a clerk made to rules: the new values, their first day, and the reason."""

from datetime import date

from sqlalchemy import CheckConstraint, Text
from sqlmodel import Field

from partyctl.ledger.tables.base import Record, is_date, is_filled, is_one_of, is_whole
from partyctl.terms import RuleAct, Strength


class RuleChange(Record, table=True):
    """A change to a rule, to a whole layer (`layer:national`) or to a setting (`roll-forward`).

    Only changed values are stored: if a column is NULL, the rule keeps its value.
    """

    __tablename__ = "rule_change"
    __table_args__ = (
        is_filled("rule"),
        is_one_of("act", RuleAct),
        is_date("from_on"),
        is_filled("reason"),
        is_one_of("strength", Strength),
        CheckConstraint(
            "every IN ('month', 'quarter', 'half-year', 'year')", name="every_is_a_period"
        ),
        is_whole("count", 1),
        is_whole("days"),
        is_whole("months"),
        # With '+0 days', strftime turns a day that does not exist (02-30) into another day (03-02).
        CheckConstraint(
            "by_day IS strftime('%m-%d', '2001-' || by_day, '+0 days')", name="by_day_is_a_day"
        ),
    )

    rule: str = Field(sa_type=Text)
    act: RuleAct = Field(sa_type=Text)
    from_on: date
    reason: str = Field(sa_type=Text)
    every: str | None = Field(default=None, sa_type=Text)
    count: int | None = None
    days: int | None = None
    months: int | None = None
    by_day: str | None = Field(default=None, sa_type=Text)
    working: bool | None = None
    strength: Strength | None = Field(default=None, sa_type=Text)
    remind: str | None = Field(default=None, sa_type=Text)
