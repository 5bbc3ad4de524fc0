"""The journal records every change to a row, made by any kind of statement."""

import json
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlmodel import Session, col, select, update

from partyctl.ledger.file.connecting import WRITING, connect
from partyctl.ledger.journal import heads
from partyctl.ledger.journal.capture import noted, watch
from partyctl.ledger.journal.chain import seal
from partyctl.ledger.journal.commands import Head, new_command
from partyctl.ledger.journal.owners import OWNERS, UNWATCHED
from partyctl.ledger.journal.verification import verify
from partyctl.ledger.tables.all import METADATA
from partyctl.ledger.tables.base import new
from partyctl.ledger.tables.people import Staff
from partyctl.ledger.writing.session import COMMAND, engine_for, open_for_writing

Entry = tuple[str, str, str, str]


def entries(ledger: Path, command: str) -> list[Entry]:
    connection = connect(ledger, "ro")
    try:
        return connection.execute(
            "SELECT act, record, row_table, row_key FROM journal_entry WHERE command = ? "
            "ORDER BY seq",
            (command,),
        ).fetchall()
    finally:
        connection.close()


def detail(ledger: Path, command: str) -> dict[str, dict[str, object]]:
    connection = connect(ledger, "ro")
    try:
        found = connection.execute(
            "SELECT detail FROM journal_detail JOIN journal_entry USING (seq) WHERE command = ?",
            (command,),
        ).fetchall()
    finally:
        connection.close()
    return json.loads(found[-1][0])


def findings(ledger: Path) -> list[str]:
    connection = connect(ledger, "ro")
    try:
        return [found.kind for found in verify(connection).findings]
    finally:
        connection.close()


def test_every_table_belongs_to_a_record():
    listed, tables = set(OWNERS) | set(UNWATCHED), {*METADATA.tables, "alembic_version"}
    assert listed == tables, (
        "NOUNS in partyctl/ledger/reading/nouns.py must name the noun of these tables: "
        f"{sorted(tables - listed)}; no such table: {sorted(listed - tables)}"
    )


def test_a_command_is_one_run_with_an_entry_for_each_row(branch, ledger: Path):
    branch("meeting add members,lecture --on 2026-03-10 --chair 张三 --lecturer 李四")
    assert entries(ledger, "meeting add") == [
        ("add", "meeting#1", "meeting", "1"),
        ("add", "meeting#1", "meeting_kind", "1|members"),
        ("add", "meeting#1", "meeting_kind", "1|lecture"),
    ]
    assert findings(ledger) == []


def test_an_edit_keeps_what_was_there_before(branch, ledger: Path):
    branch("plan adopt study 2026 --on 2026-01-05")
    branch("plan edit 1 --on 2026-01-07")
    assert detail(ledger, "plan edit") == {
        "old": {"adopted_on": "2026-01-05"},
        "new": {"adopted_on": "2026-01-07"},
    }


def test_a_row_taken_away_and_put_back_as_it_was_is_no_change(branch, ledger: Path):
    branch("meeting add members --on 2026-03-10 --chair 张三 --present all")
    branch("meeting edit 1 --present all --hours 2")
    assert entries(ledger, "meeting edit") == [("change", "meeting#1", "meeting", "1")]


def test_a_refused_command_leaves_no_entry(branch, ledger: Path):
    assert (
        "党员名册里没有“没有此人”"
        in branch("meeting add members --on 2026-03-10 --chair 没有此人", code=4).err
    )
    assert entries(ledger, "meeting add") == []


WAYS = {
    "a flush of the session": lambda s: s.add(new(Staff, name="新人")),
    "bulk_save_objects": lambda s: s.bulk_save_objects([new(Staff, name="新人")]),
    "bulk_insert_mappings": lambda s: s.bulk_insert_mappings(
        Staff, [{"name": "新人", "recorded_at": "2026"}]
    ),
    "an ORM update": lambda s: s.exec(update(Staff).where(col(Staff.id) == 1).values(title="新")),
    "an update of text": lambda s: s.execute(text("UPDATE staff SET title = '新' WHERE id = 1")),
    "the core": lambda s: s.connection().execute(
        Staff.__table__.insert().values(name="新人", recorded_at="2026")
    ),
    "the driver itself": lambda s: s.connection().connection.driver_connection.execute(
        "INSERT INTO staff (name, recorded_at) VALUES ('新人', '2026')"
    ),
    "an insert or replace": lambda s: s.connection().exec_driver_sql(
        "INSERT OR REPLACE INTO meeting_kind VALUES (1, 'study')"
    ),
}


@pytest.mark.parametrize("way", WAYS)
def test_no_way_of_writing_goes_past_the_journal(way: str, branch, ledger: Path):
    branch("staff add 赵六")
    branch("meeting add study --on 2026-03-10 --chair 张三")
    with open_for_writing(ledger, "the way") as session:
        WAYS[way](session)
        session.connection().exec_driver_sql("UPDATE plan SET year = 2027 WHERE id = 99")
    changed = entries(ledger, "the way")
    assert len(changed) == (0 if way == "an insert or replace" else 1)
    assert findings(ledger) == []


def test_without_a_command_nothing_can_be_committed(branch, ledger: Path):
    before = ledger.read_bytes()
    with Session(engine_for(ledger)) as session:
        session.add(new(Staff, name="赵六"))
        session.flush()
        assert COMMAND not in session.connection().info
        with pytest.raises(KeyError):
            session.commit()
    assert ledger.read_bytes() == before


@pytest.mark.parametrize("how", ["execute", "executemany", "cursor"])
def test_a_table_is_watched_from_its_first_change_on_whoever_writes_it(
    how: str, branch, ledger: Path
):
    change = "UPDATE cell SET name = name || '甲'"
    connection = connect(ledger, "rw", WRITING)
    watch(connection)
    if how == "executemany":
        connection.executemany(f"{change} WHERE id = ?", [(1,)])
    else:
        (connection.cursor() if how == "cursor" else connection).execute(change)
    assert [(each.act, each.record) for each in noted(connection)] == [("change", "cell#1")]
    connection.close()


ADD = "INSERT INTO staff (id, name, recorded_at) VALUES (7, '新人', '2026')"
RENAME = "UPDATE staff SET name = '旧人', title = '科长' WHERE id = 7"
REMOVE = "DELETE FROM staff WHERE id = 7"
NEW = {"id": 7, "recorded_at": "2026", "name": "新人"}
RENAMED = {"id": 7, "recorded_at": "2026", "name": "旧人", "title": "科长"}
FIRST_STATES_AND_LAST = {
    "added": ([ADD], [("add", "7", None, NEW)]),
    "added and changed": ([ADD, RENAME], [("add", "7", None, RENAMED)]),
    "added and removed": ([ADD, REMOVE], []),
    "added, removed and added": ([ADD, REMOVE, ADD, RENAME], [("add", "7", None, RENAMED)]),
    "with another number": (
        [ADD, "UPDATE staff SET id = 8 WHERE id = 7"],
        [("add", "8", None, NEW | {"id": 8})],
    ),
}


@pytest.mark.parametrize("how", FIRST_STATES_AND_LAST)
def test_the_last_state_of_a_numbered_row_is_read_from_its_table(how: str, branch, ledger: Path):
    statements, expected = FIRST_STATES_AND_LAST[how]
    connection = connect(ledger, "rw", WRITING)
    watch(connection)
    connection.executescript("DROP TRIGGER keep_staff; DROP TRIGGER fix_staff")
    for statement in statements:
        connection.execute(statement)
    assert connection.execute("SELECT max(new) FROM temp.journal_pending").fetchone() == (None,)
    found = noted(connection)
    assert [(each.act, each.key, each.old, each.new) for each in found] == expected
    assert [list(each.new) for each in found] == [list(new) for *_, new in expected]
    connection.close()


def test_a_changed_and_a_removed_row_keep_their_first_state(branch, ledger: Path):
    connection = connect(ledger, "rw", WRITING)
    watch(connection)
    connection.execute("DROP TRIGGER keep_staff")
    connection.execute(ADD)
    noted(connection)
    connection.execute(RENAME)
    assert [(each.act, each.old, each.new) for each in noted(connection)] == [
        ("change", NEW, RENAMED)
    ]
    connection.execute(ADD.replace("新人", "旧人").replace("INSERT", "INSERT OR REPLACE"))
    connection.execute(REMOVE)
    assert [(each.act, each.old, each.new) for each in noted(connection)] == [
        ("remove", RENAMED, None)
    ]
    connection.close()


def test_what_goes_past_our_cursors_is_refused(branch, ledger: Path):
    connection = connect(ledger, "rw", WRITING)
    watch(connection)
    with pytest.raises(sqlite3.DatabaseError, match="not authorized"):
        connection.cursor(sqlite3.Cursor).execute("UPDATE cell SET name = '甲'")
    connection.close()


def test_a_savepoint_that_takes_the_triggers_with_it_cannot_be_committed(branch, ledger: Path):
    connection = connect(ledger, "rw", WRITING)
    watch(connection)
    for statement in ("BEGIN", "SAVEPOINT s", "UPDATE cell SET name = '甲'", "ROLLBACK TO s"):
        connection.execute(statement)
    with pytest.raises(AssertionError):
        seal(connection, new_command("cell add"))
    connection.close()


def test_what_the_triggers_miss_the_check_finds(branch, ledger: Path):
    """Without our triggers, a change adds no journal entry, but verification finds the change."""
    branch("staff add 赵六")
    outside = sqlite3.connect(ledger)
    outside.execute("UPDATE staff SET name = '钱七'")
    outside.commit()
    outside.close()
    assert findings(ledger) == ["row"]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal_entry SET actor = 'x' WHERE seq = 1",
        "DELETE FROM journal_entry WHERE seq = 1",
        "INSERT OR REPLACE INTO journal_entry SELECT * FROM journal_entry WHERE seq = 1",
        "UPDATE journal_detail SET detail = '{}' WHERE seq = 1",
        "DELETE FROM staff",
        "DELETE FROM member WHERE id = 1",
        "UPDATE staff SET id = 99 WHERE id = 1",
    ],
)
def test_the_file_itself_refuses_to_forget(statement: str, branch, ledger: Path):
    branch("staff add 赵六")
    connection = connect(ledger, "rw", WRITING)
    try:
        with pytest.raises(sqlite3.IntegrityError, match=r"keep_|fix_"):
            connection.execute(statement)
    finally:
        connection.close()


def test_the_head_is_kept_outside_the_ledger_after_every_command(branch, ledger: Path):
    branch("staff add 赵六")
    anchors = list(heads.read(heads.heads_file()))
    with open_for_writing(ledger, "nothing") as session:
        staff = session.exec(select(Staff)).all()
    assert [each.name for each in staff] == ["赵六"]
    assert list(heads.read(heads.heads_file())) == anchors
    connection = connect(ledger, "ro")
    report = verify(connection, anchors)
    connection.close()
    assert report.head == f"{anchors[-1].seq}-{anchors[-1].hash}"
    assert anchors[-1].ledger == report.ledger
    assert heads.heads_file().stat().st_mode & 0o777 == 0o600


def test_the_journal_names_the_command_and_never_its_arguments(branch, ledger: Path):
    branch("member add 孙八 --joined 2020-07-01 --phone 13800001111")
    connection = connect(ledger, "ro")
    row = connection.execute("SELECT * FROM journal_entry ORDER BY seq DESC").fetchone()
    connection.close()
    assert "member add" in row
    assert new_command("x").actor in row
    assert not any("孙八" in str(value) or "1380000" in str(value) for value in row)


def test_the_mark_of_a_place_is_that_of_its_last_command(tmp_path: Path, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    here, there = tmp_path / "ledger.db", tmp_path / "another ledger.db"
    assert heads.mark_at(here) is None
    for ledger, mark in ((here, "a" * 16), (there, "b" * 16), (here, "c" * 16)):
        heads.keep(Head(mark, 1, "d" * 64), ledger)
        heads.promise(Head("e" * 16, 2, "f" * 64))
    assert (heads.mark_at(here), heads.mark_at(there)) == ("c" * 16, "b" * 16)
    assert heads.mark_at(tmp_path / "edger.db") is None
