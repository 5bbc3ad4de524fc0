"""What a fact says beyond who, when and where: one small value for each view of the ledger.

The fields are the view's own columns, by name; a test holds the two together. A field means one
thing. Whatever ends in `_on` is a day.
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
    """The fact says no more than that it happened."""


PLAIN = Plain()


class Meeting(Value):
    """A meeting of a branch or a cell: who led it, how it was prepared, what is on record.

    `opinions_inside` and `opinions_outside` tell whether opinions were asked for inside and outside
    the Party; `committee_accounted`: every committee member is down as present, or as absent with
    a reason.
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
    """A question that a members' meeting voted on, the votes, and who was not counted."""

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
    """How long a member studied at a gathering, in half hours."""

    half_hours: int


class Election(Value):
    """The election that begins a committee's term: the branch whose committee it is."""

    branch: str


class Payment(Value):
    """Dues paid for a month, in 分: by whom, and when the committee agreed to that, if it did."""

    amount: int
    payer: Payer = Payer.SELF
    consent_on: date | None = None


class Assessment(Value):
    """The monthly dues from a month on, in 分; `next_month` is where the next assessment begins."""

    amount: int
    next_month: str | None = None


class Exemption(Value):
    """A decision that excuses from dues, up to and including a month."""

    to_month: str


class LapseAct(Value):
    """A step of the procedure against somebody who has not paid for six months."""

    step: LapseStep


class Rating(Value):
    """How a member was rated in a review."""

    grade: Grade


class Outcome(Value):
    """What the branch did about a rating; `meeting_id`: the members' meeting that voted on it."""

    act: OutcomeAct
    meeting_id: int | None = None


class Talk(Value):
    """A talk between two people, by their numbers."""

    one_id: int
    two_id: int


class Task(Value):
    """Something to be done by a day that its own record names."""

    name: str
    due_on: date | None = None
    done_on: date | None = None


class Measure(Value):
    """What is to be put right by a day, after a democratic-life meeting."""

    name: str
    due_on: date | None = None
    done_on: date | None = None
    meeting_id: int | None = None


class LifeMeeting(Value):
    """A democratic-life meeting, planned for a day or held."""

    planned_on: date | None = None
    held_on: date | None = None


class LifeAct(Value):
    """A step before or after a democratic-life meeting: how long the study was, which part it is."""

    half_days: int | None = None
    part: PackagePart | None = None


class Application(Value):
    """An application to join: by whom, and the member that the applicant became.

    `closed_on` is the day on which it came to nothing; `came_on` the day of joining of somebody who
    came on the roll as a probationary member.
    """

    name: str
    birth_on: date | None = None
    closed_on: date | None = None
    member_id: int | None = None
    came_on: date | None = None


class Probationer(Value):
    """Somebody who came on the roll on probation, and whose application is not on record."""

    name: str


class AdmissionAct(Value):
    """A step on somebody's way into the Party.

    `line_id` is the number of its record, `until_on` the last day of what lasts; `people` take part
    in it, `excluded` were not counted at its vote.
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
        """The votes at the meeting that decided on it; None where none are recorded."""
        if self.eligible is None:
            return None
        written = Written(self.written_approve, self.written_oppose, self.written_abstain)
        cast = self.approve, self.oppose, self.abstain
        return Votes(self.eligible, self.present, *cast, written)


class Publication(Value):
    """Something that was made known, and the day on which that was approved."""

    title: str
    approved_on: date | None = None


class Opinion(Value):
    """An opinion that came in, by its class; neither what was said nor by whom."""

    kind: OpinionClass


class OpinionAct(Value):
    """What was done with an opinion: `line_id` is its number, `until_on` the day it is put off to."""

    kind: OpinionClass
    line_id: int
    until_on: date | None = None


class Letter(Value):
    """A warning letter by its level, and who approved it when; nothing says whom it is about."""

    level: WarningLevel
    approver_id: int | None = None
    approved_on: date | None = None


class WarningAct(Value):
    """A step of a warning case, and what the form of a talk holds."""

    has_promise: bool = False
    has_demand: bool = False

    def answers(self, level: WarningLevel) -> bool:
        """Whether the form holds a promise after an inquiry, what is demanded after another letter."""
        return self.has_promise if level is WarningLevel.INQUIRY else self.has_demand


class PreventiveTalk(Value):
    """A talk in a warning case: who led it, how many held it, what is on record."""

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
"""The day that a record gets after its own: a question about an earlier day does not see it."""
