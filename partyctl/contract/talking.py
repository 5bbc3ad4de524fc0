"""The output of `--json` for the talks of a quarter or a year."""

from typing import TypedDict


class TalkedWith(TypedDict):
    """A person with whom the member talked, and the talks of these two people."""

    id: int
    name: str
    talks: list[int]


class TalkingMember(TypedDict):
    """A member's talks in a quarter."""

    id: int
    name: str
    committee: bool
    talked_with: list[TalkedWith]


class TalkCoverage(TypedDict):
    """A kind of talk that a branch must hold in a quarter, with its status."""

    kind: str
    rule: str
    status: str | None
    talks: list[int]


class BranchTalks(TypedDict):
    """A branch's talks in a quarter; `without` lists the people who still owe a talk."""

    branch: str
    coverage: list[TalkCoverage]
    members: list[TalkingMember]
    without: list[str]
    committee_pairs_missing: list[list[str]]


class TalkMatrix(TypedDict):
    """The talks of a quarter."""

    as_of: str
    quarter: str
    branches: list[BranchTalks]


class TalkYearCoverage(TypedDict):
    """A kind of talk that a branch must hold, with its status by quarter."""

    kind: str
    rule: str
    statuses: dict[str, str]


class TalkYearMember(TypedDict):
    """A member and the quarters of a year in which the member still owes a talk (`without`)."""

    id: int
    name: str
    committee: bool
    without: list[str]


class TalkYearPerson(TypedDict):
    """One person of a pair; the name is null if the person is not on the branch's roll."""

    id: int
    name: str | None


class TalkYearPair(TypedDict):
    """Two people, and their talks by quarter."""

    one: TalkYearPerson
    two: TalkYearPerson
    talks: dict[str, list[int]]


class TalksOfYear(TypedDict):
    """The talks of a year by pair."""

    quarters: list[str]
    coverage: list[TalkYearCoverage]
    members: list[TalkYearMember]
    pairs: list[TalkYearPair]
    committee_pairs_missing: dict[str, list[list[str]]]


class BranchTalksOfYear(TalksOfYear):
    """A branch's talks of a year."""

    branch: str


class TalkYear(TypedDict):
    """The answer of `talk matrix --year`."""

    as_of: str
    year: str
    branches: list[BranchTalksOfYear]
