"""Fixtures of the tests of tampering: a small ledger, and one with rows in nearly every table."""

import shutil
from pathlib import Path

import pytest

from partyctl.cli.start.main import run as run_command
from partyctl.ledger.journal import heads
from tests.support.tampering import Told

RECORDS = """
    init --organ 市某局党组 --branch 机关支部 --since 2026-01-01 --cell 甲组 --superior general-branch=党总支
    member add 张三 --joined 2010-07-01 --post branch-secretary --leader --phone 13800001111
    member add 李四 --joined 2015-07-01 --post organization --phone 13900002222
    staff add 赵六 --title 科长
    plan adopt study 2026 --on 2026-01-05
    meeting add members --on 2026-01-12 --chair 张三 --topic 学习 --present 张三 --absent 李四:出差
    meeting add study --on 2026-01-13 --chair 张三 --minutes @{text}
    meeting add study --on 2026-01-14 --chair 李四 --minutes @{scan}
    dues assess 张三 --base 5100 --from 2026-01
    dues pay 张三 --month 2026-01 --amount 76.50 --on 2026-01-20
    dues exempt 李四 --from 2026-01 --to 2026-03 --reason 困难 --approved-by 支委会 --on 2026-01-07
    dues lapse 李四 --step education --on 2026-08-10
    meeting edit 1 --kind members,lecture --lecturer 张三
    staff void 1 --reason 误登
    undo
    journal redact 李四 --reason 本人要求
    member edit 张三 --phone 13700003333
"""

AND_MORE = """
    plan adopt work 2026 --on 2026-01-06
    plan adopt roles 2026 --on 2026-01-06 {roles}
    plan item 2026 目标 --owner 李四 --due 2026-06-30
    meeting plan democratic-life --on 2026-12-20 --planned-on 2026-11-01
    meeting step 4 notice --on 2026-11-05
    rectify add 问题 --owner 张三 --due 2026-12-01 --on 2026-03-01
    review open 2026 --on 2026-06-01
    review self 2026 张三 --on 2026-06-02
    review meeting 2026 --on 2026-06-10
    review rate 2026 张三 excellent
    review outcome 2026 张三 --commend 表扬 --on 2026-06-11
    talk add --on 2026-02-10 --with 张三,李四 --follow-up 帮带 --due 2026-03-01
    contact add 东河村 --leader 张三
    contact visit 东河村 --on 2026-03-05 --kind survey --note 走访
    member report 张三 2026 --on 2026-02-01
    disclosure add progress --title 进展 --scope internal
    disclosure publish 1 --by board --on 2026-03-09
    waive cell-meeting --subject 甲组 --period 2026-01 --reason 防汛 --decided-on 2026-02-02
    member add 孙七 --joined 2026-01-10 --probationary
    applicant add 孙七 --applied 2024-02-01 --birth 1999-01-01
    applicant step 孙七 activist --on 2024-09-02
    applicant step 孙七 mentors --on 2024-09-03 --with 张三,李四
    member sanction 李四 --from 2026-03-01 --to 2026-08-31 --note 警告
    opinion add 收费不公开 --received 2026-03-02 --class individual --from 何群众
    opinion refer 1 --to branch --on 2026-03-03
    warning issue 李四 --level inquiry --category 4 --facts 越权审批 --on 2026-03-02
    warning deliver 1 --on 2026-03-03
    warning talk 1 --on 2026-03-05 --by 张三
    calendar holidays import {holidays}
    rules set members-meeting --every quarter --from 2099-01-01 --reason 试行
    meeting add members --on 2026-01-20 --chair 张三 {vote} --spoke 张三:总结
    staff add 周科员
    talk add --on 2026-02-11 --with 张三,周科员
    review rate 2026 李四 qualified --votes 1/1/0/0
    dues remit 2026-01 --amount 10 --on 2026-02-10
    member away 李四 --from 2026-04-01 --to 2026-04-10 --reason 出差
    member edit 李四 --category retired --from 2026-06
    branch edit --no-committee --from 2026-09-01
    applicant add 钱九 --applied 2024-02-01 --birth 1999-01-01
    applicant edit 钱九 --paper 入党申请书=档案室
    applicant step 钱九 activist --on 2024-09-02
    applicant step 钱九 political-review --on 2025-10-02 --override 补录
    applicant step 钱九 vote --on 2026-01-21 --votes 1/1/1/0/0 --excluded 李四 --override 补录
"""
ROLES = "--assign secretary=张三 --assign person-in-charge=李四 --assign leader-in-charge=李四"
VOTE = "--decision 评优=同意;1/1/1/0/0 --excluded 李四"
HOLIDAYS = "日期,安排\n2027-01-01,放假\n"


@pytest.fixture(scope="session")
def told(tmp_path_factory: pytest.TempPathFactory) -> Told:
    """A small ledger, written once; tests change only a copy of it."""
    folder = tmp_path_factory.mktemp("told")
    text, scan = folder / "minutes.txt", folder / "minutes.pdf"
    text.write_text("会议记录", encoding="utf-8")
    scan.write_bytes(bytes(range(256)))
    path = folder / "ledger.db"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_STATE_HOME", str(folder / "state"))
        for line in RECORDS.format(text=text, scan=scan).strip().splitlines():
            assert run_command(["--ledger", str(path), *line.split()]) == 0, line
        return Told(path, list(heads.read(heads.heads_file())))


@pytest.fixture(scope="session")
def everything(told: Told, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger with rows in every table except the outbox and the stored answers."""
    folder = tmp_path_factory.mktemp("everything")
    holidays, path = folder / "holidays.csv", folder / "ledger.db"
    holidays.write_text(HOLIDAYS, encoding="utf-8")
    shutil.copy(told.path, path)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_STATE_HOME", str(folder / "state"))
        for line in AND_MORE.format(roles=ROLES, vote=VOTE, holidays=holidays).strip().splitlines():
            assert run_command(["--ledger", str(path), *line.split()]) == 0, line
    return path


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder for crash files and journal heads of these tests, not the user's own folder.

    A journal head is the number and hash of the newest journal entry.
    """
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return tmp_path / "state"


@pytest.fixture
def ours(told: Told, tmp_path: Path) -> Path:
    """A copy of the ledger to tamper with."""
    return Path(shutil.copy(told.path, tmp_path / "ledger.db"))
