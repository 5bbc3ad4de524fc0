"""The output of `--json` for people, branches, talks and contact points."""

from typing import NotRequired, TypedDict

CommitteeChange = TypedDict("CommitteeChange", {"from": str, "committee": bool})
"""The day from which a branch has a committee, or has none."""


class Branch(TypedDict):
    """A branch, and when it got or lost a committee. `branch list` leaves out the last three fields."""

    id: int
    name: str
    founded_on: str | None
    committee: bool
    elected_on: str | None
    committee_changes: list[CommitteeChange]
    recorded_at: NotRequired[str]
    voided_at: NotRequired[str | None]
    void_reason: NotRequired[str | None]


class Cell(TypedDict):
    """A Party cell (党小组). `cell list` leaves out the last three fields."""

    id: int
    name: str
    branch: str
    founded_on: str | None
    recorded_at: NotRequired[str]
    voided_at: NotRequired[str | None]
    void_reason: NotRequired[str | None]


class Staff(TypedDict):
    """A staff member. `staff list` leaves out the last three fields."""

    id: int
    name: str
    title: str | None
    recorded_at: NotRequired[str]
    voided_at: NotRequired[str | None]
    void_reason: NotRequired[str | None]


MemberCategoryChange = TypedDict(
    "MemberCategoryChange",
    {
        "from": str,
        "category": str,
    },
)
"""A member's category, and the month from which it applies."""

MemberPost = TypedDict(
    "MemberPost",
    {
        "post": str,
        "from": str,
        "to": str | None,
    },
)
"""A post, and its first and last day."""


class MemberReport(TypedDict):
    """A leading cadre's report on personal matters."""

    year: int
    on: str


MemberSanction = TypedDict(
    "MemberSanction",
    {
        "note": str,
        "from": str,
        "to": str | None,
    },
)
"""A period of sanction."""

MemberAway = TypedDict(
    "MemberAway",
    {
        "reason": str,
        "from": str,
        "to": str | None,
    },
)
"""A period in which a member was away, and why."""


class MemberAdmission(TypedDict):
    """The days of the events that decide a member's standing (null: this event did not happen)."""

    applicant_id: int
    refused_on: str | None
    full_on: str | None
    converted_on: str | None
    extended_to: str | None
    cancelled_on: str | None


class Member(TypedDict):
    """A member. Identity number and telephone are masked unless revealed."""

    id: int
    name: str
    branch: str
    cell: str | None
    joined_on: str
    full_on: str | None
    probationary: bool
    on_roll_from: str
    dues_paid_to: str | None
    gender: str | None
    birth_on: str | None
    id_number: str | None
    phone: str | None
    category: str
    left_on: str | None
    left_reason: str | None
    left_to: str | None
    left_dues_to: str | None
    recorded_at: str
    voided_at: str | None
    void_reason: str | None
    categories: list[MemberCategoryChange]
    leader: bool
    posts: list[MemberPost]
    reports: list[MemberReport]
    sanctions: list[MemberSanction]
    away: list[MemberAway]
    admission: MemberAdmission | None


Talk = TypedDict(
    "Talk",
    {
        "id": int,
        "held_on": str,
        "with": list[str],
        "member_ids": list[int],
        "staff_ids": list[int],
        "between": list[str],
        "place": str | None,
        "theme": str | None,
        "note": str | None,
        "follow_up": str | None,
        "follow_up_due": str | None,
        "follow_up_done": str | None,
        "makes_up": str | None,
        "recorded_at": str,
        "voided_at": str | None,
        "void_reason": str | None,
    },
)
"""A heart-to-heart talk."""


class ContactVisit(TypedDict):
    """A visit to a contact point."""

    id: int
    kind: str
    visited_on: str
    note: str | None
    makes_up: str | None


class Contact(TypedDict):
    """A contact point and the visits to it."""

    id: int
    name: str
    leader: str
    leader_id: int
    since: str | None
    recorded_at: str
    voided_at: str | None
    void_reason: str | None
    visits: list[ContactVisit]
    last: dict[str, str]


class Subject(TypedDict):
    """The branch, cell, person or other record that a duty belongs to."""

    kind: str
    id: int
    name: str
