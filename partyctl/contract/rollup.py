"""The output of `--json` for extracts and the hub that collects them."""

from typing import TypedDict


class RollupExtract(TypedDict):
    """A written extract of a month; `tallies` and `duties`: how many lines of these two kinds it has."""

    file: str
    ledger: str
    branch: int
    month: str
    as_of: str
    head: str | None
    previous_head: str | None
    coarse: bool
    tallies: int
    duties: int
    sha256: str


class RollupCollected(TypedDict):
    """A collected file: accepted, already known, or refused."""

    file: str
    state: str
    code: str | None
    month: str | None
    error: str | None


class RollupUnit(TypedDict):
    """A branch enrolled in the hub."""

    code: str
    name: str


class RollupMissing(TypedDict):
    """The branches that sent no report for a month.

    `reported`: how many enrolled branches and lower hubs sent a report. `missing` also has the
    branches that did not report to a lower hub; their codes begin with the lower hub's code.
    """

    month: str
    reported: int
    missing: list[RollupUnit]


class RollupFinding(TypedDict):
    """An extract that does not continue the branch's previous extract, or was lost or changed.

    An extract continues the previous one if its `head` or its `previous_head` equals the previous
    extract's `head`.
    """

    code: str
    month: str
    finding: str
    remedy: str


class RollupVerified(TypedDict):
    """The result of `rollup verify`."""

    ok: bool
    extracts: int
    findings: list[RollupFinding]


class RollupMonth(TypedDict):
    """How many branches reported for a month."""

    month: str
    reported: int
    missing: int


class RollupRow(TypedDict):
    """The mandatory duties of an organ, branch, chapter, rule or month, counted by status.

    `advised` and `waived` also count duties that are not mandatory. `n` is the number of mandatory
    duties that were met or missed.
    """

    key: str
    name: str
    branches: int
    breach: int
    overdue: int
    advised: int
    due: int
    late: int
    met: int
    waived: int
    n: int
    met_share: float | None


class RollupSums(TypedDict):
    """A hub's totals; `judged_apart`: branches whose rules differ from the most common ones."""

    organ: str
    by: str
    months: list[RollupMonth]
    rows: list[RollupRow]
    judged_apart: list[list[str]]
