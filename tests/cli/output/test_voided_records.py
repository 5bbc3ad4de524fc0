"""A command that names a voided record is refused; the remedy shows what was done to the record."""

import shlex
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from partyctl.ledger.reading.nouns import NOUNS, void_command
from partyctl.records.undo.nouns import WRITTEN
from partyctl.terms import Noun
from tests.conftest import Run
from tests.support.in_process import fill

FIRST = {
    Noun.CELL: "cell add 第三小组",
    Noun.REMITTANCE: "dues remit 2026-01 --amount 10 --on 2026-03-05",
    Noun.HOLIDAY: "calendar holidays add 2026-03-05 --name 防汛",
    Noun.RULE_CHANGE: "rules disable theme-day --from 2030-01-01 --reason 不适用",
}
"""Commands that add a record that can be voided, for nouns without one in the filled ledger."""


@pytest.fixture
def filled(run: Run, ledger: Path) -> Run:
    fill(ledger)
    return run


def newest(ledger: Path, noun: Noun) -> int:
    with closing(sqlite3.connect(ledger)) as opened:
        sql = f"SELECT max(id) FROM {NOUNS[noun].table} WHERE voided_at IS NULL"
        return int(opened.execute(sql).fetchone()[0])


def remedy_in(told: str) -> str:
    return told.splitlines()[-1].removeprefix("  → partyctl ")


@pytest.mark.parametrize("noun", [noun for noun in WRITTEN if noun is not Noun.BRANCH])
def test_the_remedy_for_a_voided_record_shows_its_history(filled: Run, ledger: Path, noun: Noun):
    if noun in FIRST:
        filled(FIRST[noun])
    void = void_command(noun, newest(ledger, noun)).removeprefix("partyctl ").replace("…", "误登")
    filled(void)
    told = filled(void, code=5).err
    assert "已作废（误登）" in told
    shown = filled(remedy_in(told)).out
    verb = " ".join(shlex.split(void)[: void.split().index("--reason") - 1])
    assert verb in shown


@pytest.mark.parametrize(
    ("first", "line"),
    [
        ("meeting void 1", "meeting sheet 1"),
        ("meeting void 1", "paper meeting-record 1"),
        ("review void 1", "review status '#1'"),
        ("warning void 1", "warning letter 1"),
        ("talk void 1", "paper talk-record 1"),
        ("contact void 东河村", "contact visit '#1' --on 2026-03-02 --kind visit"),
    ],
)
def test_so_does_the_remedy_of_other_commands(filled: Run, first: str, line: str):
    filled(f"{first} --reason 误登")
    told = filled(line, code=5).err
    assert "已作废（误登）" in told
    assert first.rpartition(" ")[0] in filled(remedy_in(told)).out


def test_so_does_the_remedy_for_a_voided_visit(filled: Run):
    filled("contact visit 东河村 --on 2026-03-02 --kind visit")
    filled("contact visit-void 1 --reason 误登")
    told = filled("contact visit-void 1 --reason 误登", code=5).err
    assert "contact visit-void" in filled(remedy_in(told)).out
    assert filled("contact visit-void 7 --reason 误登", code=4).err.endswith("contact list\n")
