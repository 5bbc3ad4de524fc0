"""The output of `--json` about a period: attendance, dues, reviews, openness, next steps."""

from typing import TypedDict

from partyctl.contract.admission import ApplicantMissing
from partyctl.contract.dues import Remittance
from partyctl.contract.openness import Disclosure
from partyctl.contract.rules import Obligation, Rule


class LedgerStatus(TypedDict):
    """A summary of the ledger; `next` is the command to run next."""

    as_of: str
    ledger: str
    organ: str
    wrong: int
    due_soon: int
    next: str | None


class AttendedMeeting(TypedDict):
    """A meeting of the period; `by_name` says whether the attendance of the meeting was recorded by name."""

    id: int
    on: str
    kinds: list[str]
    branch: str
    cell: str | None
    by_name: bool


class MissedMeeting(TypedDict):
    """A meeting that records a person as absent."""

    meeting: int
    on: str
    kinds: list[str]
    reason: str | None


class AttendanceOfMember(TypedDict):
    """How many meetings list a person as present or absent (`due`), or as present (`present`)."""

    id: int
    name: str
    due: int
    present: int
    absent: list[MissedMeeting]


class Attendance(TypedDict):
    """The attendance at the meetings of a period.

    `without_names` lists meetings whose attendance was not recorded by name.
    """

    as_of: str
    period: str
    meetings: list[AttendedMeeting]
    members: list[AttendanceOfMember]
    without_names: list[int]


class CashMonth(TypedDict):
    """A month's dues in 分: the sums received and remitted, and the balance."""

    month: str
    received: int
    remitted: int
    balance: int


class CountedRemittance(Remittance):
    """A remittance; `counted` is false if its period ended before the ledger's first day."""

    counted: bool


class CashBook(TypedDict):
    """A branch's dues in 分: the sums received and remitted, and the balance."""

    branch: str
    opening: int
    received: int
    remitted: int
    balance: int
    months: list[CashMonth]
    remittances: list[CountedRemittance]


class DuesBook(TypedDict):
    """The dues of each branch over a period: the sums received and remitted, and the balance."""

    as_of: str
    period: str
    branches: list[CashBook]


class ReviewedMember(TypedDict):
    """A member's entries in a review, and what is still missing for this member."""

    id: int
    name: str
    probationary: bool
    self_on: str | None
    grade: str | None
    votes: dict[str, int] | None
    outcome: str | None
    said: str | None
    outcome_on: str | None
    meeting_id: int | None
    voted_on: str | None
    missing: list[str]


class ReviewMissing(TypedDict):
    """A step that must be done before a review can be closed."""

    rule: str
    name: str
    note: str | None
    remedy: str | None


class ReviewStatus(TypedDict):
    """The state of a review, member by member; `tally` counts the grades."""

    as_of: str
    id: int
    year: int
    branch: str
    opened_on: str | None
    study_on: str | None
    meeting_on: str | None
    closed_on: str | None
    members: list[ReviewedMember]
    tally: dict[str, int]
    missing: list[ReviewMissing]
    advice: str | None


class DisclosureOwed(TypedDict):
    """An open duty under the rules on disclosure."""

    rule: str
    article: str
    title: str
    subject: str
    period: str | None
    due: str | None
    status: str
    days_left: int | None
    days_overdue: int | None
    remedy: str | None


class Published(TypedDict):
    """A publication that `disclosure directory` or `disclosure briefing` lists for its quarter."""

    id: int
    kind: str
    title: str
    scope: str
    published_on: str
    form: str
    makes_up: str | None


class DisclosureDirectory(TypedDict):
    """The directory of openness on a day: disclosures, open duties, and a quarter's publications.

    `standing`: published disclosures that stay public. `falling_due`: open duties (overdue ones
    too) under the rules on disclosure. `waiting`: disclosures that are neither published nor
    withdrawn. `published`: the quarter's publications up to the day.
    """

    as_of: str
    quarter: str
    standing: list[Disclosure]
    falling_due: list[DisclosureOwed]
    waiting: list[Disclosure]
    published: list[Published]


class BriefingRole(TypedDict):
    """A responsibility, and the person who has it."""

    role: str
    name: str


class BriefingOpinions(TypedDict):
    """How many opinions were received in a quarter, and what became of them in that quarter.

    `settled`, `told`, `published`, `delayed`: how many of these opinions were settled, answered,
    published or delayed.
    """

    received: int
    settled: int
    told: int
    published: int
    delayed: int


class Briefing(TypedDict):
    """How many records of each kind a quarter has, and what was published; `dues` is in 分."""

    quarter: str
    first: str
    last: str
    known_on: str
    meetings: dict[str, int]
    plans: dict[str, int]
    visits: dict[str, int]
    admission: dict[str, int]
    targets_due: int
    targets_done: int
    talks: int
    rectifications_set: int
    rectifications_closed: int
    dues: int
    roles: list[BriefingRole]
    published: list[Published]
    opinions: BriefingOpinions


class ApplicantNamed(TypedDict):
    """An applicant."""

    id: int
    name: str


class ApplicantComing(ApplicantMissing):
    """A duty or a next step in `applicant next`; if it is a duty, `step` is null."""

    applicant: ApplicantNamed
    stage: str
    step: str | None
    on: str | None


class Gathering(TypedDict):
    """One meeting that would satisfy several duties."""

    subject: str
    by: str
    kinds: list[str]
    rules: list[str]
    periods: list[str | None]
    command: str


class Coming(TypedDict):
    """The duties still to be done that are due on or before a given day."""

    as_of: str
    until: str
    obligations: list[Obligation]
    together: list[Gathering]


class CountedDay(TypedDict):
    """A day of an obligation, such as its due date, and how this day was computed."""

    day: str | None
    how: str


class ConsideredRecord(TypedDict):
    """A record that `check --explain` considered: whether it counts for the duty, and why."""

    kind: str
    id: int
    on: str
    counts: bool
    why: str


class Explanation(Obligation):
    """A duty, and the reasons for its status."""

    counted: list[CountedDay]
    considered: list[ConsideredRecord]
    would: str


class Explained(TypedDict):
    """The answer of `check --explain`."""

    as_of: str
    rule: Rule
    explanations: list[Explanation]
