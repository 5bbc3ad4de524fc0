"""Three admissions, entered day by day with `batch`: a smooth one, an extended one and a cancelled one."""

import json
import tomllib
from collections import Counter
from pathlib import Path

import pytest

from partyctl.cli.start.main import run as run_command
from tests.conftest import Run

HERE = Path(__file__).parent
WAYS = ("admission-smooth", "admission-extended", "admission-cancelled")
EXPECTED = {way: tomllib.loads((HERE / f"{way}.toml").read_text("utf-8")) for way in WAYS}
SETTLED = ("met", "late", "waived")
FEWEST_DAYS = 20


@pytest.fixture(scope="module")
def ledgers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    found = {way: tmp_path_factory.mktemp(way) / "ledger.db" for way in WAYS}
    for way, path in found.items():
        assert run_command(["--ledger", str(path), "batch", str(HERE / f"{way}.txt")]) == 0
    return found


@pytest.mark.sweep(1)
@pytest.mark.parametrize("way", WAYS)
def test_a_way_stands_as_expected_on_each_day(
    way: str, ledgers: dict[str, Path], run: Run, capsys: pytest.CaptureFixture[str]
):
    def read(line: str) -> object:
        capsys.readouterr()
        run_command(["--ledger", str(ledgers[way]), *line.split()])
        return json.loads(capsys.readouterr().out)

    name, at = EXPECTED[way]["name"], EXPECTED[way]["at"]
    assert len(at) >= FEWEST_DAYS
    for day, expected in at.items():
        stage, following, roll, owed = (part.strip() for part in expected.split("|"))
        shown = read(f"applicant show {name} --json --as-of {day}")
        members = read(f"member list --json --as-of {day}")
        open_ = read(f"check --json --area applicant --as-of {day}")["obligations"]
        standing = {m["name"]: "probationary" if m["probationary"] else "full" for m in members}
        found = [f"{o['rule']} {o['status']}" for o in open_ if o["status"] not in SETTLED]
        assert (shown["stage"], shown["next_step"] or "-") == (stage, following), day
        assert standing.get(name, "-") == roll, day
        assert Counter(found) == Counter(filter(None, owed.split(", "))), day


def test_seniority_counts_from_the_end_of_the_probation(ledgers: dict[str, Path], run: Run):
    for way, full_on in (("admission-smooth", "2026-05-20"), ("admission-extended", "2025-03-15")):
        shown = run(f"--ledger {ledgers[way]} member show {EXPECTED[way]['name']} --json").json
        assert (shown["full_on"], shown["probationary"]) == (full_on, False)


def test_dues_are_owed_from_the_month_of_the_vote_to_that_of_the_cancellation(
    ledgers: dict[str, Path], run: Run
):
    path = ledgers["admission-cancelled"]
    status = run(f"--ledger {path} dues status --member 郑十 --as-of 2025-01-01 --json").json
    months = status["members"][0]["unpaid_months"]
    assert (months[0], months[-1], len(months)) == ("2023-04", "2024-05", 14)
