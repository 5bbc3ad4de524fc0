"""Parts of a meeting: its kinds, agenda, votes and speeches, who was present, the minutes file."""

from sqlalchemy import CheckConstraint, Index, LargeBinary, Text, text
from sqlmodel import Field

from partyctl.ledger.tables import meetings, people
from partyctl.ledger.tables.base import Base, is_filled, is_one_of, is_whole
from partyctl.terms import MeetingKind

BELONGS_TO = (meetings.Meeting, people.Member)
"""Foreign keys in this module refer to these tables, so the tables must be imported first."""


class MeetingKindLine(Base, table=True):
    """One of the kinds that a meeting counts as."""

    __tablename__ = "meeting_kind"
    __table_args__ = (is_one_of("kind", MeetingKind), {"sqlite_with_rowid": False})

    meeting_id: int = Field(primary_key=True, foreign_key="meeting.id")
    kind: MeetingKind = Field(primary_key=True, sa_type=Text)


class AgendaItem(Base, table=True):
    """A topic of a meeting, discussed or decided, with its resolution and votes (if any)."""

    __tablename__ = "agenda_item"
    __table_args__ = (
        is_filled("topic"),
        *(is_whole(count) for count in ("eligible", "present", "approve", "oppose", "abstain")),
        CheckConstraint("present <= eligible", name="present_within_eligible"),
        CheckConstraint("approve + oppose + abstain = present", name="votes_add_up"),
        Index("ix_agenda_item_eligible", "eligible", sqlite_where=text("eligible IS NOT NULL")),
        {"sqlite_with_rowid": False},
    )

    meeting_id: int = Field(primary_key=True, foreign_key="meeting.id")
    place: int = Field(primary_key=True)
    topic: str = Field(sa_type=Text)
    to_decide: bool = False
    resolution: str | None = Field(default=None, sa_type=Text)
    eligible: int | None = None
    present: int | None = None
    approve: int | None = None
    oppose: int | None = None
    abstain: int | None = None


class Attendance(Base, table=True):
    """A member who was present, or absent with a reason."""

    __tablename__ = "attendance"
    __table_args__ = ({"sqlite_with_rowid": False},)

    meeting_id: int = Field(primary_key=True, foreign_key="meeting.id")
    member_id: int = Field(primary_key=True, foreign_key="member.id")
    absent_because: str | None = Field(default=None, sa_type=Text)


class Speech(Base, table=True):
    """A speech at a meeting (发言要点).

    `place`: the speech's position among the meeting's speeches.
    """

    __tablename__ = "meeting_speech"
    __table_args__ = (is_filled("speaker"), is_filled("said"), {"sqlite_with_rowid": False})

    meeting_id: int = Field(primary_key=True, foreign_key="meeting.id")
    place: int = Field(primary_key=True)
    speaker: str = Field(sa_type=Text)
    said: str = Field(sa_type=Text)


class Excluded(Base, table=True):
    """A member who was entitled to vote at the meeting but was excluded by a decision."""

    __tablename__ = "meeting_excluded"
    __table_args__ = ({"sqlite_with_rowid": False},)

    meeting_id: int = Field(primary_key=True, foreign_key="meeting.id")
    member_id: int = Field(primary_key=True, foreign_key="member.id")


class MinutesFile(Base, table=True):
    """A minutes file as stored. Two files with the same content are stored once."""

    __tablename__ = "minutes_file"
    __table_args__ = (CheckConstraint("length(sha256) = 64", name="sha256_is_whole"),)

    sha256: str = Field(primary_key=True, sa_type=Text)
    content: bytes = Field(sa_type=LargeBinary)
