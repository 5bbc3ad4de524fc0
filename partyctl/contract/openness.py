"""The output of `--json` for disclosures, opinions and integrity-risk cases."""

from typing import NotRequired, TypedDict


class DisclosurePublication(TypedDict):
    """A publication of a disclosure: its day and form."""

    published_on: str
    form: str
    makes_up: str | None


class Disclosure(TypedDict):
    """A disclosure."""

    id: int
    kind: str
    title: str
    scope: str
    form: str | None
    period_class: str | None
    reviewed_on: str | None
    approved_on: str | None
    withdrawn_on: str | None
    responsible: str | None
    publications: list[DisclosurePublication]
    recorded_at: str
    voided_at: str | None
    void_reason: str | None


class OpinionStep(TypedDict):
    """A step in the handling of an opinion."""

    step: str
    taken_on: str
    referred_to: str | None
    until_on: str | None
    said: str | None


Opinion = TypedDict(
    "Opinion",
    {
        "id": int,
        "text": str,
        "class": str,
        "channel": str | None,
        "received_on": str,
        "referred_to": list[str],
        "referred_on": str | None,
        "delayed_until": str | None,
        "settled_on": str | None,
        "settlement": str | None,
        "told_on": str | None,
        "published_on": str | None,
        "steps": list[OpinionStep],
        "submitter": NotRequired[str | None],
        "recorded_at": str,
        "voided_at": str | None,
        "void_reason": str | None,
    },
)
"""An opinion. The submitter is shown only with --reveal."""


class WarningTalk(TypedDict):
    """A preventive talk."""

    held_on: str
    notified_on: str | None
    place: str | None
    lead_reason: str | None
    by: list[str]
    outline: str | None
    unclear: bool


class WarningRegister(TypedDict):
    """The registration form."""

    on: str
    promise: str | None
    demand: str | None
    note: str | None


class WarningTimeline(TypedDict):
    """An event of a case, such as its approval or a talk, with its day."""

    on: str
    event: str


class WarningClocks(TypedDict):
    """A deadline of a case."""

    rule: str
    article: str
    title: str
    opens: str
    due: str | None
    status: str
    on: str | None
    days_left: int | None
    days_overdue: int | None
    remedy: str | None


class WarningCase(TypedDict):
    """A case, masked unless revealed. Only `warning show` has the last two fields."""

    id: int
    name: str
    post: str | None
    level: str
    category: int
    scope: str | None
    source: str | None
    facts: str
    issued_on: str
    approved_by: str | None
    approved_on: str | None
    delivered_on: str | None
    replied_on: str | None
    registered_on: str | None
    closed_on: str | None
    archived_on: str | None
    volume: str | None
    posts: list[str]
    talks: list[WarningTalk]
    registers: list[WarningRegister]
    recorded_at: str
    voided_at: str | None
    void_reason: str | None
    timeline: NotRequired[list[WarningTimeline]]
    clocks: NotRequired[list[WarningClocks]]


class WarningRow(TypedDict):
    """A case in `warning list`."""

    id: int
    level: str
    category: int
    scope: str | None
    issued_on: str
    name: str
    delivered_on: str | None
    replied_on: str | None
    registered_on: str | None
    closed_on: str | None
    archived_on: str | None
    volume: str | None
