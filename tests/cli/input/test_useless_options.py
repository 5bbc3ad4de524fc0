"""An option that would have no effect is refused, and nothing is written."""

from pathlib import Path

import pytest

from tests.cli.conftest import Refused, Workbook, digest
from tests.conftest import Run

LINES = (
    ("member edit 王五 --from 2026-02-01", "缺少 --leader、--not-leader 或 --category"),
    ("member post 张三 branch-secretary --from 2026-01-01 --to 2026-05-01 --void 误登", "--to"),
    ("member away 王五 --from 2026-03-01 --reason 学习 --void 误登", "--reason"),
    (
        "member sanction 王五 --from 2026-01-01 --to 2026-06-01 --note 警告 --void 误登",
        "--to、--note",
    ),
    ("member report 张三 2026 --on 2026-03-02 --void 误登", "--on"),
    ("meeting step 1 study --on 2026-03-01 --days 2 --void 误登", "--days"),
    ("applicant step 郑十 talk --on 2026-02-05 --with 李四 --void 误登", "--with"),
    ("applicant step 郑十 talk --on 2026-02-05 --signed-on 2026-02-05 --void 误登", "--signed-on"),
    ("dues assess 张三 --from 2026-01 --base 5000 --amount 3", "--amount"),
    ("check --explain members-meeting --strict --all", "--all、--strict"),
    ("check --explain members-meeting --month 2026-02", "--month"),
    ("check --explain members-meeting --area meeting --rule party-lecture", "--area、--rule"),
    ("check --explain members-meeting --by status", "--by"),
)


@pytest.mark.parametrize(("line", "named"), LINES, ids=[line for line, _ in LINES])
def test_an_option_without_effect_is_refused(
    branch: Run, refused: Refused, ledger: Path, line: str, named: str
):
    before = digest(ledger)
    assert named in refused(line, 2)
    assert digest(ledger) == before


def test_a_day_of_change_needs_an_update(branch: Run, refused: Refused, workbook: Workbook):
    file = workbook("姓名 入党日期 职务", ("张三", "2010-07-01", "组织委员"))
    assert "--update --from 2026-03-01" in refused(f"member import {file} --from 2026-03-01", 2)
    branch(f"member import {file} --update --from 2026-03-01")


def test_a_day_of_change_goes_with_what_changes(branch: Run):
    branch("member edit 王五 --leader --from 2026-02-01")
    branch("member edit 李四 --category retired --from 2026-02")
