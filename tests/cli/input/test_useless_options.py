"""An option that would have no effect is refused, and nothing is written."""

from pathlib import Path

import pytest

from tests.cli.conftest import Refused, Workbook, digest
from tests.conftest import Run
from tests.support.command_tree import commands, option_names

LINES = (
    ("member edit 王五 --from 2026-02-01", "缺少 --leader、--not-leader 或 --category"),
    ("member post 张三 branch-secretary --from 2026-01-01 --to 2026-05-01 --void 误登", "--to"),
    ("member away 王五 --from 2026-03-01 --reason 学习 --void 误登", "--reason"),
    (
        "member sanction 王五 --from 2026-01-01 --to 2026-06-01 --note 警告 --void 误登",
        "--to、--note",
    ),
    ("member report 张三 2026 --on 2026-03-02 --void 误登", "--on"),
    ("member away 王五 --from 2026-03-01 --to 2026-03-05 --void 误登", "--to"),
    ("meeting step 1 study --on 2026-03-01 --days 2 --void 误登", "--days"),
    ("meeting step 1 study --on 2026-03-01 --note 学习 --void 误登", "--note"),
    ("applicant step 郑十 talk --with 李四 --meeting 1 --void 误登", "--with、--meeting"),
    (
        "applicant step 郑十 vote --votes 3/3/3/0/0 --written 李四 --excluded 王五 --void 误登",
        "--votes、--written、--excluded",
    ),
    (
        "applicant step 郑十 extension --until 2026-02-05 --result pass --to 党总支 --void 误登",
        "--until、--result、--to",
    ),
    (
        "applicant step 郑十 vote --signed-on 2026-02-05 --note 决议 --void 误登",
        "--signed-on、--note",
    ),
    ("applicant step 郑十 training --hours 24 --makes-up 2026 --void 误登", "--hours、--makes-up"),
    ("applicant step 郑十 talk --note 谈话 --override 补录 --void 误登", "--note、--override"),
    ("applicant step 郑十 talk --note 谈话 --void 误登", "--note"),
    ("disclosure briefing 2026-Q1 --template 通报.docx", "不写 -o，--template"),
    ("disclosure briefing 2026-Q1 --fill 文号=1 --replace", "--fill、--replace"),
    ("review outcome 2026 张三 --commend 通报表扬 --on 无", "写了 --on 无，--commend"),
    ("review outcome 2026 张三 --handle 限期改正 --meeting 1 --on none", "--handle、--meeting"),
    ("dues pay 张三 --month 2026-01 --extra", "不写 --amount，--extra"),
    ("remind --dry-run --trust-clock", "--trust-clock"),
    ("rules import rules.toml --dry-run --confirm", "--confirm"),
    ("rules coverage --markdown --json", "--markdown"),
    ("rules coverage --markdown -o coverage.csv", "写了 -o，--markdown"),
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


CHOOSES = {"meeting step": {"--on", "--with", "--part"}, "applicant step": {"--on"}}
"""Options that, together with `--void`, choose the record to void, so they have an effect.

`--from` also chooses the record, in every command that has both options; it is not listed here.
"""


def test_beside_void_every_option_without_effect_is_tried_above():
    tried = [line.split() for line, _ in LINES if "--void" in line.split()]
    for command in commands():
        options = {name for each in command.parameters for name in option_names(each)}
        if "--void" not in options:
            continue
        useless = (
            options - {"--void", "--json", "--help", "--from"} - CHOOSES.get(str(command), set())
        )
        own = {word for line in tried if line[:2] == list(command.words) for word in line}
        assert useless <= own, f"{command}: refuse or use these options, and try them above"


def test_a_reason_to_override_needs_a_missing_precondition(branch: Run, refused: Refused):
    branch("applicant add 郑十 --applied 2026-02-01")
    line = "applicant step 郑十 talk --on 2026-02-05 --with 李四"
    assert "前置条件都齐了，--override 不起作用" in refused(f"{line} --override 补录", 2)
    branch(line)


def test_a_list_of_meetings_is_not_read_for_one_meeting(
    branch: Run, refused: Refused, workbook: Workbook
):
    file = workbook("会议时间 会议类型 主持人", ("2026-01-12", "党员大会", "张三"))
    assert "去掉 --meeting" in refused(f"meeting import {file} --meeting 1", 2)
    branch(f"meeting import {file}")
