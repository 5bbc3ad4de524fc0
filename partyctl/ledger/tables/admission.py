"""Admission (发展党员): applicants, their steps, and the members that the applicants became."""

from datetime import date

from sqlalchemy import CheckConstraint, Index, Text
from sqlmodel import Field

from partyctl.ledger.tables import base, meetings, people
from partyctl.terms import AdmissionStep, Result

BELONGS_TO = (people.Member, meetings.Meeting)
"""Foreign keys in this module refer to these tables, so the tables must be imported first."""

CAST = ("approve", "oppose", "abstain")
WRITTEN = tuple(f"written_{vote}" for vote in CAST)


class Applicant(base.Record, table=True):
    """A person who applied to join the Party.

    `close_reason`: why the admission process ended early.
    """

    __tablename__ = "applicant"
    __table_args__ = (
        base.is_filled("name"),
        *(base.is_date(day) for day in ("applied_on", "birth_on", "closed_on")),
        base.is_ordered("birth_on", "applied_on"),
        base.is_ordered("applied_on", "closed_on"),
        CheckConstraint("(closed_on IS NULL) = (close_reason IS NULL)", name="closed_for_a_reason"),
    )

    branch_id: int = Field(foreign_key="branch.id", index=True)
    name: str = Field(sa_type=Text, index=True)
    applied_on: date
    birth_on: date | None = None
    closed_on: date | None = None
    close_reason: str | None = Field(default=None, sa_type=Text)


class ApplicantStep(base.Record, table=True):
    """A step of an admission.

    A wrong step is voided and entered again; only the day of the signature (`signed_on`) is changed
    in place. `until_on`: the last day of a step that takes several days.

    `override_reason`: why the step was taken although a requirement was not met.
    """

    __tablename__ = "applicant_step"
    __table_args__ = (
        base.is_one_of("step", AdmissionStep),
        base.is_one_of("result", Result),
        *(base.is_date(day) for day in ("taken_on", "until_on", "signed_on")),
        base.is_ordered("taken_on", "until_on"),
        base.is_ordered("taken_on", "signed_on"),
        *(base.is_whole(column) for column in ("eligible", "present", *CAST, *WRITTEN)),
        base.is_whole("half_hours", 1),
        CheckConstraint(
            "(eligible IS NULL AND present IS NULL AND approve IS NULL AND oppose IS NULL "
            "AND abstain IS NULL) OR coalesce(present = approve + oppose + abstain AND present "
            "+ coalesce(written_approve, 0) + coalesce(written_oppose, 0) "
            "+ coalesce(written_abstain, 0) <= eligible, 0)",
            name="votes_add_up",
        ),
        Index("ix_applicant_step_applicant_id_step", "applicant_id", "step"),
    )

    applicant_id: int = Field(foreign_key="applicant.id")
    step: AdmissionStep = Field(sa_type=Text)
    taken_on: date
    result: Result = Field(default=Result.PASS, sa_type=Text)
    meeting_id: int | None = Field(default=None, foreign_key="meeting.id")
    eligible: int | None = None
    present: int | None = None
    approve: int | None = None
    oppose: int | None = None
    abstain: int | None = None
    written_approve: int | None = None
    written_oppose: int | None = None
    written_abstain: int | None = None
    until_on: date | None = None
    to_general_branch: bool = False
    to_organ_committee: bool = False
    signed_on: date | None = None
    half_hours: int | None = None
    makes_up: str | None = Field(default=None, sa_type=Text)
    note: str | None = Field(default=None, sa_type=Text)
    override_reason: str | None = Field(default=None, sa_type=Text)


class ApplicantStepPerson(base.Base, table=True):
    """A member who takes part in a step, such as a mentor or an introducer."""

    __tablename__ = "applicant_step_person"
    __table_args__ = (
        Index("ix_applicant_step_person_member_id", "member_id"),
        {"sqlite_with_rowid": False},
    )

    step_id: int = Field(primary_key=True, foreign_key="applicant_step.id")
    member_id: int = Field(primary_key=True, foreign_key="member.id")
    applicant_id: int = Field(foreign_key="applicant.id")


class ApplicantStepExcluded(base.Base, table=True):
    """A member who was entitled to vote in a step but was excluded by a decision."""

    __tablename__ = "applicant_step_excluded"
    __table_args__ = ({"sqlite_with_rowid": False},)

    step_id: int = Field(primary_key=True, foreign_key="applicant_step.id")
    member_id: int = Field(primary_key=True, foreign_key="member.id")
    applicant_id: int = Field(foreign_key="applicant.id")


class ApplicantPaper(base.Base, table=True):
    """Where a paper of an applicant's dossier (入党材料) is kept."""

    __tablename__ = "applicant_paper"
    __table_args__ = (
        base.is_filled("paper"),
        base.is_filled("kept_at"),
        {"sqlite_with_rowid": False},
    )

    applicant_id: int = Field(primary_key=True, foreign_key="applicant.id")
    paper: str = Field(primary_key=True, sa_type=Text)
    kept_at: str = Field(sa_type=Text)


class Admission(base.Base, table=True):
    """The link between an applicant and the member that the applicant became.

    `by_vote`: whether a vote in this ledger made the applicant a member. If a vote made the
    applicant a member, voiding this vote also voids the member's record.
    """

    __tablename__ = "admission"
    __table_args__ = (
        Index("ix_admission_applicant_id", "applicant_id"),
        {"sqlite_with_rowid": False},
    )

    member_id: int = Field(primary_key=True, foreign_key="member.id")
    applicant_id: int = Field(foreign_key="applicant.id")
    by_vote: bool = True


class Sanction(base.Record, table=True):
    """A member's period of sanction. The period includes its first and its last day.

    A sanctioned member cannot mentor or introduce applicants.
    """

    __tablename__ = "sanction"
    __table_args__ = (
        base.is_date("from_on"),
        base.is_date("to_on"),
        base.is_ordered("from_on", "to_on"),
        base.is_filled("note"),
    )

    member_id: int = Field(foreign_key="member.id", index=True)
    from_on: date
    to_on: date
    note: str = Field(sa_type=Text)
