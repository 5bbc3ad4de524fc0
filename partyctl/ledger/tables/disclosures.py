"""What is made known to the bureau or to the public, and when it was."""

from datetime import date

from sqlalchemy import Text
from sqlmodel import Field

from partyctl.ledger.tables.base import Record, is_date, is_filled, is_one_of
from partyctl.terms import DisclosureForm, DisclosureKind, DisclosureScope


class Disclosure(Record, table=True):
    """Something to be made known, once approved; standing until withdrawn."""

    __tablename__ = "disclosure"
    __table_args__ = (
        is_one_of("kind", DisclosureKind),
        is_one_of("scope", DisclosureScope),
        is_filled("title"),
        is_date("approved_on"),
        is_date("withdrawn_on"),
    )

    kind: DisclosureKind = Field(sa_type=Text)
    title: str = Field(sa_type=Text)
    scope: DisclosureScope = Field(sa_type=Text)
    approved_on: date | None = None
    withdrawn_on: date | None = None


class Publication(Record, table=True):
    """A day on which it was made known, and how."""

    __tablename__ = "publication"
    __table_args__ = (is_one_of("form", DisclosureForm), is_date("published_on"))

    disclosure_id: int = Field(foreign_key="disclosure.id", index=True)
    published_on: date
    form: DisclosureForm = Field(sa_type=Text)
    makes_up: str | None = Field(default=None, sa_type=Text)
