"""Names on the command line and names in a sheet are stored and found in the same way."""

import pytest

from partyctl.papers.listings import csv_file
from partyctl.text import FORMULA_SIGNS
from tests.cli.conftest import Refused, Workbook
from tests.conftest import Run

SPELLED = ("周一", "周 一", "周　一", " 周  一 ")


@pytest.mark.parametrize("typed", SPELLED)
def test_a_name_is_kept_without_the_blanks_that_fill_a_column(branch: Run, typed: str):
    branch(f"member add '{typed}' --joined 2010-07-01")
    assert branch("member list --json").json[-1]["name"] == "周一"


def test_a_name_is_found_however_it_is_typed(branch: Run, workbook: Workbook):
    branch("member add 周一 --joined 2010-07-01")
    branch("member add '买买提 • 艾力' --joined 2010-07-01")
    for typed in SPELLED:
        assert branch(f"member show '{typed}' --json").json["id"] == 4
        branch(f"dues status --member '{typed}'")
    assert branch("member show 买买提·艾力 --json").json["name"] == "买买提·艾力"
    branch("talk add --on 2026-03-02 --with '周 一,李四'")
    branch("meeting add study --on 2026-03-02 --chair '周　一' --absent '买买提•艾力:出差'")
    file = workbook("姓名 入党日期", ("周　一", "2010-07-01"), ("买买提‧艾力", "2010-07-01"))
    told = branch(f"member import {file} --json").json["members"]
    assert [each["state"] for each in told] == ["same", "same"]


def test_applicants_and_staff_are_named_alike(branch: Run):
    branch("staff add '孙 二'")
    branch("applicant add '郑 十' --applied 2026-01-05")
    assert branch("applicant show 郑十 --json").json["name"] == "郑十"
    branch("applicant step '郑　十' talk --on 2026-01-20 --with '张 三'")
    branch("talk add --on 2026-03-02 --with '孙　二,李四'")
    assert branch("talk list --json").json[0]["with"] == ["李四", "孙二"]


def test_other_names_keep_their_single_blanks(branch: Run):
    branch("branch add 'ABC  第二 支部'")
    assert branch("branch list --json").json[-1]["name"] == "ABC 第二 支部"


@pytest.mark.parametrize("sign", FORMULA_SIGNS)
@pytest.mark.parametrize(
    "line",
    [
        "member add --joined 2010-07-01 --",
        "member edit 王五 --name",
        "staff add --",
        "applicant add --applied 2026-01-05 --",
        "branch add --",
        "cell add --",
        "contact add --leader 张三 --",
    ],
)
def test_no_name_begins_as_a_formula_does(branch: Run, refused: Refused, line: str, sign: str):
    assert f"“{sign}”" in refused(f"{line} '{sign}1+1'", 2)
    assert csv_file.as_text(f"{sign}1+1").startswith("'")
