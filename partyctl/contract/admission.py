"""The output of `--json` for applicants."""

from typing import NotRequired, TypedDict


class ApplicantWritten(TypedDict):
    """Written votes."""

    approve: int
    oppose: int
    abstain: int


class ApplicantVotes(TypedDict):
    """The votes on a step: how many voters were eligible and present, and how they voted."""

    eligible: int
    present: int
    approve: int
    oppose: int
    abstain: int
    written: NotRequired[ApplicantWritten]


ApplicantStep = TypedDict(
    "ApplicantStep",
    {
        "id": int,
        "step": str,
        "on": str,
        "result": str | None,
        "meeting_id": int | None,
        "until": str | None,
        "signed_on": str | None,
        "hours": float | None,
        "makes_up": str | None,
        "note": str | None,
        "override": str | None,
        "with": list[str],
        "member_ids": list[int],
        "votes": ApplicantVotes | None,
        "excluded": list[str],
        "to": list[str],
        "recorded_at": str,
        "back_filled_days": NotRequired[int],
    },
)
"""A step of an admission."""


class ApplicantNeed(TypedDict):
    """Something that the next step still requires."""

    step: str
    article: str
    told: str
    remedy: str


class ApplicantVote(TypedDict):
    """A question on which the meeting can vote in place of the next step."""

    step: str
    title: str
    remedy: str


ApplicantNext = TypedDict(
    "ApplicantNext",
    {
        "step": str,
        "title": str,
        "article": str,
        "from": str,
        "needs": list[ApplicantNeed],
        "instead": list[ApplicantVote],
        "remedy": str,
    },
)
"""The next step.

`instead`: if the meeting voted down the conversion, the other votes that it can hold instead of
this step.
"""


class ApplicantMissing(TypedDict):
    """An open duty of an admission."""

    rule: str | None
    article: str
    title: str
    period: str | None
    due: str | None
    status: str
    days_overdue: int | None
    days_left: int | None
    note: str | None
    remedy: str | None


class ApplicantPaper(TypedDict):
    """Where a paper of the dossier is kept."""

    paper: str
    kept_at: str | None


class ApplicantKnown(TypedDict):
    """The recorded data of an applicant, without the steps."""

    id: int
    name: str
    branch: str
    branch_id: int
    applied_on: str
    birth_on: str | None
    closed_on: str | None
    close_reason: str | None
    member_id: int | None
    recorded_at: str
    voided_at: str | None
    void_reason: str | None


class ApplicantWithSteps(ApplicantKnown):
    """An applicant with the recorded steps, and where the papers are kept."""

    steps: list[ApplicantStep]
    papers: list[ApplicantPaper]


class ApplicantStanding(TypedDict):
    """An applicant's progress."""

    stage: str | None
    since: str | None
    next_step: NotRequired[str | None]
    next_on: NotRequired[str | None]
    overdue: int


class ApplicantWay(ApplicantStanding):
    """An applicant's stage, next step and open duties."""

    next: ApplicantNext | None
    missing: list[ApplicantMissing]


class ApplicantRow(ApplicantKnown, ApplicantStanding):
    """An applicant in `applicant list`."""


class Applicant(ApplicantWithSteps, ApplicantWay):
    """An applicant with all steps, papers, the next step and open duties."""
