"""A name means the same record in commands that read and in commands that write."""

import re
import shlex
from pathlib import Path

import pytest

from partyctl.cli.start.main import run as run_command
from partyctl.errors import BadUsage
from partyctl.ledger.file.opening import open_for_reading
from partyctl.ledger.reading.lookup import number_of
from partyctl.terms import Noun
from tests.cli.conftest import Refused
from tests.conftest import Prepare, Run

PACKAGE = Path(__file__).parents[3] / "partyctl"


@pytest.fixture
def branches(branch: Run, prepare: Prepare) -> Run:
    """Two branches, each with a member 王五 and a cell 第一小组; also a contact point and an applicant."""
    prepare("""
        branch add 二支部 --founded 2026-03-10
        --branch 二支部 cell add 第一小组
        --branch 二支部 member add 王五 --joined 2001-07-01
        contact add 东街社区 --leader 张三
        --branch 二支部 applicant add 方圆 --applied 2026-03-11
    """)
    return branch


PAIRS = (
    ("member show 王五", "member void 王五 --reason 误登", "有 2 位“王五”：#3 机关支部"),
    ("member show 无名", "member void 无名 --reason 误登", "党员名册里没有“无名”"),
    (
        "--branch 二支部 member show #3",
        "--branch 二支部 member void #3 --reason 误登",
        "党员 #3 王五 是机关支部的",
    ),
    (
        "member list --cell 第一小组",
        "cell void 第一小组 --reason 误登",
        "有 2 个“第一小组”：#1 机关",
    ),
    ("meeting list --cell 无", "cell void 无 --reason 误登", "没有“无”这个党小组"),
    ("contact show 西街", "contact void 西街 --reason 误登", "没有“西街”这个联系点"),
    ("applicant show 无名", "applicant void 无名 --reason 误登", "没有“无名”的入党申请"),
    ("paper activist-form 无名", "applicant edit 无名 --birth 2000-01-01", "没有“无名”的入党申请"),
    (
        "--branch 无 check",
        "branch edit 无 --name 别的",
        "没有“无”这个党支部；已有：机关支部、二支部",
    ),
    ("review show 2026", "review void 2026 --reason 误登", "2026 年的民主评议还没有开始"),
)


@pytest.mark.parametrize(("reads", "writes", "sentence"), PAIRS)
def test_a_reader_and_a_writer_find_or_refuse_alike(
    branches: Run, refused: Refused, reads: str, writes: str, sentence: str
):
    said = refused(reads, 4)

    assert sentence in said
    assert refused(writes, 4) == said


def test_with_branch_a_namesake_elsewhere_is_not_meant(branches: Run):
    assert branches("--branch 二支部 member show 王五 --json").json["id"] == 4
    assert branches("--branch 二支部 member void 王五 --reason 误登 --json").json["id"] == 4
    assert branches("member show 王五 --json").json["id"] == 3


@pytest.mark.parametrize("named", ["方圆", "1", "#1"])
def test_an_applicant_is_named_or_numbered(branches: Run, named: str):
    assert branches(f"applicant show {named} --json").json["name"] == "方圆"
    assert branches(f"applicant edit {named} --birth 2000-01-01 --json").json["id"] == 1


def test_a_branch_and_a_cell_are_known_with_and_without_the_word_party(branches: Run):
    """第一党小组 means the cell 第一小组, if no cell is named 第一党小组."""
    found = branches("--branch 机关党支部 member list --json").json
    assert {each["branch"] for each in found} == {"机关支部"}
    branches("--branch 机关党支部 member edit 张三 --cell 第一党小组")
    assert branches("member show 张三 --json").json["cell"] == "第一小组"


EITHER = (
    "meeting add lecture --on 2026-03-05 --chair 张三 --lecturer {name}",
    "meeting add study --on 2026-03-05 --chair 张三 --recorder {name}",
    "meeting add study --on 2026-03-05 --chair 张三 --spoke {name}:话",
    "talk add --on 2026-03-05 --with 张三,{name}",
    "warning issue {name} --level inquiry --category 2 --facts 失误 --on 2026-03-05",
)
"""Commands that name a member or an employee."""


@pytest.mark.parametrize("line", EITHER)
def test_a_member_or_an_employee_is_found_alike_everywhere(
    branches: Run, refused: Refused, line: str
):
    branches("staff add 周讲师")
    for name in ("周 讲师", "李 四"):
        branches(line.format(name=f"'{name}'"))
    assert "党员和干部职工里都没有“无名”" in refused(line.format(name="无名"), 4)
    assert "有 2 位“王五”：#3 机关支部" in refused(line.format(name="王五"), 4)
    branches("staff add 周讲师")
    assert "干部职工里有 2 位“周讲师”" in refused(line.format(name="周讲师"), 4)


NUMBERED = (
    "meeting show 1",
    "meeting edit 1 --minutes 记录",
    "meeting void 1 --reason 误登",
    "meeting sheet 1",
    "paper meeting-record 1",
    "talk show 1",
    "talk edit 1 --note 改",
    "talk done 1",
    "talk void 1 --reason 误登",
    "dues show 1",
    "dues edit 1 --on 2026-03-06",
    "dues void 1 --reason 误登",
    "dues status --member '#1'",
    "dues pay 赵六 --month 2026-03 --amount 10 --on 2026-04-10 --consent '#1'",
    "member show '#1'",
    "member edit '#1' --gender 男",
    "cell void '#1' --reason 误登",
    "member list --cell '#1'",
    "review show '#1'",
    "review void '#1' --reason 误登",
    "plan void 1 --reason 误登",
    "waive committee-minutes --subject meeting#1 --reason 停 --decided-on 2026-03-20",
    "waive void 1 --reason 误登",
)


@pytest.fixture
def first(branches: Run, prepare: Prepare) -> Run:
    """Meeting #1, talk #1 and so on belong to the first branch; 赵六 is a member of the second."""
    prepare("""
        --branch 机关支部 meeting add committee --on 2026-03-05 --chair 张三
        talk add --on 2026-03-05 --with 张三,李四 --follow-up 走访 --due 2026-03-30
        dues pay 张三 --month 2026-03 --amount 10 --on 2026-03-05
        --branch 机关支部 review open 2026 --on 2026-03-05
        --branch 机关支部 plan adopt study 2026 --on 2026-03-05
        waive dues-monthly --subject 张三 --period 2026-02 --reason 停 --decided-on 2026-03-09
        --branch 二支部 member add 赵六 --joined 2001-07-01
    """)
    return branches


@pytest.mark.parametrize("line", NUMBERED)
def test_with_branch_a_number_of_another_branch_is_refused(first: Run, refused: Refused, line: str):
    said = refused(f"--branch 二支部 {line}", 4)

    assert "#1" in said
    assert "是机关支部的" in said
    assert "partyctl --branch 1 …" in said


def test_with_its_own_branch_a_number_is_found(first: Run):
    for line in ("meeting show 1", "talk show 1", "dues show 1", "review show '#1'"):
        assert first(f"--branch 机关支部 {line} --json").json["id"] == 1
    assert first("--branch 二支部 contact show '#1' --json").json["name"] == "东街社区"


def test_a_talk_across_branches_is_of_both(first: Run):
    first("talk add --on 2026-03-16 --with 张三,赵六")

    for branch in ("机关支部", "二支部"):
        assert first(f"--branch {branch} talk show 2 --json").json["id"] == 2


def test_undo_takes_back_what_was_done_in_another_branch(first: Run, tmp_path: Path):
    first("dues pay 张三 --month 2026-04 --amount 10 --on 2026-04-05")
    first("dues edit 2 --on 2026-04-06")

    file = tmp_path / "undo.txt"
    file.write_text("undo\n", encoding="utf-8")
    first(f"--branch 二支部 batch {file}")

    assert first("dues show 2 --json").json["happened_on"] == "2026-04-05"


NO_NAMES = ("''", "' '", "'#99'", "99", "all", "全体")


@pytest.mark.parametrize("name", NO_NAMES)
@pytest.mark.parametrize(
    "line",
    [
        "applicant step {} talk --on 2026-03-12",
        "contact visit {} --on 2026-03-12 --kind visit",
        "member edit 张三 --cell {}",
        "member show {}",
        "talk add --on 2026-03-12 --with 张三,{}",
        "warning issue {} --level inquiry --category 1 --facts 事由 --on 2026-03-12",
    ],
)
def test_what_is_no_name_is_not_offered_as_a_new_one(
    branches: Run, capsys: pytest.CaptureFixture[str], line: str, name: str
):
    assert run_command(shlex.split(line.format(name))) in (2, 4, 5)

    assert " add " not in capsys.readouterr().err


def test_a_name_of_two_words_is_offered_in_one_piece(branches: Run, refused: Refused):
    assert "partyctl applicant add '阿 里' --applied …" in refused("applicant show '阿 里'", 4)
    assert "partyctl contact add '东 村' --leader …" in refused("contact show '东 村'", 4)


@pytest.mark.parametrize("text", ["abc", "#", "第一"])
def test_a_review_is_found_by_its_year_or_number_only(branches: Run, ledger: Path, text: str):
    with open_for_reading(ledger) as connection, pytest.raises(BadUsage):
        number_of(connection, Noun.REVIEW, text)


ONLY_LOOK_UP = re.compile(r"\.name\)\.in_\(|\bitem\.name IN\b|spellings\(")
"""Matches code that looks up a record by name."""


def test_names_are_looked_up_in_one_place():
    found = {
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*.py")
        if ONLY_LOOK_UP.search(path.read_text(encoding="utf-8"))
    }
    assert found == {
        "text.py",  # defines how a name may be spelled
        "ledger/reading/lookup.py",
        "records/admission/sponsors.py",  # compares a name with the applicant's own name
    }
