"""--branch has an effect on every command that accepts it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from partyctl.cli.session.every_branch import COMMANDS
from partyctl.law.catalogue import CATALOGUE
from partyctl.law.questions.whose import whose
from partyctl.terms import Noun
from tests.cli.conftest import Refused, digest
from tests.conftest import Prepare, Run
from tests.support.command_tree import Command, commands
from tests.support.in_process import fill, outcome, own_folder, start_anew
from tests.support.working_lines import working

OWN = ("init", "rollup enrol")
"""The commands that have a --branch of their own."""

ACCEPTING = [each for each in commands() if str(each) not in OWN]


def is_listed(command: Command) -> bool:
    words = command.typed
    return any(" ".join(words[:length]) in COMMANDS for length in range(1, len(words) + 1))


@pytest.fixture(scope="module")
def filled_ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return fill(tmp_path_factory.mktemp("ledger") / "ledger.db")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, filled_ledger: Path) -> Iterator[Path]:
    with (
        pytest.MonkeyPatch.context() as patch,
        own_folder(tmp_path_factory.mktemp("run"), filled_ledger, patch) as where,
    ):
        yield where


@pytest.mark.sweep(40)
@pytest.mark.parametrize("command", ACCEPTING, ids=str)
def test_a_command_reads_the_option_or_refuses_it(
    command: Command, folder: Path, filled_ledger: Path
):
    start_anew(folder, filled_ledger)
    line = working(command, folder).prepare()
    before = digest(folder / "ledger.db")
    told = outcome(["--branch=没有的支部", *line])
    assert told.code == 2 if is_listed(command) else told.code != 0, told
    assert ("不分党支部，--branch 不起作用" in told.err) == is_listed(command), told.err
    assert digest(folder / "ledger.db") == before


def test_every_listed_command_exists():
    known = {" ".join(each.typed[:length]) for each in commands() for length in (1, 2)}
    assert known >= COMMANDS


def test_no_suggested_command_has_an_option_that_is_refused():
    """With several branches, the command suggested for a branch's duty has the option --branch."""
    bureau = {Noun.ORGAN, Noun.OPINION, Noun.DISCLOSURE, Noun.CONTACT, Noun.PLAN_ITEM}
    for rule in CATALOGUE:
        if whose(rule) not in bureau:
            words = rule.remedy.split()
            assert not {words[0], " ".join(words[:2])} & COMMANDS, rule.id


def test_the_refusal_says_what_to_leave_out(branch: Run, refused: Refused, ledger: Path):
    before = digest(ledger)
    for line in ("opinion list --branch 机关支部", "--branch=机关支部 staff add 周讲师"):
        assert "去掉 --branch" in refused(line, 2)
    assert digest(ledger) == before
    assert "列出干部职工" in branch("--branch 机关支部 staff list --help").out


def test_the_branch_of_a_batch_is_for_the_lines_that_use_it(
    branch: Run, refused: Refused, tmp_path: Path
):
    file = tmp_path / "lines.txt"
    file.write_text("staff list\nmember list\n", encoding="utf-8")
    branch(f"--branch 机关支部 batch {file}")
    file.write_text("staff list --branch 1\n", encoding="utf-8")
    assert "--branch 不起作用" in branch(f"batch {file}", code=2).err


@pytest.fixture
def branches(branch: Run, prepare: Prepare) -> Run:
    """Two branches, each with a cell 第一小组 and a member 王五."""
    prepare("""
        branch add 二支部 --founded 2026-01-01
        --branch 二支部 cell add 第一小组
        --branch 二支部 member add 王五 --joined 2001-07-01
    """)
    return branch


def test_the_cell_of_a_waiver_is_looked_up_in_the_branch(branches: Run, refused: Refused):
    waive = (
        "waive cell-meeting --subject 第一小组 --period 2026-02 --reason 停 --decided-on 2026-02-20"
    )
    refused(waive, 4)
    branches(f"--branch 二支部 {waive}")
    assert branches("waive list --json").json[0]["subject"]["id"] == 2


def test_another_branch_than_that_of_the_option_is_not_changed(branches: Run, refused: Refused):
    for line in (
        "branch edit 二支部 --elected 2026-02-01",
        "waive members-meeting --subject 二支部 --period 2026-02 --reason 停 --decided-on 2026-02-20",
    ):
        assert "是二支部的" in refused(f"--branch 机关支部 {line}", 4)
        branches(f"--branch 二支部 {line}")


def test_a_branch_lists_its_own_waivers(branches: Run):
    of = "--period 2026-02 --reason 停 --decided-on 2026-02-20"
    branches(f"waive members-meeting --subject 二支部 {of}")
    branches(f"waive dues-monthly --subject 张三 {of}")
    for name, ids in (("机关支部", [2]), ("二支部", [1])):
        listed = branches(f"--branch {name} waive list --json").json
        assert [each["id"] for each in listed] == ids
    assert len(branches("waive list --json").json) == 2


def test_the_person_whose_data_are_erased_is_looked_up_in_the_branch(
    branches: Run, refused: Refused
):
    refused("journal redact 王五 --reason 本人申请", 4)
    found = branches("--branch 二支部 journal redact 王五 --reason 本人申请 --json").json
    own = branches("--branch 二支部 member show 王五 --json").json["id"]
    assert found["member"] == own
    assert f"#{own}" in refused(f"--branch 机关支部 journal redact '#{own}' --reason 申请", 4)
