"""The output of `--json` for rules, waivers, holidays and `check`."""

from typing import NotRequired, TypedDict

from partyctl.contract.people import Subject


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
    """A day off or a working day that the ledger stores: imported, or set by the bureau itself."""

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
    """An obligation that a change to a rule adds, removes or alters."""

    rule: str
    subject: str
    period: str | None
    due: str | None
    before: str | None
    after: str | None
    past: bool


class RuleChange(TypedDict):
    """A change to a rule, and the day from which the change applies."""

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
    """The record that satisfies or waives a duty."""

    kind: str
    id: int | None
    on: str


class Obligation(TypedDict):
    """A duty in the answer of `check`."""

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
    provisional: NotRequired[bool]


class Check(TypedDict):
    """The answer of `check --json`."""

    as_of: str
    month: str | None
    period: str | None
    ok: bool
    summary: dict[str, int]
    obligations: list[Obligation]


RuleLastChange = TypedDict(
    "RuleLastChange",
    {
        "id": int | None,
        "act": str,
        "from": str,
        "reason": str | None,
    },
)
"""The last change to a rule."""


class Rule(TypedDict):
    """A rule as it is on a day; `numbers` has the numbers that `rules set` can change."""

    id: str
    title: str
    article: str
    layer: str
    strength: str
    area: str
    remedy: str
    duty: str
    satisfied_by: str
    numbers: dict[str, str | int | bool | None]
    enabled: bool
    since: str | None
    last_change: RuleLastChange | None


class RulesFile(TypedDict):
    """All rules as `rules export` writes them, each with its numbers."""

    settings: dict[str, bool]
    layers: dict[str, bool]
    rules: dict[str, dict[str, str | int | bool]]


class RuleChangeAhead(TypedDict):
    """A change shown by `rules import --dry-run`; each number that it sets is one more field."""

    rule: str
    act: str
    from_on: str


class RulesWouldChange(TypedDict):
    """The changes that `rules import --dry-run` shows."""

    changes: list[RuleChangeAhead]
    affects: list[RuleChangeAffected]


class RulesChanged(TypedDict):
    """The changes that one command made, and the duties that they alter."""

    changes: list[RuleChange]
    affects: list[RuleChangeAffected]


class Covered(TypedDict):
    """A clause, and what covers it: rules, commands that record what it is about, or nothing."""

    clause: str
    kind: str
    rules: list[str]
    commands: list[str]
    words: str


class ComparedBureau(TypedDict):
    """The bureau's rule on a topic."""

    rule: str
    article: str
    asks: str | None


class ComparedNational(TypedDict):
    """The national text on a topic, and partyctl's rule for this text if there is one."""

    rule: str | None
    text: str
    asks: str


class Compared(TypedDict):
    """A topic, with the rules of the bureau and of the national texts."""

    topic: str
    bureau: ComparedBureau | None
    national: ComparedNational
    verdict: str


class HolidaysImported(TypedDict):
    """The number of days that an import stored, and the years of these days."""

    imported: int
    years: list[int]
