"""A hub of twelve sample branches, to show a superior's view: python scripts/sample_hub.py demo/hub

Each branch has its own ledger, written by ordinary commands; every name is fictional. Two branches
have sent no extract for February, and one has fewer than five members.
"""

import io
import random
import shutil
import sys
from contextlib import redirect_stdout
from itertools import pairwise
from pathlib import Path

from partyctl.cli.start.main import run
from partyctl.rollup.hub import Hub
from partyctl.rollup.reading import read

BRANCHES = [
    "办公室",
    "人事处",
    "财务处",
    "法规处",
    "规划处",
    "业务一处",
    "业务二处",
    "业务三处",
    "信息中心",
    "服务中心",
    "离退休",
    "机关党委办",
]
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫"
GIVEN = "甲乙丙丁戊己庚辛"
MONTHS = ("2026-02", "2026-03")
LATE = (3, 8)
"""The indexes of the branches that sent no extract for February."""
SMALL = 11
"""The index of the branch with four members."""


def lines_of(place: int, chance: random.Random) -> list[str]:
    """The commands of a branch in two months; some duties are left out at random."""
    surnames = (SURNAMES[place:] + SURNAMES)[: len(GIVEN)]
    people = [surname + given for surname, given in zip(surnames, GIVEN, strict=True)]
    people = people[: 4 if place == SMALL else chance.randint(6, 8)]
    head, organiser = people[:2]
    roll = [f"member add {name} --joined 2015-07-01" for name in people[2:]]
    lines = [
        f"init --organ 市某局党组 --branch {BRANCHES[place]}支部 --since 2026-02-01 --cell 第一小组",
        f"member add {head} --joined 2010-07-01 --post branch-secretary --leader",
        f"member add {organiser} --joined 2012-07-01 --post organization",
        *roll,
        *(
            f"dues assess {name} --base {chance.randrange(4000, 9000, 100)} --from 2026-02"
            for name in people
        ),
    ]
    for month in MONTHS:
        held = [
            f"meeting add 党员大会 --on {month}-10 --chair {head} --notified {month}-05 --minutes 议事",
            f"meeting add 支委会 --on {month}-11 --chair {head} --minutes 安排工作",
            f"meeting add 集中学习 --on {month}-25 --chair {organiser} --integrity --minutes 学习党章",
            f"meeting add 主题党日 --on {month}-05 --chair {head} --minutes 义务劳动",
        ]
        lines += [line for line in held if chance.random() < 0.8]
        payers = [name for name in people if chance.random() < 0.9]
        lines.append(f"dues pay {','.join(payers)} --month {month} --on {month}-06")
    pairs = pairwise(people)
    lines += [
        f"talk add --on 2026-03-1{n} --with {one},{two}" for n, (one, two) in enumerate(pairs)
    ]
    return lines


def make(folder: Path, seed: int = 1) -> Hub:
    """Delete the folder; make hub and ledgers, enrol the branches, and collect their extracts."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, mode=0o700)
    chance = random.Random(seed)
    do("rollup", "init", str(folder), "--organ", "市某局机关党委")
    for place, name in enumerate(BRANCHES):
        ledger = folder / "ledgers" / f"{place + 1:03}.db"
        batch = folder / f"{place + 1:03}.txt"
        batch.write_text("\n".join(lines_of(place, chance)) + "\n", encoding="utf-8")
        do("--ledger", str(ledger), "batch", str(batch))
        batch.unlink()
        for month in MONTHS:
            if not (place in LATE and month == MONTHS[0]):
                sent = folder / "sent" / f"{place + 1:03}-{month}.partyctl.gz"
                sent.parent.mkdir(exist_ok=True)
                do("--ledger", str(ledger), "rollup", "extract", "--month", month, "-o", str(sent))
        number = read(next((folder / "sent").glob(f"{place + 1:03}-*")).read_bytes()).header.ledger
        do(
            "rollup",
            "enrol",
            f"{place + 1:03}",
            f"{name}支部",
            "--ledger",
            number,
            "--hub",
            str(folder),
        )
    sys.stdout.write(do("rollup", "collect", str(folder / "sent"), "--hub", str(folder)))
    return Hub(folder)


def do(*line: str) -> str:
    """Run a command and return its output; exit if it fails."""
    with redirect_stdout(io.StringIO()) as answer:
        code = run(list(line))
    if code:
        sys.exit(f"{' '.join(line)}: {code}\n{answer.getvalue()}")
    return answer.getvalue()


if __name__ == "__main__":
    make(Path(sys.argv[1]))
