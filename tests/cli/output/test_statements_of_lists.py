"""A list reads all its records with the same number of SQL statements, however many there are."""

import sqlite3
from collections.abc import Callable
from typing import Any

import pytest

from partyctl.cli.session.reading import Reading
from partyctl.ledger.reading.nouns import list_command
from partyctl.records.undo.nouns import WRITTEN
from partyctl.terms import Noun
from tests.conftest import Run

ANOTHER = {
    "branch list": "branch add 支部{c} --founded 2026-01-01",
    "cell list": "cell add 小组{c}",
    "member list": "member add 党员{c} --joined 2015-07-01 --post publicity --leader",
    "staff list": "staff add 职工{c}",
    "meeting list": "meeting add study --on 2026-02-0{n} --chair 张三 --present 张三,李四 --topic 学习",
    "dues list": "dues pay 李四 --month 2026-0{n} --amount 10 --on 2026-02-20 --consent #3",
    "dues book": "dues remit 2026-01 --amount {n} --on 2026-02-20",
    "plan list": "plan adopt work 202{n} --on 202{n}-01-05",
    "review list": "review open 202{n} --on 202{n}-12-05",
    "talk list": "talk add --on 2026-02-0{n} --with 张三,李四",
    "contact list": "contact add 村{c} --leader 张三",
    "rectify list": "rectify add 问题{c} --owner 张三 --due 2026-12-01 --on 2026-03-01",
    "disclosure list": "disclosure add progress --title 进展{c} --scope internal",
    "applicant list": "applicant add 申请人{c} --applied 2026-02-01",
    "opinion list": "opinion add 意见{c} --received 2026-03-02 --class individual",
    "warning list": "warning issue 王五 --level inquiry --category {n} --facts 失误 --on 2026-03-02",
    "waive list": "waive cell-meeting --subject 第一小组 --period 2026-0{n} --reason 防汛"
    " --decided-on 2026-09-02",
    "calendar holidays list": "calendar holidays add 2026-03-0{n} --name 防汛",
}
"""For each command that lists records, a command that adds a record."""

Statements = Callable[[str], list[str]]


@pytest.fixture
def statements(january: Run, monkeypatch: pytest.MonkeyPatch) -> Statements:
    """The SQL statements that a command executes after it has checked and opened the ledger."""
    executed: list[str] = []
    made = Reading.__init__

    def traced(self: Reading, ledger: sqlite3.Connection, *args: Any, **options: Any) -> None:
        made(self, ledger, *args, **options)
        ledger.set_trace_callback(executed.append)

    def statements(line: str) -> list[str]:
        executed.clear()
        with monkeypatch.context() as patch:
            patch.setattr(Reading, "__init__", traced)
            january(line)
        return executed.copy()

    return statements


def test_every_list_is_tested():
    assert {f"partyctl {line}" for line in ANOTHER} == {
        list_command(noun) for noun in WRITTEN if noun is not Noun.RULE_CHANGE
    }, "`rules list` lists the rules, not their changes"


@pytest.mark.parametrize(("line", "another"), ANOTHER.items(), ids=ANOTHER)
def test_a_list_takes_as_many_statements_for_many_records_as_for_few(
    january: Run, statements: Statements, line: str, another: str
):
    january(another.format(n=2, c="甲"))
    shown, few = january(line).out, statements(line)
    for n, c in ((3, "乙"), (4, "丙"), (5, "丁")):
        january(another.format(n=n, c=c))
    assert january(line).out != shown
    many = statements(line)
    assert few
    assert len(many) == len(few)
