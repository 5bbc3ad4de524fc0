"""Who or what a name means: the same for a command that reads and for one that writes."""

import pytest

from tests.cli.conftest import Refused
from tests.conftest import Run


@pytest.fixture
def branches(branch: Run) -> Run:
    """Two branches, each with a 王五 and a first cell; two contact points, an applicant."""
    branch("branch add 二支部 --founded 2026-03-10")
    branch("--branch 二支部 cell add 第一小组")
    branch("--branch 二支部 member add 王五 --joined 2001-07-01")
    branch("contact add 东街社区 --leader 张三")
    branch("--branch 二支部 applicant add 方圆 --applied 2026-03-11")
    return branch


PAIRS = (
    ("member show 王五", "member void 王五 --reason 误登", "有 2 位“王五”：#3 机关支部"),
    ("member show 无名", "member void 无名 --reason 误登", "党员名册里没有“无名”"),
    (
        "--branch 二支部 member show #3",
        "--branch 二支部 member void #3 --reason 误登",
        "在机关支部",
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
