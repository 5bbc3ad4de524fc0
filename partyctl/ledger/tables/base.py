"""The base of all tables: named constraints, and checks against wrong values that SQLite accepts.

SQLite accepts any text as a date and any number as money, and the constructors of SQLModel's table
models check nothing. Therefore objects of these models are made only by `new`, which checks their
values, and CHECK constraints in the database check the values again.
"""

from datetime import UTC, datetime
from typing import Any, ClassVar, TypeVar

from sqlalchemy import CheckConstraint, MetaData, Text
from sqlmodel import Field, SQLModel

from partyctl.terms import Term


class Base(SQLModel):
    """The base class of all tables. Constraints have names, so that a migration can drop them."""

    model_config = {"extra": "forbid", "defer_build": True}
    metadata: ClassVar[MetaData] = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


def now() -> str:
    """The present time in UTC, for `recorded_at`; no duty depends on this time."""
    return datetime.now(UTC).isoformat(timespec="seconds")


class Record(Base):
    """A numbered record, with the time when it was entered.

    A record can be voided but never deleted.
    """

    id: int | None = Field(default=None, primary_key=True)
    recorded_at: str = Field(default_factory=now, sa_type=Text)
    voided_at: str | None = Field(default=None, sa_type=Text)
    void_reason: str | None = Field(default=None, sa_type=Text)

    @property
    def number(self) -> int:
        """The record's number, which is set when the record is stored."""
        assert self.id is not None
        return self.id


AnyBase = TypeVar("AnyBase", bound=Base)


def new(table: type[AnyBase], **values: Any) -> AnyBase:  # noqa: ANN401 - checked by the model
    """Make a row after checking its values. Raises pydantic.ValidationError."""
    return table.model_validate(values)


def is_date(column: str) -> CheckConstraint:
    """A CHECK that a column contains a day of the calendar in the form 2026-03-05, or NULL."""
    # Without '+0 days', SQLite's date() returns 2026-02-30 unchanged.
    return CheckConstraint(f"{column} IS date({column}, '+0 days')", name=f"{column}_is_date")


def is_time(column: str) -> CheckConstraint:
    """A CHECK that a column contains a time of day in the form 09:30."""
    return CheckConstraint(f"{column} IS strftime('%H:%M', {column})", name=f"{column}_is_time")


def is_month(column: str) -> CheckConstraint:
    """A CHECK that a column contains a month in the form 2026-03."""
    return CheckConstraint(
        f"{column} IS strftime('%Y-%m', {column} || '-01')", name=f"{column}_is_month"
    )


def is_whole(column: str, least: int = 0) -> CheckConstraint:
    """A CHECK that a column contains a whole number, at least `least`. Money is in 分."""
    return CheckConstraint(
        f"typeof({column}) NOT IN ('text', 'real', 'blob') AND {column} >= {least}",
        name=f"{column}_is_whole",
    )


def is_one_of(column: str, terms: type[Term]) -> CheckConstraint:
    """A CHECK that a column contains a word of a vocabulary."""
    words = ", ".join(f"'{term}'" for term in terms)
    return CheckConstraint(f"{column} IN ({words})", name=f"{column}_is_known")


def is_ordered(earlier: str, later: str) -> CheckConstraint:
    """A CHECK that the day in one column is not after the day in another."""
    return CheckConstraint(
        f"{earlier} IS NULL OR {later} IS NULL OR {earlier} <= {later}",
        name=f"{earlier}_before_{later}",
    )


def is_filled(column: str) -> CheckConstraint:
    """A CHECK that a column contains something other than spaces."""
    return CheckConstraint(f"trim({column}) <> ''", name=f"{column}_is_filled")
