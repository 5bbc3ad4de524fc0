"""Changes made with a SQLite shell are found: changes to rows, to the schema and to the header. R-11."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from partyctl.ledger.file.connecting import connect
from partyctl.ledger.journal.owners import OWNERS
from tests.conftest import Run
from tests.support.tampering import GUARDS, Change, Told, kinds, statements, tamper

TABLES = (*OWNERS, "alembic_version")


def test_every_table_has_rows(everything: Path):
    with closing(connect(everything, "ro")) as ledger:
        counts = {t: ledger.execute(f"SELECT count(*) FROM {t}").fetchone()[0] for t in TABLES}
    empty = sorted(table for table, rows in counts.items() if not rows)
    assert not empty, (
        f"no row of {empty} to tamper with: add a command that writes one to the ledger "
        "`everything` in tests/ledger/tampering/conftest.py"
    )


@pytest.mark.sweep(8)
@pytest.mark.parametrize("table", TABLES)
def test_a_row_that_was_edited_is_found_whatever_its_column(
    table: str, everything: Path, tmp_path: Path
):
    ours = tmp_path / "ledger.db"
    with closing(connect(everything, "ro")) as ledger:
        columns = ledger.execute(f"PRAGMA table_info({table})").fetchall()
    for _, column, kind, *_ in columns:
        ours.write_bytes(everything.read_bytes())
        value = {
            "INTEGER": f"coalesce({column}, 0) + 1000",
            "BOOLEAN": f"NOT coalesce({column}, 0)",
            "BLOB": f"CAST({column} || 'x' AS BLOB)",
        }.get(kind, f"coalesce({column}, '') || 'x'")
        tamper(ours, statements(f"UPDATE {table} SET {column} = {value}"))
        assert {"row", "file", "version"} & set(kinds(ours)), column


@pytest.mark.sweep(16)
@pytest.mark.parametrize("table", TABLES)
def test_a_row_that_was_taken_away_is_found(table: str, everything: Path, tmp_path: Path):
    ours = Path(shutil.copy(everything, tmp_path / "ledger.db"))
    tamper(ours, statements(f"DELETE FROM {table}"))
    assert {"row", "version"} & set(kinds(ours))


ROWS: dict[str, tuple[Change, str]] = {
    "a person who was never entered": (
        statements("INSERT INTO staff (name, recorded_at) VALUES ('王五', '2026-01-01')"),
        "row",
    ),
    "a payment that was never made": (
        statements("INSERT INTO dues_payment_line VALUES (1, '2026-02', 2, 7650)"),
        "row",
    ),
    "a record with another number": (statements("UPDATE plan SET id = 9"), "row"),
    "a void taken back": (
        statements("UPDATE dues_entry SET voided_at = '2026', void_reason = 'x' WHERE id = 2"),
        "row",
    ),
    "a number stored as a text": (
        statements("UPDATE agenda_item SET present = '7人', eligible = '9人'"),
        "row",
    ),
    "a fraction in place of a whole number": (
        statements("UPDATE dues_payment SET amount = 7650.5"),
        "row",
    ),
    "a name stored as bytes": (
        statements("UPDATE member SET name = CAST(name AS BLOB) WHERE id = 1"),
        "row",
    ),
    "a name that is no longer text": (
        statements("UPDATE member SET name = CAST(X'E5BCA0E4B8' AS TEXT) WHERE id = 1"),
        "row",
    ),
    "a name with text after a NUL byte": (
        statements("UPDATE member SET name = name || char(0) || 'x' WHERE id = 1"),
        "row",
    ),
    "the minutes exchanged": (statements("UPDATE minutes_file SET content = X'00'"), "file"),
    "the minutes stored as a text": (
        statements("UPDATE minutes_file SET content = CAST(content AS TEXT)"),
        "file",
    ),
    "the minutes of one meeting given to another": (
        statements("UPDATE minutes_file SET content = (SELECT content FROM minutes_file LIMIT 1)"),
        "file",
    ),
    "a member who belongs to no branch": (
        statements("UPDATE member SET branch_id = 7 WHERE id = 1"),
        "foreign-key",
    ),
}


@pytest.mark.parametrize("what", ROWS)
def test_a_changed_row_is_found(what: str, ours: Path):
    change, kind = ROWS[what]
    tamper(ours, change)
    assert kind in kinds(ours)


def rewrite_schema(statement: str) -> Change:
    def change(ledger: sqlite3.Connection) -> None:
        ledger.execute("PRAGMA writable_schema = ON")
        assert ledger.execute(statement).rowcount == 1

    return change


SCHEMA: dict[str, Change] = {
    "a trigger more": statements(
        "CREATE TRIGGER quiet AFTER INSERT ON member BEGIN DELETE FROM journal_detail; END"
    ),
    "an additional trigger with a name similar to SQLite's own": statements(
        "CREATE TRIGGER sqlitequiet AFTER INSERT ON member BEGIN DELETE FROM journal_detail; END"
    ),
    "a view more": statements("CREATE VIEW quiet AS SELECT 1"),
    "an additional view with a name similar to SQLite's own": statements(
        "CREATE VIEW sqlite2 AS SELECT 1"
    ),
    "a view dropped": statements("DROP VIEW plan_fact"),
    "a view altered": statements(
        "DROP VIEW plan_fact", "CREATE VIEW plan_fact AS SELECT * FROM plan"
    ),
    "an index dropped": statements("DROP INDEX ix_branch_name"),
    "an index more": statements("CREATE INDEX quiet ON member (phone)"),
    "an index that is no longer unique": statements(
        "DROP INDEX ix_branch_name", "CREATE INDEX ix_branch_name ON branch (name)"
    ),
    "a column more": statements("ALTER TABLE staff ADD COLUMN quiet TEXT"),
    "an additional column with values": statements(
        "ALTER TABLE staff ADD COLUMN quiet TEXT", "UPDATE staff SET quiet = 'x'"
    ),
    "a column with another name": statements("ALTER TABLE staff RENAME COLUMN title TO rank"),
    "a table more": statements("CREATE TABLE quiet (x)"),
    "an additional table with a name similar to SQLite's own": statements(
        "CREATE TABLE sqlitequiet (x)"
    ),
    "a table with another name": statements("ALTER TABLE plan RENAME TO plans"),
    "a constraint taken out": rewrite_schema(
        "UPDATE sqlite_schema SET sql = replace(sql, '1900', '0') WHERE name = 'plan'"
    ),
    "a comment in a table": rewrite_schema(
        "UPDATE sqlite_schema SET sql = replace(sql, '(', '( ') WHERE name = 'staff'"
    ),
    "an index of SQLite that is declared for another table": rewrite_schema(
        "UPDATE sqlite_schema SET tbl_name = 'x' WHERE name = 'sqlite_autoindex_superior_1'"
    ),
    "the journal dropped": statements("DROP TABLE journal_detail", "DROP TABLE journal_entry"),
    "every table of dues dropped": statements(
        *(f"DROP TABLE {table}" for table in TABLES if table.startswith("dues"))
    ),
    "the table of minutes dropped": statements("DROP TABLE minutes_file"),
    "the migrations' mark dropped": statements("DROP TABLE alembic_version"),
    "the migrations' mark changed": statements("UPDATE alembic_version SET version_num = '0001'"),
    "the migrations' mark stored as bytes": statements(
        "UPDATE alembic_version SET version_num = CAST(version_num AS BLOB)"
    ),
    "a column of the journal with another name": statements(
        "ALTER TABLE journal_entry RENAME COLUMN host TO machine"
    ),
    "another program's mark": statements("PRAGMA application_id = 7"),
    "an older schema's number": statements("PRAGMA user_version = 1"),
    "a newer schema's number": statements("PRAGMA user_version = 9"),
    "no schema's number": statements("PRAGMA user_version = 0"),
}


@pytest.mark.parametrize("what", SCHEMA)
def test_another_shape_of_the_file_is_found_or_refused(what: str, ours: Path):
    assert kinds(ours) == []
    tamper(ours, SCHEMA[what])
    assert kinds(ours)


@pytest.mark.long
@pytest.mark.parametrize("how", ["gone", "altered"])
def test_a_guard_that_is_gone_or_altered_is_found(how: str, told: Told, ours: Path):
    with closing(connect(ours, "ro")) as ledger:
        guards = ledger.execute(GUARDS).fetchall()
    assert len(guards) > 20
    for name, _, sql in guards:
        ours.write_bytes(told.path.read_bytes())
        with closing(sqlite3.connect(ours)) as shell:
            shell.execute(f"DROP TRIGGER {name}")
            if how == "altered":
                shell.execute(sql.replace("raise(ABORT,", "quote("))
            shell.commit()
        assert kinds(ours) == ["schema"], name


CODES = {
    "UPDATE staff SET name = '王五'": 76,
    "DROP VIEW scope": 76,
    "DROP TABLE alembic_version": 76,
    "DROP TABLE minutes_file": 76,
    "PRAGMA application_id = 7": 65,
    "PRAGMA user_version = 1": 78,
    "PRAGMA user_version = 9": 78,
}


@pytest.mark.parametrize("statement", CODES)
def test_the_command_leaves_with_a_code_of_its_own(
    statement: str, told: Told, run: Run, ledger: Path
):
    ledger.parent.mkdir()
    ledger.write_bytes(told.path.read_bytes())
    tamper(ledger, statements(statement))
    said = run("journal verify", code=CODES[statement])
    assert said.err.startswith("错误：")


def page_of(path: Path, name: str) -> int:
    """The file offset of the root page of a table or an index."""
    with closing(connect(path, "ro")) as ledger:
        [page] = ledger.execute(
            "SELECT rootpage FROM sqlite_schema WHERE name = ?", (name,)
        ).fetchone()
    return (page - 1) * 4096


@pytest.mark.parametrize("name", ["member", "journal_entry", "meeting_kind", "ix_member_name"])
def test_a_damaged_page_is_damage_and_no_tampering(name: str, told: Told, run: Run, ledger: Path):
    ledger.parent.mkdir()
    start = page_of(told.path, name)
    damaged = bytearray(told.path.read_bytes())
    damaged[start : start + 64] = b"\xff" * 64
    ledger.write_bytes(damaged)
    assert run("journal verify", code=74).err.startswith("错误：")
