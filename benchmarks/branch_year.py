"""The commands of a branch's clerk in one year, with records for most chapters; for `many_ledgers.py`.

The year has meetings, cells, talks, dues, plans and their items, disclosures, opinions, cases,
applicants, a contact point and the review. At random, some duties are done late or never. So a
month has about as many kinds of duties and statuses as a month of a real branch.
"""

import random
from itertools import pairwise

SURNAMES, GIVEN = "赵钱孙李周吴郑王冯陈", "甲乙丙丁"
POSTS = ("branch-secretary", "deputy-secretary", "organization", "publicity", "discipline")
"""The posts of a committee; every branch has the first two."""
WITH_COMMITTEE = 7
CELL = 8
"""The number of members in each cell but the last, which has the rest."""
OMITTED, LATE = 0.12, 0.08
"""The shares of duties that are never done, and of duties that are done late."""


class Year:
    """A branch with a given number of members.

    The methods return the command lines of its founding and of each month.
    """

    def __init__(self, members: int, chance: random.Random) -> None:
        self.people = [f"{one}{other}" for other in GIVEN for one in SURNAMES][:members]
        self.cells = [f"第{place + 1}小组" for place in range(-(-members // CELL))]
        self._chance = chance
        self._disclosures = self._opinions = self._cases = self._items = 0

    def founding(self) -> list[str]:
        """The commands that record the branch, its people, their assessments and a contact point."""
        cells = " ".join(f"--cell {cell}" for cell in self.cells)
        lines = [f"init --organ 虚构市统计局党组 --branch 虚构支部 --since 2025-12-01 {cells}"]
        posts = POSTS if len(self.people) >= WITH_COMMITTEE else POSTS[:2]
        for place, name in enumerate(self.people):
            post = f" --post {posts[place]}" if place < len(posts) else ""
            leader = " --leader" if place < 2 else ""
            cell = self.cells[place // CELL]
            lines.append(
                f"member add {name} --joined {2005 + place % 12}-07-01 --cell {cell}{post}{leader}"
            )
            base = self._chance.randrange(4000, 9000, 100)
            lines.append(f"dues assess {name} --base {base} --from 2025-12")
        return [*lines, "contact add 虚构村 --leader " + self.people[0]]

    def month(self, month: str) -> list[str]:
        """The commands that the clerk runs in a month."""
        number = int(month[5:])
        lines = [*self._plans(month)] if number == 1 else []
        lines += [*self._meetings(month, number), *self._dues(month)]
        lines += [*self._opinion(month), *self._applicant(month, number)]
        if number % 3 == 0:
            lines += self._quarter(month)
        if number % 3 == 1:
            lines += self._case(month)
        if number == 11:
            lines += self._review(month)
        return lines

    def _left_out(self) -> bool:
        return self._chance.random() < OMITTED

    def _late(self) -> bool:
        return self._chance.random() < LATE

    def _some(self, lines: list[str]) -> list[str]:
        return [line for line in lines if not self._left_out()]

    def _plans(self, month: str) -> list[str]:
        head, other = self.people[:2]
        roles = f"--assign secretary={head} --assign person-in-charge={other}"
        plans = (
            f"work 2026 --on {month}-08",
            f"study 2026 --on {month}-08",
            f"budget 2026 --on {month}-09",
            f"roles 2026 --on {month}-09 {roles} --assign leader-in-charge={other}",
        )
        items = [
            f"plan item 2026 任务{n} --owner {other} --due 2026-{n:02}-25" for n in range(1, 12)
        ]
        return [
            f"plan adopt {plans[0]}",
            *(self._some([f"plan adopt {p}" for p in plans[1:]])),
            *items,
        ]

    def _meetings(self, month: str, number: int) -> list[str]:
        head, other = self.people[:2]
        kinds = "members,lecture" if number % 3 == 0 else "members"
        teacher = f" --lecturer {head}" if number % 3 == 0 else ""
        told = f"{month}-10" if self._late() else f"{month}-05"
        lines = [
            f"meeting add {kinds} --on {month}-10 --chair {head}{teacher} --notified {told} "
            "--present all --minutes 议事",
            f"meeting add committee --on {month}-11 --chair {head} --minutes 安排工作",
            f"meeting add study --on {month}-21 --chair {other} --integrity --hours 4 --minutes 学习党章",
            f"meeting add theme-day --on {month}-05 --chair {head} --minutes 义务劳动",
            *(
                f"meeting add cell --on {month}-12 --chair {self.people[CELL * place]} --cell {cell}"
                for place, cell in enumerate(self.cells)
            ),
        ]
        if number == 11:
            lines.append(
                f"meeting add org-life --on {month}-18 --chair {head} --criticism --minutes 批评"
            )
        if 1 <= number <= 11:
            lines.append(f"plan done {number} --on {month}-{'26' if self._late() else '20'}")
        return self._some(lines)

    def _dues(self, month: str) -> list[str]:
        payers = [name for name in self.people if not self._left_out()] or self.people[:1]
        late = [name for name in payers[1:] if self._late()]
        early = [name for name in payers if name not in late]
        after = min(
            f"{int(month[:4]) + (month[5:] == '12')}-{int(month[5:]) % 12 + 1:02}-06", "2026-11-25"
        )
        lines = [f"dues pay {','.join(early)} --month {month} --on {month}-06"]
        return [
            *lines,
            *([f"dues pay {','.join(late)} --month {month} --on {after}"] if late else []),
        ]

    def _opinion(self, month: str) -> list[str]:
        """The commands for an opinion, which is settled in time, late, or never."""
        self._opinions += 1
        kind = ("individual", "general", "complex")[self._opinions % 3]
        lines = [f"opinion add 食堂排队 --received {month}-02 --class {kind} --by box"]
        if not self._left_out():
            day = "24" if self._late() else "07"
            lines.append(
                f"opinion settle {self._opinions} --on {month}-{day} --told --result 已公开"
            )
        return lines

    def _applicant(self, month: str, number: int) -> list[str]:
        """The commands for the month's applicant (January to June only), usually with a talk."""
        if not 1 <= number <= 6:
            return []
        name = f"申请{'一二三四五六'[number - 1]}"
        day = "28" if self._late() else "15"
        return [
            f"applicant add {name} --applied {month}-03 --birth 1998-01-01",
            *self._some([f"applicant step {name} talk --on {month}-{day} --with {self.people[1]}"]),
        ]

    def _quarter(self, month: str) -> list[str]:
        around = [*self.people, self.people[0]]
        lines = [f"talk add --on {month}-15 --with {one},{two}" for one, two in pairwise(around)]
        lines.append(f"contact visit 虚构村 --on {month}-17 --kind visit")
        lines = self._some(lines)
        for kind in ("briefing", "progress"):
            self._disclosures += 1
            lines.append(
                f"disclosure add {kind} --title {month}通报 --scope internal --approved-on {month}-20"
            )
            lines += self._some(
                [f"disclosure publish {self._disclosures} --on {month}-25 --by board"]
            )
        return lines

    def _case(self, month: str) -> list[str]:
        """The commands for a letter of inquiry, which is delivered and usually answered."""
        self._cases += 1
        who = self.people[2 + self._cases % (len(self.people) - 2)]
        lines = [
            f"warning issue {who} --level inquiry --category 4 --facts 失误 --on {month}-02",
            f"warning deliver {self._cases} --on {month}-03",
        ]
        if not self._left_out():
            day = "28" if self._late() else "10"
            lines.append(f"warning reply {self._cases} --on {month}-{day}")
        return lines

    def _review(self, month: str) -> list[str]:
        lines = [f"review study 2026 --on {month}-05", f"review meeting 2026 --on {month}-20"]
        summaries = self._some([f"review self 2026 {name} --on {month}-10" for name in self.people])
        return [f"review open 2026 --on {month}-01", lines[0], *summaries, lines[1]]
