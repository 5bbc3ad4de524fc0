"""The output of `--json` for dues. Amounts are in 分."""

from typing import NotRequired, TypedDict


class DuesMonth(TypedDict):
    """A month, and the amount paid for it in 分."""

    month: str
    amount: int


class Dues(TypedDict):
    """A record of the dues book. Incomes are shown only with --reveal."""

    id: int
    act: str
    member_id: int
    member: str
    branch: str
    cell: str | None
    happened_on: str | None
    from_month: str | None
    to_month: str | None
    amount: int | None
    category: str | None
    reason: str | None
    payer: str | None
    paid_by: str | None
    consent_on: str | None
    consent_meeting_id: int | None
    receipt: str | None
    extra: int | None
    approved_by: str | None
    step: str | None
    note: str | None
    recorded_at: str
    voided_at: str | None
    void_reason: str | None
    months: list[DuesMonth]
    base: NotRequired[int | None]
    working: NotRequired[str | None]


class Remittance(TypedDict):
    """A remittance."""

    id: int
    branch: str
    branch_id: int
    period: str
    amount: int
    remitted_on: str
    remitted_to: str | None
    receipt: str | None
    recorded_at: str
    voided_at: str | None
    void_reason: str | None


class DuesOfMember(TypedDict):
    """A member's dues, in 分; `owed` is null if a month that the member owes was not assessed.

    `paid` includes payments for months that are not owed, such as months before the ledger's start.
    """

    id: int
    name: str
    owed: int | None
    paid: int
    unpaid_months: list[str]
    longest_unpaid_run: int
    underpaid_months: list[str]
    prepaid: int
    received: int


class DuesTotals(TypedDict):
    """The dues of all members added up, in 分; `unassessed` counts the members with `owed` null."""

    owed: int | None
    paid: int
    prepaid: int
    received: int
    unassessed: int


class DuesStatus(TypedDict):
    """The answer of `dues status --json`."""

    as_of: str
    members: list[DuesOfMember]
    totals: DuesTotals
