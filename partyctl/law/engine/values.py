"""The values that only some facts have. Each class is for one or more views of the ledger.

A test checks that the fields have the names of the view's columns. Fields whose names end in
`_on` are days.
"""

from datetime import date

from partyctl.law.engine.value import Value
from partyctl.law.engine.votes import Votes, Written
from partyctl.terms import (
    Grade,
    LapseStep,
    OpinionClass,
    OutcomeAct,
    PackagePart,
    Payer,
    Result,
    WarningLevel,
)


class Plain(Value):
    """The empty values of a fact whose view has only the common columns."""


PLAIN = Plain()


class Meeting(Value):
    """A meeting of a branch or a cell: who chaired it, how it was prepared, what was recorded.

    `opinions_inside` and `opinions_outside`: whether opinions were collected inside and outside the
    Party. `committee_accounted`: whether every committee member is recorded as present, or as
    absent with a reason.
    """

    chair_id: int | None = None
    lecturer_id: int | None = None
    notified_on: date | None = None
    has_minutes: bool = False
    is_undecided: bool = False
    opinions_on: date | None = None
    opinions_inside: bool = False
    opinions_outside: bool = False
    has_criticism: bool = False
    committee_accounted: bool = False


class Vote(Value):
    """A vote on one question at a members' meeting, and the members who were excluded from it."""

    topic: str
    eligible: int
    present: int
    approve: int
    oppose: int
    abstain: int
    excluded: tuple[int, ...] = ()

    @property
    def votes(self) -> Votes:
        """The votes on the question."""
        return Votes(self.eligible, self.present, self.approve, self.oppose, self.abstain)


class StudyHours(Value):
    """How long a member studied at a meeting, in half hours."""

    half_hours: int


class Election(Value):
    """The election that begins a committee's term; `branch` is the name of its branch."""

    branch: str


class Payment(Value):
    """Dues paid for a month, in 分: who paid, and when the committee consented, if recorded."""

    amount: int
    payer: Payer = Payer.SELF
    consent_on: date | None = None


class Assessment(Value):
    """Monthly dues in 分. `next_month`: the first month of the next assessment."""

    amount: int
    next_month: str | None = None


class Exemption(Value):
    """An exemption from dues, up to and including a month."""

    to_month: str


class LapseAct(Value):
    """A step of the procedure for a member who has not paid for six months."""

    step: LapseStep


class Rating(Value):
    """A member's rating in a review."""

    grade: Grade


class Outcome(Value):
    """What the branch did after a rating.

    `meeting_id`: the members' meeting that voted on the outcome.
    """

    act: OutcomeAct
    meeting_id: int | None = None


class Talk(Value):
    """A talk between two people: the numbers of these people."""

    one_id: int
    two_id: int


class Task(Value):
    """A task whose due day is written in its record."""

    name: str
    due_on: date | None = None
    done_on: date | None = None


class Measure(Value):
    """A rectification item with its due day, and the meeting that it comes from, if any."""

    name: str
    due_on: date | None = None
    done_on: date | None = None
    meeting_id: int | None = None


class LifeMeeting(Value):
    """A democratic-life meeting, which is planned or was held."""

    planned_on: date | None = None
    held_on: date | None = None


class LifeAct(Value):
    """A step of a democratic-life meeting.

    `half_days`: how long a study session was. `part`: which part of the package of papers was
    handed in.
    """

    half_days: int | None = None
    part: PackagePart | None = None


class Application(Value):
    """An application to join the Party: the applicant, and the member that the applicant became.

    `closed_on`: when the application ended without membership. `came_on`: for a person who was on
    probation when added to the roll, the day of joining the Party.
    """

    name: str
    birth_on: date | None = None
    closed_on: date | None = None
    member_id: int | None = None
    came_on: date | None = None


class Probationer(Value):
    """A member who was on probation when added to the roll, without an application on record."""

    name: str


class AdmissionAct(Value):
    """A step of an admission.

    `line_id`: the number of the step's record. `until_on`: the last day of a step that takes
    several days. `people`: the members who take part. `excluded`: the members excluded from the
    vote.
    """

    line_id: int
    result: Result = Result.PASS
    until_on: date | None = None
    signed_on: date | None = None
    half_hours: int | None = None
    to_general_branch: bool = False
    to_organ_committee: bool = False
    eligible: int | None = None
    present: int = 0
    approve: int = 0
    oppose: int = 0
    abstain: int = 0
    written_approve: int = 0
    written_oppose: int = 0
    written_abstain: int = 0
    people: tuple[int, ...] = ()
    excluded: tuple[int, ...] = ()

    @property
    def votes(self) -> Votes | None:
        """The votes of the deciding meeting, or None if not recorded."""
        if self.eligible is None:
            return None
        written = Written(self.written_approve, self.written_oppose, self.written_abstain)
        cast = self.approve, self.oppose, self.abstain
        return Votes(self.eligible, self.present, *cast, written)


class Publication(Value):
    """A publication of a disclosure, and the day on which the disclosure was approved."""

    title: str
    approved_on: date | None = None


class Opinion(Value):
    """An opinion received: only its class, without its content and submitter."""

    kind: OpinionClass


class OpinionAct(Value):
    """A step in handling an opinion.

    `line_id`: the number of the step's record. `until_on`: the new deadline after a delay.
    """

    kind: OpinionClass
    line_id: int
    until_on: date | None = None


class Letter(Value):
    """A warning letter: its level, who approved it and when, but not to whom it was issued."""

    level: WarningLevel
    approver_id: int | None = None
    approved_on: date | None = None


class WarningAct(Value):
    """A step of a warning case. `has_promise`, `has_demand`: what the form of a talk contains."""

    has_promise: bool = False
    has_demand: bool = False

    def answers(self, level: WarningLevel) -> bool:
        """Whether the form has what the letter requires.

        An inquiry requires a promise, and every other letter requires a demand.
        """
        return self.has_promise if level is WarningLevel.INQUIRY else self.has_demand


class PreventiveTalk(Value):
    """A talk in a warning case: who led it, how many people held it, and what was recorded."""

    level: WarningLevel
    lead_id: int | None = None
    notified_on: date | None = None
    talkers: int = 0
    has_outline: bool = False
    is_unclear: bool = False
    has_lead_reason: bool = False


LAST_DAYS: dict[type[Value], str] = {
    Task: "done_on",
    Measure: "done_on",
    LifeMeeting: "held_on",
    Application: "closed_on",
    AdmissionAct: "signed_on",
}
"""For some classes of values: the name of a field that is recorded later than the rest of the fact.

This field contains the last day of a fact. For example, the day on which a planned meeting was held
is recorded after the plan. An answer about a day before a fact's last day must not use this last
day.
"""
