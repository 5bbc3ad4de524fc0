"""A branch's year, entered with `batch`, and the expected state at each month's end."""

import calendar
import tomllib
from collections import Counter
from pathlib import Path

import pytest

from partyctl.cli.start.main import run as run_command
from tests.conftest import Run

HERE = Path(__file__).parent
EXPECTED = tomllib.loads((HERE / "a-year.toml").read_text(encoding="utf-8"))
MONTHS = [month for month in EXPECTED if month != "every"]
NAMED = ("member", "cell", "contact")


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("year") / "ledger.db"
    assert run_command(["--ledger", str(path), "batch", str(HERE / "a-year.txt")]) == 0
    return path


def lines(text: str) -> Counter[tuple[str, ...]]:
    """The expected lines, each with its number of obligations."""
    counted: Counter[tuple[str, ...]] = Counter()
    for line in text.strip().splitlines():
        words = line.split()
        times = int(words.pop()) if words[-1].isdecimal() else 1
        counted[tuple(words)] += times
    return counted


def shown(obligations: list[dict], *, carried: bool) -> Counter[tuple[str, ...]]:
    return Counter(
        (
            each["rule"],
            *([each["subject"]["name"]] if each["subject"]["kind"] in NAMED else []),
            each["status"],
        )
        for each in obligations
        if each["carried_over"] == carried
    )


def test_a_whole_year_is_expected():
    assert [f"2025-{month:02d}" for month in range(1, 13)] == MONTHS


@pytest.mark.sweep(4)
@pytest.mark.parametrize("month", MONTHS)
def test_the_end_of(month: str, year: Path, run: Run):
    last = calendar.monthrange(int(month[:4]), int(month[5:]))[1]
    expected = EXPECTED[month]
    wrong = any(word in expected["own"] + expected["carried"] for word in ("overdue", "breach"))

    answer = run(
        f"--ledger '{year}' check --month {month} --as-of {month}-{last} --json",
        code=3 if wrong else 0,
    ).json

    own = lines(EXPECTED["every"]["own"]) + lines(expected["own"])
    assert shown(answer["obligations"], carried=False) == own
    assert shown(answer["obligations"], carried=True) == lines(expected["carried"])
