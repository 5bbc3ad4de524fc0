"""Meetings, held or planned."""

from datetime import date

from sqlalchemy import CheckConstraint, Index, Text, text
from sqlmodel import Field

from partyctl.ledger.tables import people
from partyctl.ledger.tables.base import Record, is_date, is_time, is_whole

BELONGS_TO = (people.Branch, people.Cell, people.Member, people.Staff)
"""Foreign keys in this module refer to these tables, so the tables must be imported first."""


class Meeting(Record, table=True):
    """A meeting (会议), planned or held; one meeting can count as several kinds.

    `present_count`: how many people were present (实到), as typed or counted from the names.
    `due_present`: how many people should have been present (应到), as typed or counted from the roll.
    `half_hours`: the meeting's length in half hours. `minutes_sha256`: the hash of the stored
    minutes file. `guests`: the names of people who attended as guests (列席). `ordinal`: the
    meeting's number among the meetings of its kind (第几次).
    """

    __tablename__ = "meeting"
    __table_args__ = (
        *(is_date(day) for day in ("planned_on", "held_on", "notified_on", "opinions_on")),
        *(
            is_whole(count)
            for count in (
                "present_count",
                "due_present",
                "opinions_inside",
                "opinions_outside",
                "half_hours",
            )
        ),
        is_time("from_time"),
        is_time("to_time"),
        is_whole("ordinal", 1),
        CheckConstraint("coalesce(planned_on, held_on) IS NOT NULL", name="has_a_day"),
        CheckConstraint(
            "present_count IS NULL OR due_present IS NULL OR present_count <= due_present",
            name="present_within_due",
        ),
        Index("ix_meeting_half_hours", "half_hours", sqlite_where=text("half_hours IS NOT NULL")),
        Index("ix_meeting_integrity", "branch_id", "held_on", sqlite_where=text("integrity")),
        Index("ix_meeting_branch_id_held_on", "branch_id", "held_on"),
    )

    branch_id: int = Field(foreign_key="branch.id")
    cell_id: int | None = Field(default=None, foreign_key="cell.id")
    planned_on: date | None = None
    held_on: date | None = None
    chair_id: int | None = Field(default=None, foreign_key="member.id")
    lecturer_id: int | None = Field(default=None, foreign_key="member.id")
    lecturer_staff_id: int | None = Field(default=None, foreign_key="staff.id")
    theme: str | None = Field(default=None, sa_type=Text)
    notified_on: date | None = None
    present_count: int | None = None
    due_present: int | None = None
    opinions_inside: int | None = None
    opinions_outside: int | None = None
    opinions_on: date | None = None
    criticism: bool = False
    integrity: bool = False
    half_hours: int | None = None
    makes_up: str | None = Field(default=None, sa_type=Text)
    minutes: str | None = Field(default=None, sa_type=Text)
    minutes_name: str | None = Field(default=None, sa_type=Text)
    minutes_sha256: str | None = Field(default=None, sa_type=Text)
    place: str | None = Field(default=None, sa_type=Text)
    from_time: str | None = Field(default=None, sa_type=Text)
    to_time: str | None = Field(default=None, sa_type=Text)
    recorder_id: int | None = Field(default=None, foreign_key="member.id")
    recorder_staff_id: int | None = Field(default=None, foreign_key="staff.id")
    guests: str | None = Field(default=None, sa_type=Text)
    ordinal: int | None = None

    @property
    def day(self) -> date:
        """The day on which the meeting was held or, before that, the day for which it is planned."""
        day = self.held_on or self.planned_on
        assert day is not None
        return day

    @property
    def guest_names(self) -> list[str]:
        """The names in `guests`."""
        return self.guests.split("、") if self.guests else []
