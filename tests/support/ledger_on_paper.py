"""A simple model of a ledger's content, for test_state_machine."""

from dataclasses import dataclass, field
from typing import Any

AS_OF = "2026-07-01"
START = "2026-01-01"
MONTHS = [f"2026-{month:02d}" for month in range(1, 7)]
DAYS = [f"{month}-{day:02d}" for month in MONTHS for day in (1, 10, 28)]
BASES = {2000: 1000, 3000: 1500, 3100: 3100, 5000: 5000, 5100: 7650, 12000: 24000}
"""Some monthly incomes in yuan, each with the monthly dues in 分 under the tariff."""

Row = dict[str, Any]


@dataclass
class Model:
    """The expected content of a ledger, by record number."""

    members: dict[int, Row] = field(default_factory=dict)
    meetings: dict[int, Row] = field(default_factory=dict)
    dues: dict[int, Row] = field(default_factory=dict)
    plans: dict[int, Row] = field(default_factory=dict)
    branches: dict[int, Row] = field(default_factory=dict)
    staff: dict[int, Row] = field(default_factory=dict)

    def standing(self, kind: str) -> dict[int, Row]:
        return {number: row for number, row in getattr(self, kind).items() if not row["void"]}

    def add(self, kind: str, /, **row: Any) -> None:
        records = getattr(self, kind)
        records[len(records) + 1] = row | {"void": False}

    def on_roll(self, member: Row, day: str) -> bool:
        return member["from"] <= day and (member["left"] is None or day < member["left"])

    def may_owe(self, member: Row, month: str) -> bool:
        last = member["left_dues_to"] or (member["left"] or "9999-12")[:7]
        return member["joined"][:7] <= month <= last

    def of(self, member: int, act: str) -> list[Row]:
        entries = self.standing("dues").values()
        return [entry for entry in entries if entry["member"] == member and entry["act"] == act]

    def assessed(self, member: int, month: str) -> int | None:
        entries = enumerate(self.of(member, "assessment"))
        held = [(e["month"], n, e["amount"]) for n, e in entries if e["month"] <= month]
        return max(held)[2] if held else None

    def paid(self, member: int, month: str) -> int:
        return sum(entry["lines"].get(month, 0) for entry in self.of(member, "payment"))

    def months_owed(self, member: Row) -> list[str]:
        """The months for which a member owes dues.

        The first month is the first that begins on or after the day when the member came onto the
        roll. The last month is the month of `--dues-to`, if `member leave` got this option,
        otherwise the month of leaving. For a member who has not left, it is the month of AS_OF.
        """
        last = member["left_dues_to"] or (member["left"] or AS_OF)[:7]
        return [month for month in MONTHS if f"{month}-01" >= member["from"] and month <= last]

    def roll(self) -> list[tuple[int, str, str]]:
        return [
            (number, row["name"], row["joined"])
            for number, row in sorted(self.standing("members").items())
            if self.on_roll(row, AS_OF)
        ]

    def held(self) -> list[tuple[Any, ...]]:
        rows = sorted((row["day"], number) for number, row in self.standing("meetings").items())
        return [
            (number, day, *(self.meetings[number][name] for name in ("kinds", "chair", "hours")))
            for day, number in rows
        ]

    def book(self) -> list[tuple[Any, ...]]:
        names = ("member", "act", "month", "amount", "lines")
        return [
            (number, *(row[name] for name in names))
            for number, row in sorted(self.standing("dues").items())
        ]

    def adopted(self) -> list[tuple[Any, ...]]:
        rows = sorted(self.standing("plans").items())
        return [(number, row["kind"], row["year"], row["day"]) for number, row in rows]

    def names(self, table: str) -> dict[int, str]:
        return {number: row["name"] for number, row in self.standing(table).items()}

    def owed(self) -> tuple[dict[int, tuple[int | None, int]], tuple[int | None, int]]:
        """Dues and payments of each member, and the totals; dues are None if some are unknown.

        A payment counts even if the member does not owe its month.
        """
        each: dict[int, tuple[int | None, int]] = {}
        for number, member in self.standing("members").items():
            if months := self.months_owed(member):
                amounts = [self.assessed(number, month) for month in months]
                owed = None if None in amounts else sum(filter(None, amounts))
                each[number] = owed, sum(self.paid(number, month) for month in MONTHS)
        known = [owed for owed, _ in each.values() if owed is not None]
        total = sum(known) if known or not each else None
        return each, (total, sum(paid for _, paid in each.values()))


EXPECTED = {
    "members": (
        "member list",
        lambda rows: [(r["id"], r["name"], r["joined_on"]) for r in rows],
        Model.roll,
    ),
    "meetings": (
        "meeting list",
        lambda rows: [
            (r["id"], r["held_on"], sorted(r["kinds"]), r["chair_id"], r["hours"]) for r in rows
        ],
        Model.held,
    ),
    "dues": (
        "dues list",
        lambda rows: [
            (
                r["id"],
                r["member_id"],
                r["act"],
                r["from_month"],
                r["amount"],
                {line["month"]: line["amount"] for line in r["months"]},
            )
            for r in rows
        ],
        Model.book,
    ),
    "plans": (
        "plan list",
        lambda rows: [(r["id"], r["kind"], r["year"], r["adopted_on"]) for r in rows],
        Model.adopted,
    ),
    "branches": (
        "branch list",
        lambda rows: {r["id"]: r["name"] for r in rows},
        lambda model: model.names("branches"),
    ),
    "staff": (
        "staff list",
        lambda rows: {r["id"]: r["name"] for r in rows},
        lambda model: model.names("staff"),
    ),
    "status": (
        "dues status",
        lambda answer: (
            {each["id"]: (each["owed"], each["paid"]) for each in answer["members"]},
            (answer["totals"]["owed"], answer["totals"]["paid"]),
        ),
        Model.owed,
    ),
}
"""For each list of the ledger: its command, the fields to compare, and the answer of the model."""
