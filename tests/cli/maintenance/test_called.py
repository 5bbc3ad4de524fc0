"""`undo` and `journal list` name a record in a clerk's words: by person, kind, day and step."""

from pathlib import Path

import pytest

from partyctl.ledger.journal.naming import STEPS
from partyctl.ledger.journal.owners import OWNERS
from partyctl.ledger.reading.nouns import NOUNS
from tests.conftest import Run
from tests.support.in_process import fill

GATHERING = "meeting add members,lecture --on 2026-03-10 --chair 张三 --lecturer 李四"
OPINION = "opinion add 收费不公开 --received 2026-03-02 --class individual --from 何群众"
WARNING = "warning issue 王五 --level inquiry --category 4 --facts 越权 --on 2026-03-02"
PAYMENT = "dues pay 李四 --month 2026-02 --amount 20 --on 2026-02-20"
CALLED = {
    "applicant add 方圆 --applied 2026-01-05": "发展党员 #1 方圆",
    GATHERING: "会议 #4 2026-03-10 党课、党员大会",
    PAYMENT: "党费 #4 李四 党费交纳 2026-02",
    "plan adopt budget 2026 --on 2026-01-10": "计划 #4 活动经费 2026",
    "talk add --on 2026-02-10 --with 张三,李四": "谈心谈话 #1 2026-02-10 张三、李四",
    "review open 2026 --on 2026-06-01": "民主评议 #1 2026 开始 2026-06-01",
    "member post 王五 publicity --from 2026-02-01": "党员 #3 王五 宣传委员 2026-02-01",
    "contact add 东河村 --leader 张三": "联系点 #1 东河村",
    "disclosure add progress --title 进展 --scope internal": "党务公开 #1 阶段性 进展",
    OPINION: "意见 #1 个别性 2026-03-02",
    WARNING: "案件 #1 询问函 2026-03-02",
}


@pytest.mark.parametrize("line", CALLED)
def test_undo_says_which_record_it_took_back(line: str, january: Run):
    january(line)

    assert january("undo").out.strip().endswith(f"：{CALLED[line]}")
    assert CALLED[line] in january("journal list --last 2").out


def test_undo_says_which_step_it_took_back(january: Run):
    january("applicant add 方圆 --applied 2026-01-05")
    january("applicant step 方圆 activist --on 2026-03-02")

    said = january("undo --json").json
    assert said["called"] == ["发展党员 #1 方圆 确定积极分子 2026-03-02"]


def test_nobody_is_named_who_is_protected(january: Run):
    january(WARNING)
    january("warning deliver 1 --on 2026-03-03")
    january(OPINION)

    out = january("journal list --last 3").out
    assert "案件 #1 询问函 2026-03-02 送达 2026-03-03" in out
    assert "王五" not in out
    assert "何群众" not in out


def test_many_records_are_counted(january: Run):
    january("review open 2026 --on 2026-06-01")
    january("review self 2026 --all --on 2026-06-02")

    said = january("undo").out
    assert "民主评议 #1 2026 张三 2026-06-02、李四 2026-06-02…（3）" in said


def test_every_noun_of_the_journal_has_a_name_and_every_step_a_table(tmp_path: Path, run: Run):
    unnamed = {"superior", "minutes-file", "announced-year"}
    assert {owner.noun for owner in OWNERS.values()} - set(NOUNS) <= unnamed
    assert set(STEPS) <= set(OWNERS)
    path = fill(tmp_path / "filled" / "ledger.db")
    rows = run(f"--ledger {path} journal list --all --json").json
    assert all(
        len(called.split()) > 2
        for row in rows
        for record, called in zip(row["records"], row["called"], strict=True)
        if record.partition("#")[0] in set(NOUNS)
    )
