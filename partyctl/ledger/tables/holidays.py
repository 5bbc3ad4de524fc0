"""A bureau's own rest days and make-up working days, and the years whose holidays it imported."""

from datetime import date

from sqlalchemy import Index, Text, text
from sqlmodel import Field

from partyctl.ledger.tables.base import Record, is_date, is_filled, is_whole


class Holiday(Record, table=True):
    """A rest day; or, if `works` is set, a weekend day or holiday on which the bureau works."""

    __tablename__ = "holiday"
    __table_args__ = (
        is_date("day"),
        is_filled("name"),
        Index("ix_holiday_day", "day", unique=True, sqlite_where=text("voided_at IS NULL")),
    )

    day: date
    works: bool
    name: str | None = Field(default=None, sa_type=Text)


class AnnouncedYear(Record, table=True):
    """A year whose holidays are all known. `source`: the name of the imported file."""

    __tablename__ = "announced_year"
    __table_args__ = (
        is_whole("year", 1900),
        is_filled("source"),
        Index(
            "ix_announced_year_year", "year", unique=True, sqlite_where=text("voided_at IS NULL")
        ),
    )

    year: int
    source: str = Field(sa_type=Text)
