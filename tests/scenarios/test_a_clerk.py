"""A clerk's year with 32 people needs few commands, and every `must` duty is met or waived."""

import calendar
import contextlib
import csv
import re
from collections import Counter
from pathlib import Path

import openpyxl
import pytest

from partyctl.cli.start.main import run as run_command
from tests.conftest import Run

pytestmark = pytest.mark.long

HERE = Path(__file__).parent
PEOPLE = 32
MOST_A_MONTH, MOST_A_YEAR = 12, 150
MONTHS = [f"2025-{month:02d}" for month in range(1, 13)]
SETTLED = ("met", "waived")


def typed() -> dict[str, list[str]]:
    """The commands of each month, by the heading of the month."""
    found: dict[str, list[str]] = {}
    month = ""
    for line in (HERE / "clerk-year.txt").read_text(encoding="utf-8").splitlines():
        if heading := re.fullmatch(r"# (\d{4}-\d{2})", line):
            month = heading[1]
        elif line and not line.startswith("#"):
            found.setdefault(month, []).append(line)
    return found


SHEETS = {"名册.xlsx": "clerk-roster.csv", "党费基数.xlsx": "clerk-bases.csv"}
"""The workbooks imported at the beginning, each with the text it is made from."""


def workbook(path: Path, text: Path) -> None:
    """Write a sheet as an office would, with a title line."""
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append([f"市某局机关支部{path.stem}"])
    with text.open(encoding="utf-8", newline="") as lines:
        for row in csv.reader(lines):
            book.active.append(row)
    book.save(path)


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("clerk")
    path = folder / "ledger.db"
    for name, text in SHEETS.items():
        workbook(folder / name, HERE / text)
    with contextlib.chdir(folder):
        for name in ("clerk-setup.txt", "clerk-year.txt"):
            assert run_command(["--ledger", str(path), "batch", str(HERE / name)]) == 0
    return path


def test_a_month_takes_twelve_commands_at_most_and_a_year_150():
    counts = {month: len(lines) for month, lines in typed().items()}
    setup = (HERE / "clerk-setup.txt").read_text(encoding="utf-8").splitlines()
    once = [line for line in setup if line and not line.startswith("#")]

    assert list(counts) == MONTHS
    assert max(counts.values()) <= MOST_A_MONTH, counts
    assert len(once) + sum(counts.values()) <= MOST_A_YEAR, counts


def test_the_roll_and_the_bases_come_from_sheets(year: Path, run: Run):
    members = run(f"--ledger '{year}' member list --as-of 2025-01-31 --json").json
    assert len(members) == PEOPLE
    assert {each["cell"] for each in members} == {"第一小组", "第二小组"}
    assert sum(each["category"] == "retired" for each in members) == 4
    entries = run(f"--ledger '{year}' dues list --month 2025-01 --json").json
    assert sum(each["act"] == "assessment" for each in entries) == PEOPLE


UNDATED = ("plan item", "member away", "rectify add", "review rate")
"""Commands that need no option, such as `--on`, for the day of an event.

Each of these commands has a year, a period, a deadline or the number of a meeting instead.
"""


def test_every_command_stands_under_the_month_in_which_it_is_typed():
    for month, lines in typed().items():
        for line in lines:
            days = re.findall(r"--(planned-on|approved-on|on) (\d{4}-\d{2})", line)
            if line.startswith(UNDATED):
                assert not days, line
            else:
                assert dict(days).get("planned-on", days[0][1]) == month, line


@pytest.mark.parametrize("month", MONTHS)
def test_nothing_that_must_be_is_open_at_the_end_of(month: str, year: Path, run: Run):
    last = calendar.monthrange(int(month[:4]), int(month[5:]))[1]
    check = f"--ledger '{year}' check --month {month} --as-of {month}-{last} --json"

    found = run(check).json["obligations"]

    must = [each for each in found if each["strength"] == "must"]
    wrong = [each for each in must if each["status"] in ("overdue", "breach", "late")]
    assert wrong == []
    met = Counter(each["rule"] for each in must if each["status"] == "met")
    assert met["dues-monthly"] == met["dues-full-amount"] == PEOPLE
    assert met["members-meeting"] == met["committee-meeting"] == met["study-session"] == 1


def test_at_the_end_of_the_year_all_that_must_be_is_met(year: Path, run: Run):
    found = run(f"--ledger '{year}' check --all --as-of 2026-01-01 --json").json["obligations"]

    past = [e for e in found if e["strength"] == "must" and (e["due"] or e["opens"]) < "2026"]
    assert [each for each in past if each["status"] not in SETTLED] == []
    rules = {each["rule"] for each in past}
    assert {
        "annual-review",
        "democratic-life",
        "org-life",
        "talk-committee",
        "party-lecture",
    } <= rules


def test_whoever_was_away_is_absent_with_the_reason(year: Path, run: Run):
    meetings = run(f"--ledger '{year}' meeting list --month 2025-05 --json").json
    absent = {tuple(each.values()) for found in meetings for each in found["absent"]}
    assert absent == {("蒋文博", "驻村帮扶")}


def test_the_money_adds_up(year: Path, run: Run):
    [book] = run(f"--ledger '{year}' dues book --period 2025 --as-of 2025-12-31 --json").json[
        "branches"
    ]
    totals = run(f"--ledger '{year}' dues status --year 2025 --as-of 2026-01-01 --json").json[
        "totals"
    ]
    assert book["received"] == totals["paid"] == totals["owed"]
    assert book["balance"] == book["received"] - 4 * 500_000
