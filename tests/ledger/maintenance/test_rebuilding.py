"""When a migration rebuilds a table, it makes only the intended change; all else stays the same."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy

from partyctl.cli.start.main import run as run_command
from partyctl.errors import MigrationFailed, WrongVersion
from partyctl.ledger.file.failures import explain_sqlite
from partyctl.ledger.maintenance import migrating
from partyctl.ledger.maintenance.rebuilding import checks_of, rebuild, with_checks
from partyctl.ledger.views.sources import SOURCES
from partyctl.ledger.writing.session import engine_for
from partyctl.terms import MeetingKind
from tests.ledger.maintenance.test_migrations import Later, spoil
from tests.support import ledger_contents as contents

KIND = "ck_meeting_kind_kind_is_known"
WORDS = ", ".join(f"'{kind}'" for kind in MeetingKind)
MORE = f"kind IN ({WORDS}, 'wall (newspaper)')"
LESS = "kind IN ('study')"

CREATED = """CREATE TABLE a (
    b TEXT, c TEXT,
    CONSTRAINT ck_a_b CHECK (b IN ('x', 'y)', '(z') AND (b <> c)),
    CONSTRAINT ck_a_c
        CHECK (trim(c) <> '')
)"""


def test_the_conditions_of_a_table_are_read_with_their_brackets():
    assert checks_of(CREATED) == {
        "ck_a_b": "b IN ('x', 'y)', '(z') AND (b <> c)",
        "ck_a_c": "trim(c) <> ''",
    }


def test_a_condition_is_put_in_the_place_of_the_old_one():
    changed = with_checks(CREATED, {"ck_a_b": "b = 'x'", "ck_a_c": "c = ''"})
    assert checks_of(changed) == {"ck_a_b": "b = 'x'", "ck_a_c": "c = ''"}
    assert with_checks(changed, checks_of(CREATED)) == CREATED
    with pytest.raises(LookupError, match="ck_a_d"):
        with_checks(CREATED, {"ck_a_d": "true"})


def schema(ledger: sqlalchemy.Connection) -> list[tuple[str, str]]:
    rows = ledger.exec_driver_sql("SELECT name, sql FROM sqlite_schema ORDER BY name")
    return [tuple(row) for row in rows if row[1] is not None]


@pytest.fixture
def frozen(ledger: Path) -> Path:
    """A populated ledger of the newest schema."""
    return contents.thawed(contents.FROZEN[-1], ledger.parent)


@pytest.fixture
def within(frozen: Path) -> Iterator[sqlalchemy.Connection]:
    """The connection of a migration; during the test, Alembic's operations (`op`) use it."""
    from alembic.migration import MigrationContext
    from alembic.operations import Operations

    with (
        engine_for(frozen, migrating=True).begin() as connection,
        Operations.context(MigrationContext.configure(connection)),
    ):
        yield connection


def facts_of(within: sqlalchemy.Connection) -> dict[str, list]:
    """The rows of every view of facts, sorted."""
    return {
        view: sorted(within.exec_driver_sql(f"SELECT * FROM {view}").all(), key=repr)
        for view in SOURCES
    }


@pytest.mark.parametrize("table", ["meeting_kind", "meeting", "member", "warning_talker", "staff"])
def test_a_table_made_anew_is_the_same_with_its_indexes_triggers_and_views(
    table: str, within: sqlalchemy.Connection
):
    before = schema(within)
    rows = within.exec_driver_sql(f"SELECT * FROM {table}").all()
    facts = facts_of(within)
    assert any(name == f"keep_{table}" for name, _ in before) or table.count("_")

    rebuild(table, {})

    assert schema(within) == before
    assert within.exec_driver_sql(f"SELECT * FROM {table}").all() == rows
    assert facts_of(within) == facts
    assert within.exec_driver_sql("PRAGMA foreign_key_check").all() == []


def test_a_word_more_is_taken_and_up_and_down_leaves_the_same_text(within: sqlalchemy.Connection):
    before = schema(within)
    (text,) = (sql for name, sql in before if name == "meeting_kind")
    word = "INSERT INTO meeting_kind VALUES (1, 'wall (newspaper)')"
    with pytest.raises(sqlalchemy.exc.IntegrityError), within.begin_nested():
        within.exec_driver_sql(word)

    rebuild("meeting_kind", {KIND: MORE})

    with within.begin_nested() as savepoint:
        within.exec_driver_sql(word)
        savepoint.rollback()
    rebuild("meeting_kind", {KIND: checks_of(text)[KIND]})
    assert schema(within) == before


def test_a_column_is_not_lost_unless_it_is_named(within: sqlalchemy.Connection):
    (text,) = (sql for name, sql in schema(within) if name == "staff")
    shorter = text.replace("title TEXT,", "")
    assert shorter != text
    with pytest.raises(LookupError, match="title"), within.begin_nested():
        rebuild("staff", shorter)
    rebuild("staff", shorter, without={"title"})
    columns = within.exec_driver_sql("SELECT name FROM pragma_table_info('staff')").scalars().all()
    assert "title" not in columns


MIGRATION = """
from partyctl.ledger.maintenance.rebuilding import rebuild

def upgrade():
    rebuild("meeting_kind", {{"ck_meeting_kind_kind_is_known": {condition!r}}})
"""


@pytest.fixture
def later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Later:
    return Later(tmp_path, monkeypatch)


def test_a_migration_that_rebuilds_keeps_journal_guards_and_views(frozen: Path, later: Later):
    digests = contents.digests(frozen)
    derived = [each[:2] for each in contents.schema(frozen) if each[0] in ("view", "trigger")]
    later(MIGRATION.format(condition=MORE))

    assert migrating.migrate(frozen) is not None

    after = contents.digests(frozen)
    assert {table: after[table] for table in digests} == digests
    now = [each[:2] for each in contents.schema(frozen) if each[0] in ("view", "trigger")]
    assert now == derived
    report = contents.report(frozen)
    assert report.findings == []
    with pytest.raises(Exception, match="keep_meeting"):
        spoil(frozen, "DELETE FROM meeting")


def test_a_word_that_rows_still_hold_is_not_taken_away(frozen: Path, later: Later):
    later(MIGRATION.format(condition=LESS))
    before = frozen.read_bytes()
    with pytest.raises(MigrationFailed, match="meeting_kind") as failed:
        migrating.migrate(frozen)
    assert "kind" in failed.value.sentence
    assert frozen.read_bytes() == before


def test_a_word_that_the_file_does_not_know_is_a_sentence(
    ledger: Path, later: Later, capsys: pytest.CaptureFixture[str]
):
    contents.small(ledger.parent)
    later(MIGRATION.format(condition="kind IN ('members')"))
    migrating.migrate(ledger)
    before = contents.whole(ledger)

    code = run_command(["meeting", "add", "theme-day", "--on", "2026-03-02", "--chair", "张三"])

    told = capsys.readouterr().err
    assert code == WrongVersion.exit_code
    assert KIND in told
    assert "partyctl migrate" in told
    assert contents.whole(ledger) == before


def test_another_constraint_is_still_an_error_of_ours():
    error = sqlite3.IntegrityError("CHECK constraint failed: ck_meeting_has_a_day")
    error.sqlite_errorcode = sqlite3.SQLITE_CONSTRAINT_CHECK
    assert explain_sqlite(error) is None
