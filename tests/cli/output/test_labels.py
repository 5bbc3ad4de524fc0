"""Each field, and each act in the journal, has a name for clerks in both languages."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import CheckConstraint

from partyctl import language
from partyctl.cli.output.histories import act_label
from partyctl.ledger.journal.acts import Act
from partyctl.ledger.tables import all as _all  # noqa: F401 - it defines all tables
from partyctl.ledger.tables.base import Base
from partyctl.show.columns import value_words
from partyctl.show.wording import LABELS, OF_NOUN, TERMS
from tests.conftest import Run
from tests.support.in_process import put, written

PAIRS = [*LABELS.items(), *(pair for names in OF_NOUN.values() for pair in names.items())]
HAN = re.compile(r"[一-鿿]")


def test_each_field_is_named_in_chinese_and_in_english_words():
    for field, (chinese, english) in PAIRS:
        assert HAN.search(chinese), field
        assert re.fullmatch(r"[A-Za-z][-A-Za-z0-9 ,/()]*", english), field


@pytest.mark.parametrize(
    ("chosen", "names"),
    [
        ("zh", ["编号", "种类", "召开日期", "主持人", "录入时间", "作废时间", "作废原因"]),
        ("en", ["number", "kinds", "held", "chair", "recorded", "voided", "reason for voiding"]),
    ],
)
def test_a_record_is_shown_under_the_names_of_its_fields(
    branch: Run, monkeypatch: pytest.MonkeyPatch, chosen: str, names: list[str]
):
    branch("meeting add study --on 2026-03-02 --chair 张三 --minutes 学习")
    branch("meeting void 1 --reason 误登")
    monkeypatch.setenv("PARTYCTL_LANG", chosen)
    shown = [line.partition("  ")[0] for line in branch("meeting show 1").out.splitlines()]
    assert set(names) <= set(shown)
    assert not [name for name in shown if "_" in name]


def test_every_act_of_the_journal_has_a_word_in_each_language(tmp_path: Path):
    path = tmp_path / "ledger.db"
    put(written(), path)
    with closing(sqlite3.connect(path)) as ledger:
        done = {act for (act,) in ledger.execute("SELECT DISTINCT act FROM journal_entry")}
    assert {Act.ADD, Act.CHANGE, Act.SCHEMA} <= done <= set(Act)
    for act in Act:
        words = []
        for each in ("zh", "en"):
            language.choose(each)
            words.append(act_label(act.value))
        language.choose("zh")
        assert words == [act.chinese, act.value]


NEVER_SHOWN = {"reminder_digest.state", "reminder.dropped"}
"""Columns of the outbox, which the journal does not record, so no list of changes shows them."""


def columns_with_terms() -> dict[str, list[str]]:
    """The columns that accept only the words of a vocabulary, with these words."""
    found = {}
    for table in Base.metadata.tables.values():
        for check in table.constraints:
            if isinstance(check, CheckConstraint):
                matched = re.fullmatch(r"(\w+) IN \((.*)\)", str(check.sqltext))
                if matched:
                    found[f"{table.name}.{matched[1]}"] = re.findall(r"'(.*?)'", matched[2])
    return found


def test_each_stored_word_is_shown_as_the_word_of_its_own_vocabulary():
    """`study` is 集中学习 as a kind of meeting, but 学习计划 as a kind of plan."""
    columns = columns_with_terms()
    assert len(columns) > 20
    for column, stored in columns.items():
        if column in NEVER_SHOWN:
            continue
        table, _, name = column.partition(".")
        known = TERMS[column if column in TERMS else name]
        vocabularies = known if isinstance(known, tuple) else (known,)
        own = [each for each in vocabularies if {term.value for term in each} == set(stored)]
        assert len(own) == 1, f"add {column} to TERMS"
        assert [value_words(table, name, word, {}) for word in stored] == [
            term.label for term in own[0]
        ], column
