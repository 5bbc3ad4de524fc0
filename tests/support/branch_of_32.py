"""A branch of 32 people in four cells from January to May, to test a realistic screen.

Every name is fictional. Up to April all duties were met, and May has omissions.
"""

import tempfile
from functools import cache
from pathlib import Path

import pytest

from partyctl.cli.start.main import run as run_command

COMMITTEE = {
    "陈建国": "支部书记",
    "林秀英": "副书记",
    "黄志强": "组织委员",
    "吴丽华": "宣传委员",
    "郑文斌": "纪检委员",
}
MEMBERS = (
    "周海燕",
    "许国平",
    "何雪梅",
    "罗永福",
    "高晓明",
    "梁玉兰",
    "宋大伟",
    "唐春花",
    "韩志刚",
    "冯小丽",
    "董建军",
    "程美玲",
    "曹德胜",
    "袁秋菊",
    "邓少华",
    "傅冬生",
    "沈佳怡",
    "曾庆云",
    "彭立新",
    "吕红霞",
    "苏振东",
    "卢雅琴",
    "蒋正义",
    "蔡宝珍",
    "贾子健",
    "丁一诺",
    "欧阳慧敏",
)
PEOPLE = (*COMMITTEE, *MEMBERS)
CELLS = ("第一党小组", "第二党小组", "第三党小组", "退休党小组")
UNPAID = ("何雪梅", "宋大伟", "丁一诺")
"""The members who have not paid for May."""

MONTHS = ("2026-01", "2026-02", "2026-03", "2026-04")


def cell_of(place: int) -> str:
    """The cell of a person by position on the roll: each cell has eight people."""
    return CELLS[place // 8]


def roll() -> list[str]:
    """The commands for the branch, its people and their assessments."""
    cells = " ".join(f"--cell {cell}" for cell in CELLS)
    lines = [f"init --organ 市统计局党组 --branch 局机关党支部 --since 2026-01-01 {cells}"]
    for place, name in enumerate(PEOPLE):
        post = f" --post {COMMITTEE[name]}" if name in COMMITTEE else ""
        more = " --leader" if place == 0 else ""
        retired = " --category retired" if cell_of(place) == CELLS[-1] else ""
        lines.append(
            f"member add {name} --joined {1990 + place}-07-01 --cell {cell_of(place)}{post}{more}"
        )
        lines.append(f"dues assess {name} --base {4000 + place * 10} --from 2026-01{retired}")
    assigned = "--assign secretary=陈建国 --assign person-in-charge=林秀英"
    lines += [
        "plan adopt work 2026 --on 2026-01-08",
        "plan adopt study 2026 --on 2026-01-08",
        "plan adopt budget 2026 --on 2026-01-08",
        f"plan adopt roles 2026 --on 2026-01-08 {assigned} --assign leader-in-charge=黄志强",
        "disclosure add posted-rules --title 制度上墙 --scope internal --approved-on 2026-01-09",
        "disclosure publish 1 --on 2026-01-12 --by board",
    ]
    return lines


def month_kept(month: str) -> list[str]:
    """The commands of a month in which all duties are met: the meetings and the dues."""
    kept = [
        f"meeting add members,theme-day,lecture --on {month}-10 --chair 陈建国 --lecturer 陈建国 "
        f"--notified {month}-05 --present all --minutes 记录",
        f"meeting add committee --on {month}-06 --chair 陈建国 --minutes 记录",
        f"meeting add study --on {month}-20 --chair 陈建国 --integrity --minutes 记录 --hours 4",
        *(
            f"meeting add cell --on {month}-12 --chair {PEOPLE[8 * n]} --cell {cell}"
            for n, cell in enumerate(CELLS)
        ),
    ]
    return [*kept, f"dues pay --all --month {month} --on {month}-08"]


def quarter_kept() -> list[str]:
    """The commands for the first quarter's talks and disclosures."""
    pairs = [f"{one},{two}" for one, two in zip(PEOPLE[::2], PEOPLE[1::2], strict=True)]
    talks = [f"talk add --on 2026-02-15 --with {pair}" for pair in [*pairs, "陈建国,周海燕"]]
    return [
        *talks,
        "disclosure add briefing --title 第一季度通报 --scope internal --approved-on 2026-03-20",
        "disclosure publish 2 --on 2026-03-25 --by board",
        "disclosure add progress --title 第一季度进展 --scope internal --approved-on 2026-03-20",
        "disclosure publish 3 --on 2026-03-25 --by board",
    ]


def may_with_its_omissions() -> list[str]:
    """The commands of May: the committee and one cell do not meet, and three people do not pay."""
    left_out = ("meeting add committee", f"--cell {CELLS[3]}")
    kept = [line for line in month_kept("2026-05") if not any(each in line for each in left_out)]
    return [f"{line} --except {','.join(UNPAID)}" if "--all" in line else line for line in kept]


def write_branch(path: Path) -> Path:
    """Write the ledger with all records up to the end of May to a path; return the path."""
    path.touch(mode=0o600)
    path.write_bytes(_written())
    return path


@cache
def _written() -> bytes:
    """The file of the ledger, written only once for all test files."""
    lines = [*roll(), *(line for month in MONTHS for line in month_kept(month)), *quarter_kept()]
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_STATE_HOME", f"{folder}/state")
        path = Path(folder, "own", "ledger.db")
        for line in [*lines, *may_with_its_omissions()]:
            assert run_command(["--ledger", str(path), *line.split()]) == 0, line
        return path.read_bytes()
