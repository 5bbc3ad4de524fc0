"""Heart-to-heart talks (谈心谈话), contact points (联系点), reports on personal matters."""

from datetime import date

from sqlalchemy import CheckConstraint, Index, Text, text
from sqlmodel import Field

from partyctl.ledger.tables import people
from partyctl.ledger.tables.base import Base, Record, is_date, is_filled, is_one_of, is_whole
from partyctl.terms import VisitKind

BELONGS_TO = (people.Member, people.Staff)
"""Foreign keys in this module refer to these tables, so the tables must be imported first."""


class Talk(Record, table=True):
    """A heart-to-heart talk, and the action agreed in it (`follow_up`)."""

    __tablename__ = "talk"
    __table_args__ = (
        *(is_date(day) for day in ("held_on", "follow_up_due", "follow_up_done")),
        CheckConstraint(
            "(follow_up IS NULL) = (follow_up_due IS NULL)", name="follow_up_has_a_day"
        ),
        CheckConstraint(
            "follow_up_done IS NULL OR follow_up IS NOT NULL", name="done_is_of_a_follow_up"
        ),
        Index("ix_talk_held_on", "held_on"),
        Index("ix_talk_follow_up", "follow_up", sqlite_where=text("follow_up IS NOT NULL")),
    )

    held_on: date
    place: str | None = Field(default=None, sa_type=Text)
    theme: str | None = Field(default=None, sa_type=Text)
    note: str | None = Field(default=None, sa_type=Text)
    follow_up: str | None = Field(default=None, sa_type=Text)
    follow_up_due: date | None = None
    follow_up_done: date | None = None
    makes_up: str | None = Field(default=None, sa_type=Text)


class TalkParty(Base, table=True):
    """A Party member who took part in a talk."""

    __tablename__ = "talk_party"
    __table_args__ = (
        Index("ix_talk_party_member_id", "member_id"),
        {"sqlite_with_rowid": False},
    )

    talk_id: int = Field(primary_key=True, foreign_key="talk.id")
    member_id: int = Field(primary_key=True, foreign_key="member.id")


class TalkStaff(Base, table=True):
    """A staff member, not a Party member, who took part in a talk."""

    __tablename__ = "talk_staff"
    __table_args__ = ({"sqlite_with_rowid": False},)

    talk_id: int = Field(primary_key=True, foreign_key="talk.id")
    staff_id: int = Field(primary_key=True, foreign_key="staff.id")


class Contact(Record, table=True):
    """A contact point and its leader. `since` is empty if the contact point is older than the ledger."""

    __tablename__ = "contact"
    __table_args__ = (is_filled("name"), is_date("since"))

    name: str = Field(sa_type=Text)
    leader_id: int = Field(foreign_key="member.id")
    since: date | None = None


class ContactVisit(Record, table=True):
    """A leader's work at a contact point, such as a visit. `note`: suggestions, opinions heard."""

    __tablename__ = "contact_visit"
    __table_args__ = (is_one_of("kind", VisitKind), is_date("visited_on"))

    contact_id: int = Field(foreign_key="contact.id", index=True)
    kind: VisitKind = Field(sa_type=Text)
    visited_on: date
    note: str | None = Field(default=None, sa_type=Text)
    makes_up: str | None = Field(default=None, sa_type=Text)


class PersonalReport(Record, table=True):
    """A leading cadre's yearly report on personal matters."""

    __tablename__ = "personal_report"
    __table_args__ = (
        is_whole("year", 1900),
        is_date("reported_on"),
        Index(
            "ix_personal_report_one_a_year",
            "member_id",
            "year",
            unique=True,
            sqlite_where=text("voided_at IS NULL"),
        ),
    )

    member_id: int = Field(foreign_key="member.id")
    year: int
    reported_on: date
