"""How many rows of a roster each stage of an import handles per second.

We measure the processor time of this process, because a busy machine makes the wall time longer.
"""

import argparse
import contextlib
import io
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

from xlsxwriter import Workbook

from partyctl.cli.start.main import run
from partyctl.papers.sheets.forms.roster import ROSTER
from partyctl.papers.sheets.guard import guard
from partyctl.papers.sheets.lines import Asked
from partyctl.papers.sheets.reading import read_sheets

HEAD = (
    "序号",
    "姓名",
    "性别",
    "民族",
    "出生日期",
    "公民身份证号",
    "入党时间",
    "转正时间",
    "正式/预备党员",
    "党小组",
    "党内职务",
    "领导干部",
    "电话",
    "类别",
)
FAMILIES, GIVEN = "赵钱孙李周吴郑王", "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂文华"
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
WHOLE_WAY = "import"
TARGETS = {WHOLE_WAY: 5_000, "guard and reading": 5_000}
"""The targets of two stages, in rows per second on a quiet machine."""


def person(number: int) -> list[str | int]:
    """A line of the roster with an invented person and a valid identity number."""
    born = date(1950, 1, 1) + timedelta(days=number % 16_000)
    digits = f"110101{born:%Y%m%d}{number // 16_000 * 400 + number % 400:03d}"
    total = sum(int(digit) * weight for digit, weight in zip(digits, WEIGHTS, strict=True))
    joined = born + timedelta(days=365 * 25)
    full = joined + timedelta(days=366)
    place, name = number // len(FAMILIES), FAMILIES[number % len(FAMILIES)]
    for _ in range(3):
        place, letter = divmod(place, len(GIVEN))
        name += GIVEN[letter]
    return [
        number + 1,
        name,
        "男女"[number % 2],
        "汉族",
        f"{born:%Y-%m-%d}",
        digits + "10X98765432"[total % 11],
        f"{joined:%Y.%m.%d}",
        f"{full.year}年{full.month}月{full.day}日",
        "正式党员",
        "第一小组",
        "组织委员" if number % 50 == 0 else "",
        "否",
        f"138{number:08d}",
        ("在职", "退休")[number % 2],
    ]


def write(path: Path, rows: int) -> None:
    """Write a roster with 14 columns."""
    book = Workbook(path)
    sheet = book.add_worksheet("名册")
    sheet.write_row(0, 0, HEAD)
    for number in range(rows):
        sheet.write_row(number + 1, 0, person(number))
    book.close()


def seconds(work: object) -> float:
    """The processor time, in seconds, of a call of `work`."""
    assert callable(work)
    began = time.process_time()
    work()
    return time.process_time() - began


def command(*words: str | Path) -> None:
    """Run a command in this process, silently. Raises SystemExit if the command fails."""
    with contextlib.redirect_stdout(io.StringIO()):
        code = run([str(word) for word in words])
    if code:
        raise SystemExit(f"{words} exited with {code}")


def main() -> int:
    """Print the rows per second of each stage, and the targets; return 1 if the import is too slow."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=19_000)
    rows = parser.parse_args().rows
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        roster, ledger = folder / "roster.xlsx", folder / "ledger.db"
        write(roster, rows)
        base = ("--ledger", ledger)
        start = ("--branch", "乙", "--since", "2026-01-01", "--cell", "第一小组")
        command(*base, "init", "--organ", "甲", *start)
        read = min(
            seconds(lambda: read_sheets(roster, ROSTER, Asked(date(2026, 11, 27))))
            for _ in range(3)
        )
        stages = {
            "guard": min(seconds(lambda: guard(roster)) for _ in range(3)),
            "guard and reading": read,
            "preview (--dry-run --json)": seconds(
                lambda: command(*base, "member", "import", roster, "--dry-run", "--json")
            ),
            WHOLE_WAY: seconds(lambda: command(*base, "member", "import", roster)),
            "import again (no row changed)": seconds(
                lambda: command(*base, "member", "import", roster)
            ),
        }
    print(f"{rows} rows of {len(HEAD)} columns, processor time")
    for stage, taken in stages.items():
        target = f"  (target {TARGETS[stage]})" if stage in TARGETS else ""
        print(f"{stage:30} {taken:7.2f} s {rows / taken:9.0f} rows/s{target}")
    return 0 if rows / stages[WHOLE_WAY] >= TARGETS[WHOLE_WAY] else 1


if __name__ == "__main__":
    sys.exit(main())
