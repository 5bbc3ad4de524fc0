"""What `--json` prints of rules, waivers, holidays, and what check answers."""

from typing import NotRequired, TypedDict

from partyctl.show.contract.people import Subject


class Waiver(TypedDict):
    """A waiver."""

    id: int
    rule: str
    subject: Subject
    period: str | None
    reason: str
    decided_on: str
    decided_by: str | None
    recorded_at: str
    voided_at: str | None
    void_reason: str | None


class Holiday(TypedDict):
    """A day of the bureau's own."""

    id: int
    day: str
    works: bool
    name: str | None
    recorded_at: str
    voided_at: str | None
    void_reason: str | None
    source: str


class HolidayRow(TypedDict):
    """A day in `calendar holidays list`."""

    id: int | None
    day: str
    works: bool
    name: str | None
    source: str
    covered: bool


class RuleChangeAffected(TypedDict):
    """An obligation altered by a change."""

    rule: str
    subject: str
    period: str | None
    due: str | None
    before: str | None
    after: str | None


class RuleChange(TypedDict):
    """A rule changed from a day on."""

    id: int
    rule: str
    act: str
    from_on: str
    every: str | None
    count: int | None
    days: int | None
    months: int | None
    by: str | None
    working: bool | None
    strength: str | None
    remind: str | None
    reason: str
    recorded_at: str
    voided_at: str | None
    void_reason: str | None
    affects: NotRequired[list[RuleChangeAffected]]


class Proof(TypedDict):
    """The record that satisfies a duty."""

    kind: str
    id: int | None
    on: str


class Obligation(TypedDict):
    """A duty of `check`."""

    rule: str
    article: str
    layer: str
    strength: str
    title: str
    subject: Subject
    branch: str
    period: str | None
    opens: str
    due: str | None
    status: str
    days_overdue: int | None
    days_left: int | None
    proof: Proof | None
    remedy: str | None
    carried_over: bool
    note: NotRequired[str]
    missing: NotRequired[list[str]]


class Check(TypedDict):
    """The answer of `check --json`."""

    as_of: str
    month: str | None
    period: str | None
    ok: bool
    summary: dict[str, int]
    obligations: list[Obligation]
