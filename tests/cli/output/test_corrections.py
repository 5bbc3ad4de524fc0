"""A correction shows the old and the new value of each changed field; the journal names rows and
columns in words.
"""

import re
from pathlib import Path

import pytest
from sqlalchemy import Boolean

from partyctl import language
from partyctl.errors import CannotRead
from partyctl.ledger.journal import history
from partyctl.ledger.journal.naming import NAMED
from partyctl.ledger.journal.owners import OWNERS
from partyctl.ledger.tables.all import MODULES
from partyctl.ledger.tables.base import Base
from partyctl.show.columns import COLUMNS, OF_ROW, REFERS, ROWS, YES_OR_NO, column_label
from partyctl.show.wording import LABELS
from tests.conftest import Run
from tests.support.command_tree import Command, commands
from tests.support.in_process import fill, outcome, own_folder, start_anew
from tests.support.working_lines import working

assert MODULES
TABLES = {name: table for name, table in Base.metadata.tables.items() if name in OWNERS}
WITHOUT_WORDS = {"id", "recorded_at", "content"}
"""Columns that are never shown: many tables have the first two, and the third contains a file."""

EDITS = [each for each in commands() if str(each).endswith("edit")]


# Labels


def test_each_table_and_each_column_has_a_name_in_both_languages():
    named = set(ROWS) - {"run", "sqlite_schema"}
    assert named == set(TABLES), (
        "ROWS in partyctl/show/columns.py names each table in both languages: "
        f"put in {sorted(set(TABLES) - named)}, take out {sorted(named - set(TABLES))}"
    )
    columns = {(name, column.name) for name, table in TABLES.items() for column in table.columns}
    told = {(table, name) for table, name in columns if name not in WITHOUT_WORDS}
    unnamed = {
        (table, name)
        for table, name in told
        if f"{table}.{name}" not in OF_ROW and name not in COLUMNS and name not in LABELS
    }
    assert not unnamed, (
        "partyctl/show/columns.py names each column in both languages: "
        f"put these in COLUMNS, or in OF_ROW: {sorted(unnamed)}"
    )
    assert not set(COLUMNS) - {name for _, name in columns}
    assert not set(OF_ROW) - {f"{table}.{name}" for table, name in columns}


def test_columns_that_say_yes_or_no_and_those_that_name_somebody_are_those_of_the_schema():
    columns = [column for table in TABLES.values() for column in table.columns]
    says = {each.name for each in columns if isinstance(each.type, Boolean)}
    assert says - {"working"} == YES_OR_NO  # in one table, `working` is a text
    refers = {
        each.name: key.column.table.name
        for each in columns
        for key in each.foreign_keys
        if key.column.table.name in NAMED
    }
    assert refers.items() <= REFERS.items()
    assert set(REFERS) <= {each.name for each in columns}


def test_a_name_that_two_tables_use_differently_says_what_it_means_in_each():
    assert column_label("disclosure", "scope") == "公开范围"
    assert column_label("warning", "scope") == "防范范围"
    assert column_label("publication", "published_on") == "公布日期"


def test_an_english_name_is_words():
    language.choose("en")
    assert column_label("meeting", "held_on") == "held"
    assert column_label("publication", "published_on") == "published on"
    assert column_label("dues_payment", "consent_meeting_id") == "meeting that agreed"
    for table in TABLES.values():
        for column in table.columns:
            assert "_" not in column_label(table.name, column.name)


# Corrections


@pytest.fixture
def corrected(branch: Run) -> Run:
    branch("member edit 王五 --phone 13800001234 --id-number 110101199001011237")
    branch("meeting add study --on 2026-03-02 --chair 张三 --place 会议室 --present 张三,李四")
    return branch


def test_each_changed_field_is_told_with_its_old_and_new_value(corrected: Run):
    said = corrected("meeting edit 1 --place 二楼 --hours 1.5 --chair 李四").out.splitlines()
    assert said[0] == "已更正会议 #1"
    assert set(said[1:]) == {
        "  地点：会议室 → 二楼",
        "  小时：（空） → 1.5",
        "  主持人：张三 → 李四",
    }


def test_the_same_in_english(corrected: Run, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PARTYCTL_LANG", "en")
    said = corrected("meeting edit 1 --place 二楼 --hours 1.5 --present 张三").out.splitlines()
    assert said[0] == "Meeting #1 corrected"
    assert set(said[1:]) == {
        "  place: 会议室 → 二楼",
        "  hours: (none) → 1.5",
        "  present: 2 → 1",
        "  remove attendance: member 李四",
    }


def test_personal_values_are_masked(corrected: Run):
    said = corrected("member edit 王五 --phone 13900005678 --id-number 110101199001011245").out
    assert "  电话：138****1234 → 139****5678\n" in said
    assert "  身份证号：110101********1237 → 110101********1245\n" in said


def test_a_correction_to_the_same_value_says_that_nothing_changed(corrected: Run):
    said = corrected("meeting edit 1 --place 会议室").out
    assert said == "已更正会议 #1\n  和原来一样，没有改动\n"


def test_a_long_text_is_cut_and_stays_on_one_line(corrected: Run):
    corrected("meeting edit 1 --minutes 学习记录")
    said = corrected(f"meeting edit 1 --minutes '{'长' * 50}\n{'文' * 500}'").out.splitlines()
    assert len(said) == 2
    assert said[1].startswith("  记录：学习记录 → 长长")
    assert len(said[1]) < 100


def test_json_stays_the_record(corrected: Run):
    assert corrected("meeting edit 1 --place 二楼 --json").json["place"] == "二楼"


@pytest.fixture(scope="module")
def ledger_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    with pytest.MonkeyPatch.context() as patch:
        place = tmp_path_factory.mktemp("own")
        patch.setenv("XDG_STATE_HOME", str(place / "state"))
        return fill(place / "own" / "ledger.db")


TOLD = re.compile(r"^  (\S.*?)(：|: ).*$", re.MULTILINE)


@pytest.mark.parametrize("command", EDITS, ids=str)
def test_every_command_that_corrects_says_what_it_changed(
    command: Command, ledger_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """The output names each changed field in the reader's language, not by its column's name."""
    with own_folder(tmp_path, ledger_file, monkeypatch) as folder:
        for name in ("zh", "en"):
            start_anew(folder, ledger_file, command)
            line = working(command, folder).prepare()
            monkeypatch.setenv("PARTYCTL_LANG", name)
            said = outcome(line).out
            monkeypatch.delenv("PARTYCTL_LANG")
            told = TOLD.findall(said)
            assert told, said
            assert not [label for label, _ in told if "_" in label]
            if name == "zh":
                assert not [label for label, _ in told if re.search("[a-z]", label)]


@pytest.mark.parametrize("command", EDITS, ids=str)
def test_a_correction_whose_changes_cannot_be_read_is_not_made(
    command: Command, ledger_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    def unreadable(*_: object) -> None:
        raise CannotRead("台账读取出错")

    with own_folder(tmp_path, ledger_file, monkeypatch) as folder:
        start_anew(folder, ledger_file, command)
        line = working(command, folder).prepare()
        monkeypatch.setattr(history, "of_run", unreadable)
        before = (folder / "ledger.db").read_bytes()
        done = outcome(line)
        assert (done.code, done.out) == (CannotRead.exit_code, "")
        assert (folder / "ledger.db").read_bytes() == before


def test_the_corrections_are_found():
    assert len(EDITS) >= 14
