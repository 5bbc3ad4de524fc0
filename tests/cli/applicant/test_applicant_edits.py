"""`applicant edit`: partyctl, and not the database, refuses wrong combinations of options."""

from itertools import product
from pathlib import Path

import pytest

from partyctl.cli.start.main import run as run_command
from tests.cli.conftest import Refused
from tests.conftest import Run

DAYS = ("2023-12-31", "2024-02-01", "2024-06-30", "无")


@pytest.fixture
def applied(branch: Run) -> Run:
    """An open application with one step."""
    branch("applicant add 周八 --applied 2024-01-10 --birth 1990-01-01")
    branch("applicant step 周八 talk --on 2024-02-01")
    return branch


def test_the_end_of_a_way_that_did_not_end_is_not_corrected(applied: Run, refused: Refused):
    said = refused("applicant edit 周八 --closed 2024-05-01", 5)
    assert "没有终止" in said
    assert "partyctl applicant close '#1' --on 2024-05-01 --reason" in said


def test_the_end_of_a_way_is_corrected_and_taken_back(applied: Run, refused: Refused):
    applied("applicant close 周八 --on 2024-05-01 --reason 调走")
    applied("applicant edit 周八 --closed 2024-05-02")
    assert applied("applicant show 周八 --json").json["closed_on"] == "2024-05-02"
    assert "派人谈话" in refused("applicant edit 周八 --closed 2024-01-31", 5)
    applied("applicant edit 周八 --closed 无")
    assert applied("applicant show 周八 --json").json["closed_on"] is None


@pytest.mark.long
@pytest.mark.parametrize("is_closed", [False, True])
def test_every_combination_is_done_or_refused_in_a_sentence(
    branch: Run, ledger: Path, is_closed: bool
):
    branch("applicant add 周八 --applied 2024-01-10 --birth 1990-01-01")
    branch("applicant step 周八 talk --on 2024-02-01")
    if is_closed:
        branch("applicant close 周八 --on 2024-05-01 --reason 调走")
    names = ("--applied", "--birth", "--closed", "--signed-on")
    for one, two in product(product(names, DAYS), repeat=2):
        if one[0] < two[0] and ("--applied", "无") not in (one, two):
            words = ["applicant", "edit", "周八", *one, *two]
            code = run_command(["--ledger", str(ledger), *words])
            assert code in (0, 5), words
            branch("undo") if code == 0 else None


@pytest.mark.parametrize(
    "undone", ["meeting void 1 --reason 没有开", "meeting edit 1 --on 2026-02-06"]
)
def test_the_link_of_a_step_falls_with_its_meeting_and_the_step_stands(applied: Run, undone: str):
    applied("meeting add committee --on 2026-02-05 --chair 张三")
    applied("applicant step 周八 activist --on 2026-02-05 --meeting 1")
    last = applied("applicant show 周八 --json").json["steps"][-1]
    assert (last["step"], last["meeting_id"]) == ("activist", 1)
    applied(undone)
    last = applied("applicant show 周八 --json").json["steps"][-1]
    assert (last["step"], last["meeting_id"]) == ("activist", None)
