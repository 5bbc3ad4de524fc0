"""`check` loads the chapters on admission and warnings only if the ledger has such records."""

import subprocess
import sys

import pytest

from partyctl.law.catalogue import CATALOGUE, rule_named
from partyctl.law.chapters.admission import ACTIVIST
from partyctl.law.usual import RULES
from partyctl.terms import Case
from tests.conftest import Run

APPLICATION = "applicant add 方圆 --applied 2026-01-10 --birth 1999-01-01"
PROBATIONARY = "member add 方圆 --joined 2026-01-10 --probationary"
STAFF = "staff add 周科员"
WARNING = "warning issue 周科员 --level admonition --category 5 --facts 值班脱岗 --on 2026-03-02"
CHECK = "check --as-of 2027-06-05 --all"
ABOUT = (Case.APPLICANT, Case.PROBATION, ACTIVIST, Case.WARNING, Case.PREVENTIVE_TALK)
"""The subjects of the rules that `check` does not load for every ledger."""

LOADED = """
import sys
from partyctl.cli.start.main import run
run(sys.argv[1:])
print(*(each for each in sys.modules if "chapters" in each and each.endswith(("admission", "warnings"))))
"""


def chapters_loaded() -> list[str]:
    """Run `check` in a separate process; list the chapters on admission and warnings it loads."""
    done = subprocess.run(
        [sys.executable, "-c", LOADED, *CHECK.split()], capture_output=True, text=True, check=True
    )
    return done.stdout.splitlines()[-1].split()


def test_what_is_left_out_is_owed_only_by_applicants_probationary_members_and_warnings():
    left_out = [rule for rule in CATALOGUE if rule not in RULES]
    assert {rule.owed_by for rule in left_out} == set(ABOUT)
    assert not {rule.owed_by for rule in RULES} & set(ABOUT)
    assert [rule for rule in CATALOGUE if rule in RULES] == list(RULES)


@pytest.mark.usefixtures("branch")
def test_without_such_records_these_chapters_are_not_loaded():
    assert chapters_loaded() == []


@pytest.mark.parametrize(
    ("lines", "rule"),
    [
        ((APPLICATION,), "applicant-talk"),
        ((PROBATIONARY,), "conversion-request"),
        ((STAFF, WARNING), "warning-approval"),
    ],
    ids=["an application", "a probationary member", "a warning"],
)
def test_they_are_loaded_and_judged_if_there_is(lines: tuple[str, ...], rule: str, branch: Run):
    for line in lines:
        branch(line)
    assert len(chapters_loaded()) == 3
    assert rule_named(rule).title in branch(CHECK, code=3).out
