"""The dues book: its entries, assessments, and payments with their months.

All entries of the book share one series of numbers; `dues_decisions` has the entries that are
neither assessments nor payments. Amounts are in 分; months have the form 2026-03. Assessments and
payment lines are read by member and month, so they are stored in that order.
"""

from datetime import date

from sqlalchemy import CheckConstraint, Column, Index, Integer, Text, text
from sqlmodel import Field

from partyctl.ledger.tables import meetings, people
from partyctl.ledger.tables.base import (
    Base,
    Record,
    is_date,
    is_month,
    is_one_of,
    is_whole,
)
from partyctl.terms import Category, DuesAct, Payer

BELONGS_TO = (people.Member, meetings.Meeting)
"""Foreign keys in this module refer to these tables, so the tables must be imported first."""


class DuesEntry(Record, table=True):
    """A numbered entry in the dues book. The entry's values are in the table for its kind."""

    __tablename__ = "dues_entry"
    __table_args__ = (
        is_one_of("act", DuesAct),
        Index("ix_dues_entry_member_id_act", "member_id", "act"),
        Index(
            "ix_dues_entry_unusual",
            "member_id",
            sqlite_where=text("voided_at IS NOT NULL OR act IN ('exemption', 'lapse')"),
        ),
    )

    member_id: int = Field(foreign_key="member.id")
    act: DuesAct = Field(sa_type=Text)


class Assessment(Base, table=True):
    """A member's monthly amount, the month from which it applies, and how it was calculated."""

    __tablename__ = "dues_assessment"
    __table_args__ = (
        is_month("from_month"),
        is_one_of("category", Category),
        is_whole("base"),
        is_whole("amount"),
        {"sqlite_with_rowid": False},
    )

    member_id: int = Field(primary_key=True, foreign_key="member.id")
    from_month: str = Field(primary_key=True, sa_type=Text)
    entry_id: int = Field(primary_key=True, foreign_key="dues_entry.id")
    category: Category = Field(sa_type=Text)
    base: int | None = None
    amount: int
    working: str = Field(sa_type=Text)
    reason: str | None = Field(default=None, sa_type=Text)


class Payment(Base, table=True):
    """A payment for one or more consecutive months.

    `extra`: what was paid voluntarily above the dues (自愿多交). The partial index finds the few
    payments that another person made, and those made after the first month that they cover. The
    partial index of dues_entry finds voided entries, exemptions and steps of the lapse procedure.
    """

    __tablename__ = "dues_payment"
    __table_args__ = (
        is_date("paid_on"),
        is_date("consent_on"),
        is_month("first_month"),
        is_month("last_month"),
        is_whole("amount", 1),
        is_one_of("payer", Payer),
        CheckConstraint("first_month <= last_month", name="months_in_order"),
        CheckConstraint("consent_on IS NULL OR consent_on <= paid_on", name="consent_before"),
        CheckConstraint("(payer = 'member') = (payer_id IS NOT NULL)", name="payer_is_named"),
        Index(
            "ix_dues_payment_unusual",
            "entry_id",
            sqlite_where=text("payer <> 'self' OR paid_on > first_month || '-31'"),
        ),
        Index("ix_dues_payment_paid_on", "paid_on"),
    )

    entry_id: int = Field(primary_key=True, foreign_key="dues_entry.id")
    paid_on: date
    amount: int
    first_month: str = Field(sa_type=Text)
    last_month: str = Field(sa_type=Text)
    payer: Payer = Field(default=Payer.SELF, sa_type=Text)
    payer_id: int | None = Field(default=None, foreign_key="member.id")
    consent_on: date | None = None
    consent_meeting_id: int | None = Field(default=None, foreign_key="meeting.id")
    receipt: str | None = Field(default=None, sa_type=Text)
    extra: int | None = Field(
        default=None, sa_column=Column("extra", Integer, is_whole("extra", 1), nullable=True)
    )


class PaymentLine(Base, table=True):
    """The part of a payment that is for one month. Rows are stored in the order of members and months."""

    __tablename__ = "dues_payment_line"
    __table_args__ = (is_month("month"), is_whole("amount", 1), {"sqlite_with_rowid": False})

    member_id: int = Field(primary_key=True, foreign_key="member.id")
    month: str = Field(primary_key=True, sa_type=Text)
    entry_id: int = Field(primary_key=True, foreign_key="dues_entry.id")
    amount: int
