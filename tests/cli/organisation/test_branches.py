"""If a ledger has several branches, a command takes its branch from `--branch`, a person or a cell."""

from datetime import date
from pathlib import Path

import pytest

from partyctl.ledger.file.opening import open_for_reading
from partyctl.ledger.reading import lists
from partyctl.ledger.reading.records import READERS
from partyctl.terms import Noun
from tests.cli.conftest import Refused
from tests.conftest import Run


@pytest.fixture
def branches(branch: Run) -> Run:
    """The branch, and a second branch that was founded in March and has a cell and a secretary."""
    branch("branch add 老干部支部 --founded 2026-03-10 --no-committee")
    branch("--branch 老干部支部 cell add 东片小组")
    branch("member add 赵六 --joined 1980-07-01 --cell 东片小组 --post branch-secretary")
    return branch


def test_the_second_branch_is_kept_as_it_was_said(branches: Run):
    second = branches("branch list --json").json[1]

    assert (second["id"], second["name"]) == (2, "老干部支部")
    assert (second["founded_on"], second["committee"]) == ("2026-03-10", False)


def test_a_branch_is_corrected(branches: Run, refused: Refused):
    branches("branch edit 老干部支部 --name 离退休支部 --committee --elected 2026-03-11")

    second = branches("branch list --json").json[1]
    assert (second["name"], second["committee"]) == ("离退休支部", True)
    assert second["elected_on"] == "2026-03-11"
    assert "已有党支部“机关支部”" in refused("branch edit 离退休支部 --name 机关支部", 5)
    assert "已有党支部“机关支部”" in refused("branch add 机关支部", 5)
    assert "没有“没有的支部”这个党支部" in refused("branch edit 没有的支部 --name 别的", 4)


def test_in_english_the_committee_is_dated_by_words_that_are_true(
    branches: Run, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("PARTYCTL_LANG", "en")
    told = branches("branch edit 老干部支部 --from 2026-04-01", code=2).err
    assert "--from needs --committee or --no-committee." in told
    assert (
        "since its founding with a committee" in branches("branch edit 老干部支部 --committee").out
    )


def test_a_command_that_cannot_tell_which_branch_asks(branches: Run, refused: Refused):
    for line in (
        "member add 钱七 --joined 2020-07-01",
        "cell add 西片小组",
        "plan adopt study 2026 --on 2026-01-05",
    ):
        err = refused(line, 2)
        assert all(part in err for part in ("--branch", "机关支部", "老干部支部"))
        branches(f"{line} --branch 机关支部")
    assert "没有“没有的支部”这个党支部" in refused(
        "--branch 没有的支部 plan adopt work 2026 --on 2026-01-05", 4
    )


def test_the_person_or_the_cell_decides_where_it_can(branches: Run):
    branches("meeting add members --on 2026-03-20 --chair 赵六")
    branches("meeting add cell --on 2026-03-21 --chair 赵六 --cell 东片小组")
    branches("member add 钱七 --joined 2020-07-01 --cell 东片小组")
    branches("dues pay 赵六 --month 2026-04 --amount 10 --on 2026-04-10")

    assert [each["branch"] for each in branches("meeting list --json").json] == ["老干部支部"] * 2
    assert branches("member show 钱七 --json").json["branch"] == "老干部支部"


def test_each_branch_owes_its_own_from_its_own_founding(branches: Run, standing):
    branches("meeting add members --on 2026-03-20 --chair 赵六 --notified 2026-03-15")

    assert standing("members-meeting", "2026-03-31") == {
        (1, "2026-01"): "overdue",
        (1, "2026-02"): "overdue",
        (1, "2026-03"): "due",
        (2, "2026-03"): "met",
    }
    assert {subject for subject, _ in standing("committee-meeting", "2026-03-31")} == {1}


def test_check_covers_every_branch_and_one_if_asked(branches: Run):
    def subjects(line: str) -> set[str]:
        found = branches(f"{line} --rule study-session --as-of 2026-04-10 --json", code=3).json
        return {each["subject"]["name"] for each in found["obligations"]}

    assert subjects("check") == {"机关支部", "老干部支部"}
    assert subjects("check --branch 老干部支部") == {"老干部支部"}
    assert subjects("--branch 机关支部 check") == {"机关支部"}
    assert "没有“没有的支部”这个党支部" in branches("check --branch 没有的支部", code=4).err
    table = branches("check --as-of 2026-04-10", code=3).out
    assert "机关支部" in table
    assert "老干部支部" in table


def test_a_remedy_names_its_branch_where_there_are_several(branches: Run):
    found = branches(
        "check --rule study-plan --branch 机关支部 --as-of 2026-02-10 --json", code=3
    ).json
    remedy = found["obligations"][0]["remedy"]

    branches(remedy.removeprefix("partyctl ").replace("…", "2026-02-05"))

    plans = branches("plan list --json").json
    assert [(each["year"], each["branch"]) for each in plans] == [(2026, "机关支部")]


def test_lists_are_of_one_branch_if_asked(branches: Run):
    branches("meeting add members --on 2026-03-20 --chair 赵六")
    branches("meeting add members --on 2026-03-20 --chair 张三")
    branches("dues pay 张三 --month 2026-01 --amount 10 --on 2026-01-20")

    def count(line: str) -> int:
        return len(branches(f"--branch 老干部支部 {line} --json").json)

    assert [each["name"] for each in branches("--branch 2 member list --json").json] == ["赵六"]
    assert [count(f"{noun} list") for noun in ("cell", "meeting", "dues")] == [1, 1, 0]
    status = branches("--branch 老干部支部 dues status --as-of 2026-05-01 --json").json
    assert [each["name"] for each in status["members"]] == ["赵六"]


def test_two_of_one_name_in_two_branches_are_told_apart_by_their_branch(
    branches: Run, refused: Refused
):
    branches("--branch 老干部支部 member add 王五 --joined 2020-07-01")

    err = refused("dues pay 王五 --month 2026-04 --amount 10", 4)
    assert all(part in err for part in ("机关支部", "老干部支部", "#3", "#5"))


@pytest.mark.dated
def test_a_branch_is_founded_today_unless_it_is_said(branch: Run, it_is):
    it_is("2026-05-06")
    assert "2026-05-06 成立" in branch("branch add 二支部 --elected 2026-05-06").out
    second = branch("branch list --json").json[1]
    assert (second["founded_on"], second["elected_on"]) == ("2026-05-06", "2026-05-06")
    due = branch("check --json --rule members-meeting --as-of 2026-05-10", code=3).json
    periods = {
        each["period"] for each in due["obligations"] if each["subject"]["id"] == second["id"]
    }
    assert periods == {"2026-05"}


def test_whether_a_branch_has_a_committee_has_dates(branch: Run, refused: Refused):
    def owed(day: str, code: int = 3) -> list[str]:
        line = f"check --json --rule committee-meeting --as-of {day}"
        return [each["period"] for each in branch(line, code=code).json["obligations"]]

    told = branch("branch edit --no-committee --from 2026-02-15").out
    assert "2026-02-15 起不设支委会" in told
    branch("branch edit 机关支部 --committee --from 2026-04-10")
    assert owed("2026-05-01") == ["2026-01", "2026-04", "2026-05"]
    assert [
        branch(f"branch list --json --as-of {day}").json[0]["committee"]
        for day in ("2026-02-14", "2026-02-15", "2026-04-09", "2026-04-10")
    ] == [True, False, False, True]
    # if two changes are dated on the same day, the change recorded later applies
    branch("branch edit 机关支部 --no-committee --from 2026-04-10")
    assert owed("2026-05-01") == ["2026-01"]
    branch("undo")
    assert owed("2026-05-01") == ["2026-01", "2026-04", "2026-05"]
    assert "--from 说的是支委会" in refused("branch edit 机关支部 --from 2026-04-10", 2)
    assert "自成立起" in branch("branch edit 机关支部 --no-committee").out
    branch("branch add 二支部 --founded 2026-03-01")
    assert "--from" in refused("branch edit 二支部 --no-committee --from 2026-03-01", 5)
    assert "还没有变化" in refused(
        "branch edit 机关支部 --founded 2026-04-10", 5
    )  # a change of the committee is recorded on an earlier day


@pytest.fixture
def namesakes(branches: Run) -> Run:
    """A member of the second branch who has the same name as 李四 in the first branch."""
    branches("member add 李四 --joined 1985-07-01 --cell 东片小组")
    return branches


def test_the_branch_that_is_named_settles_a_name(namesakes: Run, refused: Refused):
    second = namesakes("member list --json --branch 老干部支部").json[-1]["id"]
    assert "有 2 位" in refused("dues assess 李四 --base 3000 --from 2026-04", 4)
    assert "有 2 位“李四”：#2 机关支部 2015-07-01、#5 老干部支部 1985-07-01" in refused(
        "member show 李四", 4
    )
    for branch, number in (("机关支部", 2), ("老干部支部", second)):
        namesakes(f"--branch {branch} dues assess 李四 --base 3000 --from 2026-04")
        assert namesakes(f"--branch {branch} member show 李四 --json").json["id"] == number
        status = namesakes(f"--branch {branch} dues status --member 李四 --json --month 2026-04")
        assert [each["id"] for each in status.json["members"]] == [number]
    # If the given branch has no record of a name, the name is looked up in the other branches. A
    # record number of another branch is refused.
    namesakes("--branch 机关支部 meeting add members --on 2026-04-10 --chair 赵六")
    said = refused("--branch 机关支部 dues assess '#4' --base 3000 --from 2026-05", 4)
    assert "老干部支部" in said
    assert "赵六 是老干部支部的" in refused("--branch 机关支部 member show '#4'", 4)


@pytest.mark.dated
def test_partyctl_alone_counts_the_branch_that_is_named(branches: Run, it_is):
    it_is("2026-06-10")
    whole = branches("status --json").json["wrong"]
    each = [
        branches(f"--branch {name} status --json").json["wrong"]
        for name in ("机关支部", "老干部支部")
    ]
    checked = [
        branches(f"--branch {name} check --json", code=3).json["summary"]
        for name in ("机关支部", "老干部支部")
    ]
    assert each == [found["overdue"] + found["breach"] for found in checked]
    assert sum(each) < whole  # `whole` also counts the leading group's duties
    told = branches("--branch 老干部支部 status").out
    assert "老干部支部" in told
    assert "机关支部" not in told


def test_a_voided_branch_is_still_read_by_its_number(branch: Run, ledger: Path):
    branch("branch add 二支部")
    branch("undo")
    with open_for_reading(ledger) as opened:
        found = READERS[Noun.BRANCH](opened, date(2026, 3, 1), 2)
        listed = lists.branches(opened, date(2026, 3, 1))
    assert found is not None
    assert (found["name"], found["void_reason"] is not None) == ("二支部", True)
    assert found["voided_at"] is not None
    assert [each["name"] for each in listed] == ["机关支部"]
