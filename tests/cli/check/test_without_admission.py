"""If nobody has applied and nobody is probationary, `check` does not load the chapters on admission."""

import subprocess
import sys

import pytest

from partyctl.law.catalogue import CATALOGUE, rule_named
from partyctl.law.chapters.admission import ACTIVIST
from partyctl.law.without_admission import RULES
from partyctl.terms import Case
from tests.conftest import Run

APPLICATION = "applicant add 方圆 --applied 2026-01-10 --birth 1999-01-01"
PROBATIONARY = "member add 方圆 --joined 2026-01-10 --probationary"
CHECK = "check --as-of 2027-06-05 --all"
LOADED = """
import sys
from partyctl.cli.start.main import run
run(sys.argv[1:])
print(*sorted(each for each in sys.modules if "chapters" in each and "admission" in each))
"""


def chapters_loaded() -> list[str]:
    """The chapters on admission that `check` loads in a separate process."""
    done = subprocess.run(
        [sys.executable, "-c", LOADED, *CHECK.split()], capture_output=True, text=True, check=True
    )
    return done.stdout.splitlines()[-1].split()


def test_what_is_left_out_is_owed_only_by_applicants_and_probationary_members():
    left_out = [rule for rule in CATALOGUE if rule not in RULES]
    assert {rule.owed_by for rule in left_out} == {Case.APPLICANT, Case.PROBATION, ACTIVIST}
    assert not {rule.owed_by for rule in RULES} & {Case.APPLICANT, Case.PROBATION, ACTIVIST}
    assert [rule for rule in CATALOGUE if rule in RULES] == list(RULES)


@pytest.mark.usefixtures("branch")
def test_without_an_application_the_chapters_on_admission_are_not_loaded():
    assert chapters_loaded() == []


@pytest.mark.parametrize(
    ("line", "rule"),
    [(APPLICATION, "applicant-talk"), (PROBATIONARY, "conversion-request")],
    ids=["an application", "a probationary member"],
)
def test_they_are_loaded_and_judged_if_there_is(line: str, rule: str, branch: Run):
    branch(line)
    assert len(chapters_loaded()) == 2
    assert rule_named(rule).title in branch(CHECK, code=3).out
