"""The speeches of people with the same name are never confused in silence."""

import zipfile
from pathlib import Path

import pytest

from tests.cli.conftest import Refused
from tests.conftest import Prepare, Run

MEETING = "meeting add members --on 2026-02-10 --chair 李四"


@pytest.fixture
def namesakes(branch: Run, prepare: Prepare) -> Run:
    """王五 is #3 and #4 in one branch, and #6 in another branch."""
    prepare("""
        member add 王五 --joined 2012-07-01
        branch add 二支部 --founded 2020-01-01
        --branch 二支部 member add 赵七 --joined 2012-07-01
        --branch 二支部 member add 王五 --joined 2012-07-01
    """)
    return branch


def said(run: Run) -> list[tuple[str, str]]:
    speeches = run("meeting show 1 --json").json["speeches"]
    return [(each["speaker"], each["said"]) for each in speeches]


def test_each_namesake_is_shown_with_the_number(namesakes: Run, refused: Refused):
    assert "有 3 位“王五”" in refused(f"{MEETING} --spoke 王五:话", 4)
    namesakes(f"{MEETING} --spoke '#3:甲的话' --spoke '#4:乙的话' --spoke 张三:丙的话")
    assert said(namesakes) == [("王五#3", "甲的话"), ("王五#4", "乙的话"), ("张三", "丙的话")]
    shown = namesakes("meeting show 1").out
    assert "王五#3" in shown
    assert "王五#4" in shown


def test_the_branch_decides_who_of_several_spoke(namesakes: Run):
    namesakes("--branch 二支部 meeting add members --on 2026-02-10 --chair 赵七 --spoke 王五:话")
    assert said(namesakes) == [("王五#6", "话")]


def test_what_is_shown_can_be_typed(namesakes: Run, refused: Refused):
    namesakes(f"{MEETING} --spoke 王五#3:甲的话")
    assert said(namesakes) == [("王五#3", "甲的话")]
    assert "#2 是李四，不是王五" in refused("meeting edit 1 --spoke 王五#2:话", 4)
    assert "没有党员 #9" in refused("meeting edit 1 --spoke 王五#9:话", 4)


def test_a_speaker_with_namesakes_cannot_be_absent(namesakes: Run, refused: Refused):
    namesakes(f"{MEETING} --spoke '#3:甲的话'")
    assert "发言人王五应当在场" in refused("meeting edit 1 --absent '#3:病'", 5)
    namesakes("meeting edit 1 --absent '#4:病'")


def test_the_words_of_a_guest_from_another_branch_are_not_those_of_a_namesake(namesakes: Run):
    """#6 of another branch spoke; #3 and #4 were due at the meeting."""
    namesakes(f"{MEETING} --present '李四,#3' --spoke '#6:外来的话' --spoke '#3:自己的话'")
    erased = namesakes("journal redact '#3' --reason 本人要求 --json").json
    assert (erased["values"], erased["unclear"]) == (1, [])
    assert said(namesakes) == [("王五#6", "外来的话"), ("王五#3", "—")]
    erased = namesakes("journal redact '#6' --reason 本人要求 --json").json
    assert (erased["values"], erased["unclear"]) == (1, [])
    assert said(namesakes) == [("王五#6", "—"), ("王五#3", "—")]
    assert namesakes("journal verify --json").json["ok"]


def test_a_number_also_tells_a_member_from_an_employee_and_a_guest(branch: Run):
    branch("staff add 王五")
    branch(
        f"{MEETING} --guests 张三 --spoke '#3:党员的话' --spoke '#1:张三党员的话' --spoke 张三:客"
    )
    assert said(branch) == [("王五#3", "党员的话"), ("张三#1", "张三党员的话"), ("张三", "客")]
    branch("journal redact meeting#1 --reason 本人要求")
    assert ("张三#1", "张三党员的话") in said(branch)


def test_words_under_a_name_that_was_corrected_are_erased(branch: Run, ledger: Path):
    branch(f"{MEETING} --spoke 王五:自己的话")
    branch("member edit 王五 --name 王武")
    erased = branch("journal redact 王武 --reason 本人要求 --json").json
    assert (erased["values"], erased["unclear"]) == (1, [])
    assert "自己的话".encode() not in ledger.read_bytes()


def test_words_under_a_corrected_name_that_another_member_has_are_left_and_named(branch: Run):
    branch(f"{MEETING} --spoke 王五:分不清的话")
    branch("member edit 王五 --name 王武")
    branch("member add 王五 --joined 2012-07-01")
    assert branch("journal redact 王武 --reason 本人要求 --json").json["unclear"] == [1]


def test_a_paper_names_the_speaker_as_the_screen_does(namesakes: Run, tmp_path: Path):
    namesakes(f"{MEETING} --spoke '#3:甲的话' --spoke '#4:乙的话'")
    file = tmp_path / "record.docx"
    namesakes(f"paper meeting-record 1 -o {file}")
    text = zipfile.ZipFile(file).read("word/document.xml").decode()
    assert "王五#3" in text
    assert "王五#4" in text
