"""Disclosures (matters made public to the bureau or to everybody), and their publications."""

from datetime import date

from sqlalchemy import Text
from sqlmodel import Field

from partyctl.ledger.tables.base import Record, is_date, is_filled, is_one_of
from partyctl.terms import DisclosureForm, DisclosureKind, DisclosureScope, PeriodClass


class Disclosure(Record, table=True):
    """A disclosure: a matter to be made public.

    The matter is published after its approval, and stays public until it is withdrawn. `form`: the
    intended form of publication. `period_class`: how long or how often the matter is made
    public (None: as usual for its kind). `reviewed_on`: the day of the secrecy review (保密审查).
    """

    __tablename__ = "disclosure"
    __table_args__ = (
        is_one_of("kind", DisclosureKind),
        is_one_of("scope", DisclosureScope),
        is_one_of("form", DisclosureForm),
        is_one_of("period_class", PeriodClass),
        is_filled("title"),
        *(is_date(day) for day in ("reviewed_on", "approved_on", "withdrawn_on")),
    )

    kind: DisclosureKind = Field(sa_type=Text)
    title: str = Field(sa_type=Text)
    scope: DisclosureScope = Field(sa_type=Text)
    form: DisclosureForm | None = Field(default=None, sa_type=Text)
    period_class: PeriodClass | None = Field(default=None, sa_type=Text)
    reviewed_on: date | None = None
    approved_on: date | None = None
    withdrawn_on: date | None = None
    responsible: str | None = Field(default=None, sa_type=Text)


class Publication(Record, table=True):
    """One publication of a disclosure: its day and form."""

    __tablename__ = "publication"
    __table_args__ = (is_one_of("form", DisclosureForm), is_date("published_on"))

    disclosure_id: int = Field(foreign_key="disclosure.id", index=True)
    published_on: date
    form: DisclosureForm = Field(sa_type=Text)
    makes_up: str | None = Field(default=None, sa_type=Text)
