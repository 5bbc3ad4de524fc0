"""The output of `--json` for meetings, plans and reviews."""

from typing import NotRequired, TypedDict

from partyctl.contract.people import Subject


class MeetingVotes(TypedDict):
    """A count of votes."""

    eligible: int
    present: int
    approve: int
    oppose: int
    abstain: int


class MeetingDecision(TypedDict):
    """A topic to be decided, with its resolution and votes, if any."""

    topic: str
    resolution: str | None
    votes: MeetingVotes | None


class MeetingAbsence(TypedDict):
    """An absent member and the reason."""

    name: str
    reason: str


class MeetingSpeech(TypedDict):
    """A speech. `speaker`: a name, followed by the member's number (王五#3) if others have the name."""

    speaker: str
    said: str


class MeetingStep(TypedDict):
    """A step of a democratic-life meeting."""

    step: str
    taken_on: str
    member: str | None
    member_id: int | None
    days: float | None
    part: str | None
    note: str | None


class TimelineStep(TypedDict):
    """A duty before or after a democratic-life meeting, with its status."""

    rule: str
    article: str
    title: str
    subject: Subject
    opens: str
    due: str | None
    status: str
    on: str | None
    days_overdue: int | None
    days_left: int | None
    note: str | None
    remedy: str | None
    next: NotRequired[bool]


class TimelinePerson(TypedDict):
    """A member of the leading group."""

    id: int
    name: str
    head: bool


class TimelinePair(TypedDict):
    """Two people who must talk with each other before the meeting."""

    rule: str
    ids: list[int | None]
    names: str
    status: str
    on: str | None
    talk: int | None


class TimelineTalks(TypedDict):
    """The talks before a democratic-life meeting."""

    people: list[TimelinePerson]
    pairs: list[TimelinePair]
    missing: list[str]


class MeetingWay(TypedDict):
    """The duties, talks and papers of a democratic-life meeting.

    `package`: the day on which each part of the package of papers was submitted.
    """

    timeline: list[TimelineStep]
    talks: TimelineTalks
    package: dict[str, str | None]
    previous_rectification: list[TimelineStep]


class Meeting(TypedDict):
    """A meeting, held or planned. Only democratic-life meetings have the last five fields.

    `meeting show` prints all five, `meeting list` none, and other commands only `steps`.
    """

    id: int
    branch: str
    planned_on: str | None
    plan_made_on: str | None
    held_on: str | None
    chair: str | None
    chair_id: int | None
    lecturer: str | None
    lecturer_id: int | None
    cell: str | None
    theme: str | None
    notified_on: str | None
    present: int | None
    due_present: int | None
    opinions_inside: int | None
    opinions_outside: int | None
    opinions_on: str | None
    criticism: bool
    integrity: bool
    hours: float | None
    makes_up: str | None
    ordinal: int | None
    place: str | None
    from_time: str | None
    to_time: str | None
    recorder: str | None
    guests: str | None
    minutes: str | None
    minutes_file: str | None
    minutes_sha256: str | None
    recorded_at: str
    voided_at: str | None
    void_reason: str | None
    kinds: list[str]
    topics: list[str]
    decisions: list[MeetingDecision]
    speeches: list[MeetingSpeech]
    excluded: list[str]
    present_names: list[str]
    absent: list[MeetingAbsence]
    steps: NotRequired[list[MeetingStep]]
    timeline: NotRequired[list[TimelineStep]]
    talks: NotRequired[TimelineTalks]
    package: NotRequired[dict[str, str | None]]
    previous_rectification: NotRequired[list[TimelineStep]]


class PlanItem(TypedDict):
    """A target of a work plan."""

    id: int
    plan_id: int
    year: int
    target: str
    owner: str
    owner_id: int
    set_on: str
    due_on: str
    done_on: str | None
    recorded_at: str
    voided_at: str | None
    void_reason: str | None


class PlanRole(TypedDict):
    """A responsibility under a plan, and the person who has it."""

    role: str
    member: str
    member_id: int


class AnyPlan(TypedDict):
    """The fields that all yearly plans have."""

    id: int
    kind: str
    year: int
    adopted_on: str
    branch: str | None
    items_done: int
    items_total: int
    recorded_at: str
    voided_at: str | None
    void_reason: str | None


class Plan(AnyPlan):
    """A yearly plan with its targets and the people responsible."""

    items: list[PlanItem]
    roles: list[PlanRole]


class PlanRow(AnyPlan):
    """A plan in `plan list`. `carried_over`: for a work plan, the open targets of earlier years."""

    carried_over: list[PlanItem]


class Rectify(TypedDict):
    """A rectification item."""

    id: int
    problem: str
    measure: str | None
    source: str | None
    owner: str
    owner_id: int
    meeting_id: int | None
    set_on: str
    due_on: str
    closed_on: str | None
    carried_to: int | None
    recorded_at: str
    voided_at: str | None
    void_reason: str | None


class ReviewSummary(TypedDict):
    """A member's self-summary, and the day it was handed in."""

    member_id: int
    member: str
    on: str


class ReviewRating(TypedDict):
    """A member's grade."""

    member_id: int
    member: str
    grade: str


class ReviewVotes(TypedDict):
    """The votes on a member, by grade."""

    member_id: int
    member: str
    excellent: int
    qualified: int
    basic: int
    unqualified: int


class ReviewOutcome(TypedDict):
    """What the branch did after grading a member: a commendation or other measure."""

    member_id: int
    member: str
    outcome: str
    said: str
    meeting_id: int | None
    on: str


class ReviewRow(TypedDict):
    """A review in `review list`."""

    id: int
    branch: str
    branch_id: int
    year: int
    opened_on: str | None
    study_on: str | None
    meeting_on: str | None
    closed_on: str | None
    recorded_at: str
    voided_at: str | None
    void_reason: str | None


class Review(ReviewRow):
    """A yearly review with all its records."""

    summaries: list[ReviewSummary]
    ratings: list[ReviewRating]
    votes: list[ReviewVotes]
    outcomes: list[ReviewOutcome]
