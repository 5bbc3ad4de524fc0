"""The first run: the advice without a ledger, and `init`, which asks for missing values on a terminal."""

import json
import re
import sqlite3
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from partyctl.cli.maintenance.first_words import without_ledger
from partyctl.errors import MissingInput
from partyctl.language import choose
from tests.cli.maintenance.terminal import OnTerminal
from tests.conftest import Run

pytestmark = pytest.mark.long

QUESTIONS = ("党组名称", "党支部名称", "从哪天起", "设支部委员会吗", "党小组", "党员名册")

Begin = Callable[..., OnTerminal]


@pytest.fixture
def begin(tmp_path: Path, ledger: Path) -> Begin:
    """`partyctl init` without options on a terminal."""

    def begin(**env: str) -> OnTerminal:
        return OnTerminal(["init"], tmp_path, PARTYCTL_LEDGER=str(ledger), **env)

    return begin


def left(ledger: Path) -> list[str]:
    """All files in the ledger's folder, and the folder itself if it exists."""
    folder = ledger.parent
    return [str(each) for each in folder.rglob("*")] + ([str(folder)] if folder.exists() else [])


@pytest.mark.parametrize("language", ["zh", "en"])
def test_without_a_ledger_five_lines_say_what_to_do(run: Run, ledger: Path, language: str):
    choose(language)
    told = without_ledger(ledger)
    choose("")
    assert len(told) == 5
    assert str(ledger) in told[0]
    for number, command in enumerate(("init", "member import", "check"), 1):
        assert f"partyctl {command}" in told[number]
    assert "partyctl restore" in told[4]


def test_partyctl_alone_says_them_and_exits_with_66(run: Run, ledger: Path):
    said = run("", code=MissingInput.exit_code)
    assert said.out == ""
    assert said.err.splitlines() == without_ledger(ledger)
    assert left(ledger) == []


def test_what_the_five_lines_name_can_be_typed(run: Run, ledger: Path):
    for command in re.findall(r"partyctl ((?:[a-z]+ ?)+)", "\n".join(without_ledger(ledger))):
        assert run(f"{command.strip()} --help").code == 0


def test_init_walks_through_everything_and_writes_at_the_end(begin: Begin, ledger: Path, run: Run):
    walk = begin()
    answers = ("市某局党组", "", "2026-01-01", "否", "一组、二组", "")
    for asked, typed in zip(QUESTIONS, answers, strict=True):
        walk.answer(asked, typed)
    walk.answer("党员姓名", "张三")
    walk.answer("入党日期", "2010-07-01")
    walk.answer("职务", "书记")
    walk.answer("党员姓名", "李四")
    walk.answer("入党日期", "2015-07-01")
    walk.answer("职务", "")
    walk.answer("党员姓名", "")
    walk.expect("写入")
    assert "市某局党组，机关党支部（不设支委会），2026-01-01 起" in walk.shown
    assert "张三，2010-07-01 入党，支部书记" in walk.shown
    assert left(ledger) == []
    walk.answer("写入", "")

    assert walk.ended() == 0, walk.shown
    assert "已登记党员 2 人" in walk.shown
    assert ".partyctl-" not in walk.shown
    assert left(ledger) == [str(ledger), str(ledger.parent)]
    assert ledger.stat().st_mode & 0o777 == 0o600
    roll = run("member list --json").json
    assert [(each["name"], each["joined_on"]) for each in roll] == [
        ("张三", "2010-07-01"),
        ("李四", "2015-07-01"),
    ]
    assert [each["name"] for each in run("cell list --json").json] == ["一组", "二组"]
    assert run("branch list --json").json[0]["committee"] is False
    assert run("journal verify").code == 0


def test_every_question_can_be_skipped(begin: Begin, ledger: Path, run: Run):
    walk = begin(PARTYCTL_LANG="en")
    questions = ("leading group", "branch", "computed from", "committee", "Cells", "roster")
    for asked in (*questions, "member's name", "Write"):
        walk.answer(asked, "")
    assert walk.ended() == 0, walk.shown
    assert "Next: partyctl member add" in walk.shown
    assert not re.search(r"[\u4e00-\u9fff]", walk.shown)
    assert run("member list --json").json == []
    assert run("branch list --json").json[0]["name"] == "Branch 1"


def test_a_roster_is_taken_in_whole(begin: Begin, ledger: Path, run: Run, tmp_path: Path):
    book = openpyxl.Workbook()
    for row in (("姓名", "入党日期"), ("张三", "2010-07-01"), ("李四", "2015-07-01")):
        book.active.append(row)
    book.save(tmp_path / "名册.xlsx")
    walk = begin()
    for asked, typed in zip(QUESTIONS, ("", "", "2026-01-01", "", "", "没有.xlsx"), strict=True):
        walk.answer(asked, typed)
    walk.answer("没有这个文件", "名册.xlsx")
    walk.expect("名册：名册.xlsx")
    assert left(ledger) == []
    walk.answer("写入", "是")
    assert walk.ended() == 0, walk.shown
    assert left(ledger) == [str(ledger), str(ledger.parent)]
    assert ".partyctl-" not in walk.shown
    assert [each["name"] for each in run("member list --json").json] == ["张三", "李四"]


def test_a_roster_that_cannot_be_taken_leaves_nothing(begin: Begin, ledger: Path, tmp_path: Path):
    (tmp_path / "坏.xlsx").write_bytes(b"no workbook")
    walk = begin()
    for asked, typed in zip(QUESTIONS, ("", "", "", "", "", "坏.xlsx"), strict=True):
        walk.answer(asked, typed)
    walk.answer("写入", "")
    assert walk.ended() == 65
    assert "没有建立台账" in walk.shown
    assert left(ledger) == []


def test_a_wrong_answer_is_asked_again(begin: Begin, ledger: Path):
    walk = begin()
    walk.answer("党组名称", "")
    walk.answer("党支部名称", "-甲")
    walk.answer("不能以“-”开头", "甲")
    walk.answer("从哪天起", "某天")
    walk.answer("某天", "2026-01-01")
    walk.answer("设支部委员会吗", "也许")
    walk.answer("请回答", "是")
    walk.expect("党小组")
    assert walk.interrupted() == 130


@pytest.mark.sweep(2)
@pytest.mark.parametrize("answered", range(8))
def test_ctrl_c_at_any_question_leaves_nothing(begin: Begin, ledger: Path, answered: int):
    walk = begin()
    questions = (*QUESTIONS, "党员姓名", "写入")
    for asked in questions[:answered]:
        walk.answer(asked, "")
    walk.expect(questions[answered])
    assert walk.interrupted() == 130
    assert "没有写入" in walk.shown
    assert left(ledger) == []


def test_no_at_the_end_leaves_nothing(begin: Begin, ledger: Path):
    walk = begin()
    for asked in (*QUESTIONS, "党员姓名"):
        walk.answer(asked, "")
    walk.answer("写入", "否")
    assert walk.ended() == 130
    assert left(ledger) == []


def test_a_ledger_that_is_there_is_not_asked_about(begin: Begin, branch: Run, ledger: Path):
    before = ledger.read_bytes()
    walk = begin()
    assert walk.ended() == 5
    assert "已经存在" in walk.shown
    assert ledger.read_bytes() == before


def test_in_a_pipe_nothing_is_asked(run: Run, ledger: Path):
    said = run("init", code=2)
    assert "缺少：--organ、--branch、--since" in said.err
    assert left(ledger) == []


def test_what_was_said_is_not_asked_for(tmp_path: Path, ledger: Path, run: Run):
    args = ["init", "--organ", "局党组", "--since", "2026-01-01"]
    walk = OnTerminal(args, tmp_path, PARTYCTL_LEDGER=str(ledger))
    walk.answer("党支部名称", "机关支部")
    assert walk.ended() == 0, walk.shown
    with sqlite3.connect(ledger) as connection:
        assert connection.execute("SELECT name FROM organ").fetchall() == [("局党组",)]
    assert json.loads(run("branch list --json").out)[0]["name"] == "机关支部"
