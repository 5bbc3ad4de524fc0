"""Fictional people: a branch's roll, posts, and each member's way of paying dues.

Most members pay every month themselves, on time and in full. `SHARES` says how frequent each
exception is; `check` has to find the exceptions.
"""

import os
import random
from dataclasses import dataclass, field
from typing import NamedTuple

from partyctl.calendar import months_between
from partyctl.terms import Category, Payer

MEMBERS = int(os.environ.get("BENCH_MEMBERS", "30"))
YEARS = int(os.environ.get("BENCH_YEARS", "5"))
"""How many members a branch has, and how many years of records; `growth.py` sets other numbers in
the environment."""

SINCE = f"{2026 - YEARS}-07-01"
MONTHS = months_between(SINCE[:7], "2026-06")

SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻"
GIVEN = "安柏承德恩帆国浩佳建景静俊凯兰莉林敏明宁平庆荣瑞珊书思涛婷伟文晓欣雅艺颖宇远哲志子"

SHARES = {
    "stopped": 0.01,  # The last 8 months were not paid.
    "gap": 0.01,  # 7 earlier months in a row were never paid.
    "behind": 0.02,  # One payment, with consent, for 4 months, made 3 or 4 months after the first.
    "proxy": 0.01,  # Another person paid for a year, with or without consent.
    "underpaid": 0.005,  # 1 to 4 payments were below the assessment.
    "voided": 0.003,  # A wrong payment was entered and voided.
    "exempt": 0.003,  # The member was exempt for half a year.
    "moved-in": 0.01,
    "left": 0.01,
}
"""For each exception, the share of members to whom the exception applies; all other members pay
every month in full and on time."""

CATEGORIES = (Category.EMPLOYED,) * 15 + (Category.RETIRED,) * 4 + (Category.FARMER,)


class Proxy(NamedTuple):
    """The kind of person who pays in the member's place, and whether the committee agreed."""

    payer: Payer
    agreed: bool


@dataclass
class Habit:
    """The ways in which a member's payments differ from the usual; months are texts such as 2026-03.

    `made_up` maps the month of a late payment to the first and the last month that this payment covers.
    """

    skipped: set[str] = field(default_factory=set)
    made_up: dict[str, tuple[str, str]] = field(default_factory=dict)
    proxies: dict[str, Proxy] = field(default_factory=dict)
    underpaid: set[str] = field(default_factory=set)
    voided: set[str] = field(default_factory=set)
    exempt: tuple[str, str] | None = None
    lapse_steps: int = 0


@dataclass
class Member:
    """A member: data on the roll, the income base of 2021 in 分, and the way of paying dues."""

    id: int
    name: str
    category: Category
    base: int
    joined_on: str
    habit: Habit
    on_roll_from: str = SINCE
    paid_to: str | None = None
    left_on: str | None = None

    def owes(self, month: str) -> bool:
        """Whether the member is on the roll on a month's first day, and so owes the month's dues."""
        first = f"{month}-01"
        return self.on_roll_from <= first and (self.left_on is None or first <= self.left_on)

    def attends(self, day: str) -> bool:
        """Whether the member is on the roll on a day."""
        return self.on_roll_from <= day and (self.left_on is None or day < self.left_on)


@dataclass
class Branch:
    """A branch with its members.

    The first four members form the branch's committee, and the first three members are leading
    cadres. In every third branch the fifth member takes over as secretary in mid-2024.
    """

    id: int
    name: str
    members: list[Member]
    random: random.Random

    SECRETARY, SUCCESSOR = 0, 4
    HANDOVER = "2024-07-01"

    @property
    def changes_secretary(self) -> bool:
        """Whether the branch has a new secretary from the day `HANDOVER` on."""
        return self.id % 3 == 0

    def secretary(self, day: str) -> Member:
        """The secretary on a day."""
        changed = self.changes_secretary and day >= self.HANDOVER
        return self.members[self.SUCCESSOR if changed else self.SECRETARY]

    def committee(self, day: str) -> list[Member]:
        """The secretary and the three other committee members on a day."""
        return [self.secretary(day), *self.members[1:4]]


def branch_of(number: int, seed: int, shares: dict[str, float] = SHARES) -> Branch:
    """The branch with a given number; it is the same in a ledger with any number of branches."""
    source = random.Random(f"{seed}/{number}")
    first = (number - 1) * MEMBERS + 1
    members = [_member(first + place, place, source, shares) for place in range(MEMBERS)]
    return Branch(number, f"第{number}党支部", members, source)


def _member(number: int, place: int, source: random.Random, shares: dict[str, float]) -> Member:
    name = source.choice(SURNAMES) + "".join(source.sample(GIVEN, source.choice((1, 2, 2, 2))))
    kind = _kind(source, shares)
    member = Member(
        id=number,
        name=name,
        category=source.choice(CATEGORIES),
        base=source.randrange(2500, 12000) * 100,
        joined_on=f"{source.randrange(1985, int(SINCE[:4]))}-{source.randrange(1, 13):02d}-15",
        habit=_habit(kind, source),
    )
    stays = place <= Branch.SUCCESSOR
    if kind == "moved-in" and not stays:
        month = source.choice(MONTHS[3:-12] or MONTHS[3:-3])
        member.on_roll_from, member.paid_to = f"{month}-08", month
    elif kind == "left" and not stays:
        member.left_on = f"{source.choice(MONTHS[12:-3] or MONTHS[6:-3])}-28"
    return member


def _kind(source: random.Random, shares: dict[str, float]) -> str:
    dice = source.random()
    for kind, share in shares.items():
        dice -= share
        if dice < 0:
            return kind
    return "plain"


def _habit(kind: str, source: random.Random) -> Habit:
    habit = Habit()
    start = source.randrange(6, max(7, len(MONTHS) - 20))
    if kind == "stopped":
        habit.skipped = set(MONTHS[-8:])
    elif kind == "gap":
        habit.skipped = set(MONTHS[start : start + 7])
        habit.lapse_steps = source.randrange(4)
    elif kind == "behind":
        # In half of the cases, the first of the four months is paid a month too late.
        wait = source.choice((3, 4))
        habit.skipped = set(MONTHS[start : start + 4])
        habit.made_up[MONTHS[start + wait]] = (MONTHS[start], MONTHS[start + 3])
    elif kind == "proxy":
        proxy = Proxy(source.choice((Payer.MEMBER, Payer.RELATIVE)), source.random() < 0.5)
        habit.proxies = dict.fromkeys(MONTHS[start : start + 12], proxy)
    elif kind == "underpaid":
        habit.underpaid = set(source.sample(MONTHS, source.randrange(1, 5)))
    elif kind == "voided":
        habit.voided = {MONTHS[start]}
    elif kind == "exempt":
        habit.exempt = (MONTHS[start], MONTHS[start + 5])
        habit.skipped = set(MONTHS[start : start + 6])
    return habit
